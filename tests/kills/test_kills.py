"""Kill each part under load: it comes back by itself, and nothing that was answered is lost."""

import random

from tests.kills import invariants, nemesis, place

# In an order in which each comes upon what the one before has left.
ORDER = ("server", "postmaster", "client", "backend", "keeper")


def test_whatever_is_killed_comes_back_and_nothing_answered_is_lost() -> None:
    with place.running(teachers=6, clients=2) as here:
        striking = nemesis.Nemesis(here, random.Random(5))
        before = invariants.answers(here)
        for name in ORDER:
            striking.kill(name)
            striking.recover(name)
            # Clients have been heard since: they come back by themselves as well.
            assert (before := heard_after(here, before))
        assert striking.deaths == dict.fromkeys(ORDER, 1)
        assert invariants.broken(here) == []


def heard_after(here: place.Place, before: int) -> int:
    """Wait until clients have written something new down; return how much they have."""
    nemesis.wait(lambda: invariants.answers(here) > before)
    return invariants.answers(here)
