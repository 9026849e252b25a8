"""Print how many killed processes a certificate survives, at each step from claim to signed paper.

`python -m bench.crashes [RUNS]`: a scratch PostgreSQL with fsync on. At each step of issuing, of
reissuing after a correction, and of signing, RUNS (100) processes are killed with SIGKILL, half of
them as the step's statement is about to run, half just after it has; at `done` after the deed, with
nobody told. Each time the deed is then repeated. Exits with an error unless everybody has exactly
one valid certificate, numbers have no gap, editions follow each other, and each has one paper.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

from yanxiu.foundation import postgres

RUNS = 100


def main() -> None:
    """Kill in a database of its own; exit as that does."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    with tempfile.TemporaryDirectory(prefix="yanxiu-bench-", dir="/tmp") as var:
        Path(var).chmod(0o711)
        os.environ |= {"YANXIU_VAR": var, "YANXIU_SECRET": secrets.token_hex(), "YANXIU_DEMO": "1"}
        os.environ.pop("DATABASE_URL", None)
        with postgres.running():
            _run("migrate")
            os.environ["YANXIU_ROLE"] = "work"
            code = f"from bench import crashing; crashing.main({runs})"
            _run("manage", "shell", "-v", "0", "-c", code)


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "yanxiu", *arguments], check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
