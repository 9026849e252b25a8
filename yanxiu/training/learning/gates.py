"""Place the gates of a lesson: media times past which nothing counts before a question is answered.

Where they stand depends on a secret, the person, the lesson and the rulebook, and on nothing that a
player sends: a new lease, device or browser finds them where they were.
source: docs/rules/attention.md
"""

from itertools import batched

from yanxiu.training.learning import coverage
from yanxiu.training.learning.coverage import Coverage

# No lesson is as long: where nothing is left to be answered the gate stands here.
OPEN_MS = 2**31 - 1
# Where a lesson is withdrawn its gate stands at the very beginning, and no answer opens it.
WITHDRAWN_MS = 0
# More than one question in a few minutes would be a nuisance, whatever a rulebook says.
MOST = 12

_BYTES = 2
_SECOND = 1_000
_QUARTERS = 4


def places(secret: bytes, duration_ms: int, every_ms: int) -> tuple[int, ...]:
    """Return the gates of a lesson in order, at whole seconds, from at least 24 secret bytes.

    There is one for each whole `every_ms`, in the middle half of its share of the lesson: so none
    is near the beginning, the end, or the next, and where it stands cannot be known beforehand.
    """
    number = min(duration_ms // every_ms, MOST)
    dice = [int.from_bytes(pair) for pair in batched(secret, _BYTES)][:number]
    share_ms = duration_ms // max(1, number)
    placed = [
        place * share_ms + share_ms // _QUARTERS + (share_ms // 2) * die // 2 ** (8 * _BYTES)
        for place, die in enumerate(dice)
    ]
    return tuple(gate_ms - gate_ms % _SECOND for gate_ms in placed)


def standing(gates: tuple[int, ...], answered: int) -> int:
    """Return where the gate stands after so many right answers."""
    return gates[answered] if answered < len(gates) else OPEN_MS


def is_reached(covered: Coverage, gate_ms: int, tolerance_ms: int) -> bool:
    """Tell whether all before the gate is watched, but for what may be missing of a lesson.

    A question is asked no sooner, or all could be answered before anything is watched.
    """
    return coverage.missing_ms(covered, gate_ms) <= tolerance_ms
