"""Decide when a message may ring: not in the quiet hours of whom it is for.

Pure: times of day are China's. Source: docs/rules/notices.md.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from yanxiu.foundation.periods import CHINA


@dataclass(frozen=True, slots=True)
class Quiet:
    """Be quiet from `begins` to just before `ends`, over midnight too; not at all if both agree."""

    begins: time
    ends: time

    def holds(self, at: datetime) -> bool:
        """Tell whether it is quiet at this instant."""
        now = at.astimezone(CHINA).time()
        if self.begins <= self.ends:
            return self.begins <= now < self.ends
        return now >= self.begins or now < self.ends


USUAL = Quiet(time(22), time(8))


def loud(quiet: Quiet, at: datetime) -> datetime:
    """Return the first instant from `at` on that is not quiet."""
    if not quiet.holds(at):
        return at
    here = at.astimezone(CHINA)
    ends = datetime.combine(here.date(), quiet.ends, CHINA)
    return ends if ends > here else ends + timedelta(days=1)
