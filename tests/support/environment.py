"""Set the environment of a test run before anything reads it; loaded as the first plugin."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

# A var of its own for each worker, reachable by the user that PostgreSQL runs as.
VAR = Path(tempfile.mkdtemp(prefix="yanxiu-test-", dir="/tmp"))
VAR.chmod(0o711)
# Where the run's PostgreSQL server lives: with the process that began it, for all its workers.
SERVER = Path(os.environ.get("YANXIU_TEST_SERVER") or VAR)
# Where collected files would lie; the static files server looks for it.
(VAR / "static").mkdir()

# So many times as many examples as a run of all tests can wait for: `bin/bench law` wants them.
TIMES = int(os.environ.get("YANXIU_TEST_TIMES", "1"))

# `bin/bench naughty` tries every text on every address, and not a third of them.
EVERY_TEXT = bool(os.environ.get("YANXIU_EVERY_TEXT"))

# A server with Citus, for the tests that need one; none means that they are skipped.
CITUS = os.environ.get("YANXIU_CITUS_URL", "")

# Programs are begun dozens of times: compiled anew each time, each costs four seconds more.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Nobody's own settings decide what a test finds.
for name in [*os.environ]:
    if name.startswith("YANXIU_") or name in {"DATABASE_URL", "PORT", "HOST"}:
        del os.environ[name]
os.environ |= {
    "YANXIU_VAR": str(VAR),
    "YANXIU_TEST_SERVER": str(SERVER),
    "YANXIU_SECRET": "for tests alone, and long enough to be one",
    "YANXIU_DEMO": "1",
    # Each test sees what it has just made.
    "YANXIU_PAGES_KEPT_S": "0",
    "YANXIU_STATIC": "django.contrib.staticfiles.storage.StaticFilesStorage",
}


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(VAR, ignore_errors=True)
