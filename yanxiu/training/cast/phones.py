"""Let some of the cast have lost their numbers: at each step there is somebody who waits."""

from datetime import datetime

from yanxiu.foundation import pictures
from yanxiu.training.cast import casting, people, proofs, signing_in
from yanxiu.training.cast.casting import Call
from yanxiu.training.cast.names import Invented
from yanxiu.training.journeys import changing_phone
from yanxiu.training.organisations import grants, phone_pictures, vouching
from yanxiu.training.organisations.models import PhoneChange, PhoneChangeAnswer
from yanxiu.training.people import identities
from yanxiu.training.people.lost_phones import Lost
from yanxiu.training.people.models import Account, Identity, Person

# Whose request waits for the school, for the county, and for the help desk.
WAITS, VOUCHED, AT_DESK = signing_in.TEN[-1], signing_in.TEN[-2], signing_in.LEFT
_NEW = {WAITS: "13900000110", VOUCHED: "13900000109", AT_DESK: "13900000006"}


def load(call: Call) -> None:
    """Make them ask, and the school's officer vouch for one of them."""
    _ask(WAITS, at=call.ago(days=1, hours=3))
    vouched = _ask(VOUCHED, at=call.ago(days=2))
    officer = _person(signing_in.SCHOOL)
    held, at = grants.held(officer.id, at=call.now), call.ago(days=1)
    means = PhoneChangeAnswer.Means.IN_PERSON
    vouching.vouch(vouched, means, held=held, by=officer, at=at)
    at_desk = _ask(AT_DESK, at=call.ago(hours=3))
    identity = _identity(AT_DESK)
    shown = Invented(identity.name, identities.number(identity))
    phone_pictures.keep(at_desk, pictures.taken(proofs.card(shown)), at=call.ago(hours=2))
    _idle(call)


def _idle(call: Call) -> None:
    """Let somebody have an account that nobody has used for long."""
    person = people.register(signing_in.IDLE, at=casting.FOUNDED_AT)
    people.introduce(person, call.person("方静远"), at=casting.FOUNDED_AT)


def _ask(phone: str, *, at: datetime) -> PhoneChange:
    identity = _identity(phone)
    lost = Lost(identity.name, identity.document_kind, identities.number(identity), phone)
    return changing_phone.ask(lost, _NEW[phone], network="demo", at=at)


def _identity(phone: str) -> Identity:
    return Identity.objects.get(person__account__phone=phone, until=None)


def _person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person
