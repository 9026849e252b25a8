"""Give these tests moments, phones and people, and a school that nobody else touches."""

import pytest

from yanxiu.foundation import clock
from yanxiu.training.cast import casting, places, signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.organisations.tests import officers


@pytest.fixture
def call(country: None) -> Call:
    return Call(clock.now())


@pytest.fixture
def desk(call: Call) -> Desk:
    """Give a school of the home county an officer and nobody waiting."""
    by = officers.person(signing_in.COUNTY)
    return casting.desk(call, places.of(places.HOME, "342"), by=by)
