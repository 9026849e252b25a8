"""Try every text that has ever broken a form on every address: what the suite deals out in thirds.

`python -m bench.naughty`: says what pytest says, and ends as it does.
"""

import os
import subprocess
import sys

if __name__ == "__main__":
    command = [sys.executable, "-m", "pytest", "-q", "tests/test_naughty.py", *sys.argv[1:]]
    everything = os.environ | {"YANXIU_EVERY_TEXT": "1"}
    sys.exit(subprocess.run(command, check=False, env=everything).returncode)
