"""Know how fast beats are settled, and from it how many may wait and how often players report.

Instants are seconds of any clock that only goes forward; they are passed in.
"""

# What waits must be answered within a second, of which a busy machine may take as much again.
PATIENCE_S = 0.35
# Below this delay beats keep the rhythm of the rulebook; above, it is stretched in proportion.
EASE_S = 0.1
RHYTHM_S = (15, 300)
# Whoever is refused comes again after so many sixteenths of the rhythm.
SPREAD, WHOLE = range(12, 21), 16
SMOOTHING = 0.2
# A small batch takes nearly as long as one of so many beats: what it took says little about one.
COUNTED = 128
# More than this would only be memory; source: that long at three times the fastest rate measured.
MOST_WAITING = 20_000


class Pace:
    """Follow the batches of one server."""

    def __init__(self, batch: int) -> None:
        """Begin rested; so many beats as fit into one batch may always wait."""
        self.room = MOST_WAITING
        self._batch = batch
        self._beat_s = self._delay_s = 0.0
        self._ended_s = float("-inf")

    def note(self, count: int, waiting: int, began_s: float, ended_s: float) -> None:
        """Take in a batch of `count` beats that has ended, while so many others wait.

        Batches may overlap: each counts for the time since the one before it ended.
        """
        alone_s = ended_s - max(began_s, self._ended_s)
        self._ended_s = ended_s
        self._beat_s += SMOOTHING * (alone_s / max(count, COUNTED) - self._beat_s)
        delay_s = ended_s - began_s + waiting * self._beat_s
        self._delay_s += SMOOTHING * (delay_s - self._delay_s)
        settled_soon = PATIENCE_S / self._beat_s if self._beat_s > 0 else MOST_WAITING
        self.room = max(self._batch, min(MOST_WAITING, int(settled_soon)))

    def every_s(self, usual_s: int) -> int:
        """Return the seconds between beats that a player should keep at the present load."""
        least_s, most_s = RHYTHM_S
        stretched_s = usual_s * max(1.0, self._delay_s / EASE_S)
        return max(least_s, min(most_s, round(stretched_s)))

    def again_after_s(self, usual_s: int) -> list[int]:
        """Return the seconds after which those who are refused come again, spread among them."""
        every_s = self.every_s(usual_s)
        return [every_s * share // WHOLE for share in SPREAD]
