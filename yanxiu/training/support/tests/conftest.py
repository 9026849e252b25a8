"""Give the tests of the help desk somebody who asks and somebody who answers."""

import pytest

from yanxiu.foundation import clock
from yanxiu.training.people import accounts
from yanxiu.training.people.models import Person


@pytest.fixture
def teacher(db: None) -> Person:
    return accounts.open_for("13912345678", kind="teacher", at=clock.now()).person


@pytest.fixture
def agent(db: None) -> Person:
    return accounts.open_for("13912345670", kind="teacher", at=clock.now()).person
