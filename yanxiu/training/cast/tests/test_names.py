"""Show that invented people are plausible, and nobody's."""

from datetime import date

import pytest

from yanxiu.training.cast import names
from yanxiu.training.people import names as real_names
from yanxiu.training.people import resident_id

EVERY = [names.person(index) for index in range(1, 400)]


def test_every_number_is_well_formed_and_of_a_working_age() -> None:
    for person in EVERY:
        assert resident_id.read(person.number, on=date(2026, 1, 1)).findings == ()


def test_no_two_people_share_a_number() -> None:
    assert len({person.number for person in EVERY}) == len(EVERY)


def test_no_number_can_belong_to_somebody() -> None:
    # Orders from 996 on are kept for people past a hundred, and nobody here is that old.
    assert {person.number[14:17] for person in EVERY} <= {"996", "997", "998", "999"}


def test_every_name_can_stand_on_a_certificate() -> None:
    for person in EVERY:
        assert real_names.read(person.name).finding is None


def test_names_of_nationalities_are_among_them() -> None:
    assert any("·" in person.name for person in EVERY)


@pytest.mark.parametrize("index", [1, 12, 77])
def test_the_same_index_is_the_same_person(index: int) -> None:
    assert names.person(index) == names.person(index)
