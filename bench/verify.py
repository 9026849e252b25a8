"""Print how many scans of certificates a second are answered, beside a view that answers nothing.

`python -m bench.verify [SECONDS]`: a scratch PostgreSQL with fsync on and 2,000 certificates; one
thread calls Django's WSGI handler, with all middleware, in turns for the answer to a valid token
and for a view that returns an empty page. SECONDS are a side's (10). Then the medians of what has
to take the same time: wrong number and wrong code, wrong and right claims.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

from yanxiu.foundation import postgres


def main() -> None:
    """Measure in a database of its own; exit as the measurement does."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory(prefix="yanxiu-bench-", dir="/tmp") as var:
        Path(var).chmod(0o711)
        os.environ |= {"YANXIU_VAR": var, "YANXIU_SECRET": secrets.token_hex(), "YANXIU_DEMO": "1"}
        os.environ.pop("DATABASE_URL", None)
        with postgres.running():
            _run("migrate")
            _run("manage", "collectstatic", "--no-input", "-v", "0")
            code = f"from bench import verifying; verifying.main({seconds})"
            _run("manage", "shell", "-v", "0", "-c", code)


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "yanxiu", *arguments], check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
