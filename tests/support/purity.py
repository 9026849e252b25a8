"""Check that every branch of the pure rules is walked by their own tests."""

import subprocess
import sys
from pathlib import Path

from tests.support import sources

CONTRACT = "pure rules know neither Django nor the database"


def main() -> int:
    """Run the tests that stand beside the pure modules; answer 0 when no branch is left out."""
    modules = [Path(*name.split(".")).with_suffix(".py") for name in sources.contract(CONTRACT)]
    folders = sorted({str(module.parent / "tests") for module in modules})
    # A folder that is missing shows in the report: nothing has walked its modules.
    present = [folder for folder in folders if (sources.ROOT / folder).is_dir()]
    tests = _coverage("run", "--branch", "-m", "pytest", *present)
    report = _coverage("report", "--fail-under=100", f"--include={','.join(map(str, modules))}")
    return tests or report


def _coverage(*arguments: str) -> int:
    command = [sys.executable, "-m", "coverage", *arguments]
    return subprocess.run(command, cwd=sources.ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
