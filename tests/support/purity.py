"""Check that every branch of the pure rules is walked by their own tests."""

import subprocess
import sys
from pathlib import Path

from tests.support import sources

CONTRACT = "pure rules know neither Django nor the database"


def main() -> int:
    """Run each pure module's own tests; answer 0 when they leave no branch of it out."""
    modules = [Path(*name.split(".")).with_suffix(".py") for name in sources.contract(CONTRACT)]
    own = [module.parent / "tests" / f"test_{module.name}" for module in modules]
    # Tests that are missing show in the report: nothing has walked their module.
    present = [str(tests) for tests in own if (sources.ROOT / tests).is_file()]
    tests = _coverage("run", "--branch", "-m", "pytest", *present)
    report = _coverage("report", "--fail-under=100", f"--include={','.join(map(str, modules))}")
    return tests or report


def _coverage(*arguments: str) -> int:
    command = [sys.executable, "-m", "coverage", *arguments]
    return subprocess.run(command, cwd=sources.ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
