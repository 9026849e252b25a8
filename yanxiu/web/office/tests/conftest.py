"""Give the tests of the desk a school that nobody else touches."""

import pytest

from yanxiu.foundation import clock
from yanxiu.training.cast import casting, places, signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.people.models import Account


@pytest.fixture
def call(country: None) -> Call:
    """Give phones, people and moments that are still free."""
    return Call(clock.now())


@pytest.fixture
def desk(call: Call) -> Desk:
    """Give a school of the home county with an officer and nobody waiting."""
    county = Account.objects.select_related("person").get(phone=signing_in.COUNTY).person
    return casting.desk(call, places.of(places.HOME, "342"), by=county)
