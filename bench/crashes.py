"""Print how many killed processes a certificate survives, at each step from claim to signed paper.

`python -m bench.crashes [RUNS]`: a scratch PostgreSQL with fsync on. At each step of issuing, of
reissuing after a correction, and of signing, RUNS (100) processes are killed with SIGKILL, half of
them as the step's statement is about to run, half just after it has; at `done` after the deed, with
nobody told. Each time the deed is then repeated. Exits with an error unless everybody has exactly
one valid certificate, numbers have no gap, editions follow each other, and each has one paper.
"""

from bench import scratch

RUNS = 100

if __name__ == "__main__":
    scratch.run(f"from bench import crashing; crashing.main({scratch.argument(RUNS)})", role="work")
