"""Print how long a school's officer waits for 3,000 approvals at once, beside one by one.

`python -m bench.approvals [TEACHERS]`: a scratch PostgreSQL with fsync on and a crowd of TEACHERS
(31,000), of whom 3,100 wait at one school whose roster knows them all. The officer confirms the
page for all matches as a browser does: one POST, with everything that hangs on an approval. The
reference, in the same run: 100 of the same teachers approved one by one, times thirty.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

from yanxiu.foundation import postgres

TEACHERS = 31_000


def main() -> None:
    """Measure in a database of its own; exit as the measurement does."""
    teachers = int(sys.argv[1]) if len(sys.argv) > 1 else TEACHERS
    with tempfile.TemporaryDirectory(prefix="yanxiu-bench-", dir="/tmp") as var:
        Path(var).chmod(0o711)
        os.environ |= {"YANXIU_VAR": var, "YANXIU_SECRET": secrets.token_hex(), "YANXIU_DEMO": "1"}
        os.environ.pop("DATABASE_URL", None)
        with postgres.running():
            _run("migrate")
            code = f"from bench import approving; approving.main({teachers})"
            _run("manage", "shell", "-v", "0", "-c", code)


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "yanxiu", *arguments], check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
