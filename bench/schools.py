"""Print how long a keystroke in the search for schools takes, beside the same asked by ILIKE.

`python -m bench.schools [SCHOOLS]`: a scratch PostgreSQL with invented schools in every county of
the country (462,000), found by name, former name, initials and code as people type them, letter by
letter, everywhere and inside a region. The reference, in the same run: each tenth of these
keystrokes as `name ILIKE '%…%'` on the plain table.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

from yanxiu.foundation import postgres

SCHOOLS = 462_000


def main() -> None:
    """Measure in a database of its own; exit as the measurement does."""
    schools = int(sys.argv[1]) if len(sys.argv) > 1 else SCHOOLS
    with tempfile.TemporaryDirectory(prefix="yanxiu-bench-", dir="/tmp") as var:
        Path(var).chmod(0o711)
        os.environ |= {"YANXIU_VAR": var, "YANXIU_SECRET": secrets.token_hex()}
        os.environ.pop("DATABASE_URL", None)
        with postgres.running():
            _run("migrate")
            code = f"from bench import searching; searching.main({schools})"
            _run("manage", "shell", "-v", "0", "-c", code)


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "yanxiu", *arguments], check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
