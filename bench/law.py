"""Print how long the law of hours held against whatever clients sent, and the honest kept theirs.

`python -m bench.law [TIMES]`: the tests of `learning/tests/test_law.py` and `test_honest.py`, which
drive the real engine on a real database whose clock they turn, with TIMES (100) as many examples as
`bin/test` has patience for. Exits with an error where the law was broken or a second was lost.
"""

import os
import subprocess
import sys
import time

TIMES = "100"
TESTS = "yanxiu/training/learning/tests"


def main(times: str) -> None:
    """Run these tests, and print how long they took."""
    began_s = time.monotonic()
    named = [f"{TESTS}/test_law.py", f"{TESTS}/test_honest.py"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *named],
        env=os.environ | {"YANXIU_TEST_TIMES": times},
        check=False,
    )
    if done.returncode:
        sys.exit(done.returncode)
    print(f"law: held for {times} times as many examples, {time.monotonic() - began_s:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else TIMES)
