"""Play any kind of person of the demo country in a browser: `client("county")`."""

import json
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client

from tests.support import signing_in
from yanxiu.foundation import clock
from yanxiu.training.cast import holds
from yanxiu.training.cast import signing_in as cast
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Account, Persona
from yanxiu.web.shared import access

PHONES = {
    "newcomer": cast.FRESH,
    "teacher": cast.READY,
    "waiting": cast.UNVERIFIED,
    "officer": cast.SCHOOL,
    "county": cast.COUNTY,
    "city": cast.CITY,
    "province": cast.PROVINCE,
    "nation": cast.NATION,
    "editor": cast.EDITOR,
    "agent": cast.SUPPORT,
    "lead": cast.SUPPORT_LEAD,
    "neighbour": cast.NEIGHBOUR,
    "abroad": cast.ABROAD,
    "deputy": cast.DEPUTY,
    "former": cast.FORMER,
    "held": holds.HELD,
}
PEOPLE = (*("student", "parent", "holder", "sibling", "foreign"), *PHONES)
# A run may take longer than a second factor stays fresh.
AHEAD = timedelta(hours=1)

# Sessions of the demo country, by its database and who they are of: made once for all tests.
_sessions: dict[tuple[str, str], str] = {}


def account(who: str) -> Account:
    """Return the account of a kind of person in the demo country."""
    if who == "holder":
        holder = Certificate.objects.order_by("number")[0].person_id
        return Account.objects.get(person_id=holder)
    if who in {"sibling", "foreign"}:
        return Account.objects.get(person=_elsewhere(who).person_id)
    if who in {"student", "parent"}:
        persona = Persona.objects.filter(kind=who).order_by("id")[0]
        return Account.objects.get(person=persona.person_id)
    return Account.objects.get(phone=PHONES[who])


def client(who: str) -> Client:
    """Return a browser in which this kind of person is signed in."""
    browser = Client()
    kept = _sessions.get((str(connection.settings_dict["NAME"]), who))
    if kept:
        browser.cookies[settings.SESSION_COOKIE_NAME] = kept
    elif who != "visitor":
        _sign_in(browser, who)
    return browser


def sign_in_all(kept: Path) -> None:
    """Sign everybody in and keep the sessions in a file, so that no test has to."""
    made = {}
    for who in PEOPLE:
        browser = Client()
        _sign_in(browser, who)
        made[who] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    kept.write_text(json.dumps(made))


def recall(kept: Path, database: str) -> None:
    """Know the sessions of a file, in a copy of the database in which they were made."""
    for who, session in json.loads(kept.read_text()).items():
        _sessions[database, who] = session


def _sign_in(browser: Client, who: str) -> None:
    signing_in.sign_in(browser, account(who))
    session = browser.session
    session[access.SECOND_FACTOR] = session[access.PROVED] = (clock.now() + AHEAD).isoformat()
    session.save()


def _elsewhere(who: str) -> Officer:
    """Return the officer of another school: of the same county, or of another province."""
    home = Officer.objects.get(grants.current(clock.now()), person=account("county").person_id)
    schools = Officer.objects.filter(grants.current(clock.now()), level="school")
    own = Officer.objects.filter(person=account("officer").person_id).values("path")
    inside = schools.filter(path__startswith=f"{home.path}/").exclude(path__in=own)
    outside = schools.exclude(path__startswith=home.path[: len("000000/000000")])
    return (inside if who == "sibling" else outside).order_by("path", "id")[0]
