"""Print how long a school's officer waits for 3,000 approvals at once, beside one by one.

`python -m bench.approvals [TEACHERS]`: a scratch PostgreSQL with fsync on and a crowd of TEACHERS
(31,000), of whom 3,100 wait at one school whose roster knows them all. The officer confirms the
page for all matches as a browser does: one POST, with everything that hangs on an approval. The
reference, in the same run: 100 of the same teachers approved one by one, times thirty.
"""

from bench import scratch

TEACHERS = 31_000

if __name__ == "__main__":
    scratch.run(f"from bench import approving; approving.main({scratch.argument(TEACHERS)})")
