"""Print how many certificates a second are printed, signed and kept, beside printing alone.

`python -m bench.certificates [PAPERS]`: a scratch PostgreSQL with fsync on and PAPERS (400) issued
certificates that wait, each of somebody else at another school. The job of the `work` process signs
them all, as its role. The reference, in the same run: the same sheets set by Typst with as many
threads, neither signed nor kept.
"""

from bench import scratch

PAPERS = 400

if __name__ == "__main__":
    scratch.run(
        f"from bench import printing; printing.main({scratch.argument(PAPERS)})",
        role="work",
        is_demo=False,
    )
