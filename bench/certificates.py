"""Print how many certificates a second are printed, signed and kept, beside printing alone.

`python -m bench.certificates [PAPERS]`: a scratch PostgreSQL with fsync on and PAPERS (400) issued
certificates that wait, each of somebody else at another school. The job of the `work` process signs
them all, as its role. The reference, in the same run: the same sheets set by Typst with as many
threads, neither signed nor kept.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

from yanxiu.foundation import postgres

PAPERS = 400


def main() -> None:
    """Measure in a database of its own; exit as the measurement does."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else PAPERS
    with tempfile.TemporaryDirectory(prefix="yanxiu-bench-", dir="/tmp") as var:
        Path(var).chmod(0o711)
        os.environ |= {"YANXIU_VAR": var, "YANXIU_SECRET": secrets.token_hex()}
        os.environ.pop("DATABASE_URL", None)
        with postgres.running():
            _run("migrate")
            os.environ["YANXIU_ROLE"] = "work"
            code = f"from bench import printing; printing.main({papers})"
            _run("manage", "shell", "-v", "0", "-c", code)


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "yanxiu", *arguments], check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
