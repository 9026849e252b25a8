"""Show that the list of ended codes is in itself right."""

from yanxiu.training.organisations import region_changes
from yanxiu.training.organisations.region_changes import BASE

ENDED = list(region_changes.ended())


def test_a_code_ends_once_and_after_it_began() -> None:
    assert len({each.code for each in ENDED}) == len(ENDED)
    assert all(each.since < each.until for each in ENDED)


def test_a_successor_is_in_force_when_its_forerunner_ends() -> None:
    begun = region_changes.begun()
    late = [each for each in ENDED if begun.get(each.successor, BASE) > max(each.until, BASE)]
    assert not late


def test_those_above_come_first() -> None:
    places = {each.code: place for place, each in enumerate(ENDED)}
    assert all(places.get(each.above, -1) < places[each.code] for each in ENDED)


def test_following_the_successors_comes_to_an_end() -> None:
    next_of = {each.code: each.successor for each in ENDED}
    for code in next_of:
        way = [code]
        while way[-1] in next_of:
            way.append(next_of[way[-1]])
            assert len(set(way)) == len(way)


def test_what_followed_a_code_begins_with_its_end() -> None:
    begun = region_changes.begun()
    assert begun["120116"] == next(each.until for each in ENDED if each.code == "120107")
