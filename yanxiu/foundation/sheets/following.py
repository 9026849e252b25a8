"""Follow how much of a file has been read, while somebody waits for the end."""

import io
import os
from collections.abc import Callable
from typing import Any

# Every so many hundredths are worth a word.
STEP = 3
# The end is said by the answer itself.
MOST = 99


class Followed(io.FileIO):
    """Be an open file that tells, in hundredths, how much of `times` its size was read."""

    def __init__(self, number: int, times: int, tell: Callable[[int], None]) -> None:
        """Take the file that is open under this number; closing it closes nothing."""
        super().__init__(number, closefd=False)
        self._whole = max(1, os.fstat(number).st_size * times)
        self._tell, self._read, self._told = tell, 0, 0

    def readinto(self, buffer: Any, /) -> int | None:  # noqa: ANN401 - whatever holds bytes
        """Read on, and tell when another step is done."""
        many = super().readinto(buffer)
        self._read += many or 0
        share = min(MOST, self._read * 100 // self._whole)
        if share >= self._told + STEP:
            self._told = share
            self._tell(share)
        return many
