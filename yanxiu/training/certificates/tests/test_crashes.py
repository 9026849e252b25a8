"""Show that whatever dies, and wherever, leaves exactly one valid certificate behind.

`bin/bench crashes` does the same with killed processes, a hundred times for each step.
"""

from collections.abc import Callable

import pytest

from tests.support import claims, crashes, season
from tests.support.claims import Claimant
from tests.support.databases import Scratch
from yanxiu.training.certificates.models import Certificate, Paper

TIMES = 2


def die(deed: Callable[[], None], steps: tuple[str, ...]) -> None:
    """Let a deed die at each of its steps, before and after, several times; nothing is torn."""
    for step in steps:
        for after in (False, True) * TIMES:
            with pytest.raises(crashes.Killed), crashes.dying(step, after=after):
                deed()
            assert claims.is_whole(), (step, after)


def test_whatever_dies_leaves_one_valid_certificate(own_database: Scratch) -> None:
    season.publish()
    hers = Claimant(season.scene())
    die(hers.claim, claims.CLAIM)
    assert not Certificate.objects.exists()
    for _ in range(2):
        hers.claim()
    die(hers.sign, claims.SIGNING)
    assert not Paper.objects.exists()
    hers.sign()
    hers.ask(hers.better_name)
    die(hers.correct, claims.CORRECTION)
    assert Certificate.objects.count() == 1
    for _ in range(2):
        hers.correct()
        hers.sign()
    assert claims.is_whole()
    assert sorted(Certificate.objects.values_list("edition", flat=True)) == [1, 2]
    assert Paper.objects.count() == 2
