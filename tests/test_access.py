"""Say for every address and every kind of person who may come in; a missing address fails."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.support import signing_in
from yanxiu.training.catalogue.models import Course
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.organisations.models import Batch, Officer, Post, Verification
from yanxiu.training.people.models import Account, Persona

PEOPLE = (
    *("visitor", "newcomer", "student", "parent", "teacher", "waiting", "holder"),
    *("officer", "county", "city", "province", "nation", "foreign", "editor", "agent"),
)
OWN_SCHOOL_UP = {"officer", "county", "city", "province", "nation"}
OFFICERS = OWN_SCHOOL_UP | {"foreign"}

PHONES = {
    "newcomer": "13800000004",
    "teacher": "13800000001",
    "waiting": "13800000002",
    "officer": "13800000011",
    "county": "13800000012",
    "city": "13800000013",
    "province": "13800000014",
    "nation": "13800000015",
    "editor": "13800000021",
    "agent": "13800000031",
}

ANY = dict.fromkeys(PEOPLE, 200)
SIGNED_IN = ANY | {"visitor": 302}
VISITORS_ONLY = dict.fromkeys(PEOPLE, 302) | {"visitor": 200}
POST_ONLY = dict.fromkeys(PEOPLE, 405)


def only(*who: str, others: int) -> dict[str, int]:
    """Return 200 for some, another status for the rest, the sign-in page for visitors."""
    return dict.fromkeys(PEOPLE, others) | {"visitor": 302} | dict.fromkeys(who, 200)


# What a GET answers. Addresses with an object are asked for one of the demo country.
TABLE: dict[str, dict[str, int]] = {
    "home": ANY,
    "channel": ANY,
    "rules": ANY,
    "schools": ANY,
    "healthz": ANY,
    "readyz": ANY,
    "sign_in": VISITORS_ONLY,
    "sign_in_code": dict.fromkeys(PEOPLE, 302),
    "register": dict.fromkeys(PEOPLE, 302),
    # Officers have given theirs already and are led on; nobody else has one to give.
    "second_factor": dict.fromkeys(PEOPLE, 403) | dict.fromkeys(OFFICERS, 302) | {"visitor": 302},
    "second_factor_options": POST_ONLY,
    "my_second_factor": only(*OFFICERS, others=403),
    "my_factor_app": only(*OFFICERS, others=403),
    "my_passkey": POST_ONLY,
    "my_passkey_options": POST_ONLY,
    "my_recovery_codes": POST_ONLY,
    "sign_out": POST_ONLY,
    "verify": ANY,
    "verify_token": ANY,
    "training_json": ANY,
    "training": ANY,
    "training_progress": SIGNED_IN,
    # Who is enrolled already is led back to the training.
    "enrolment": SIGNED_IN | {"teacher": 303, "waiting": 303},
    "certificate": SIGNED_IN,
    "paper": only("holder", others=404),
    "course": ANY,
    "course_progress": SIGNED_IN,
    "leases": POST_ONLY,
    "me": SIGNED_IN,
    "my_trainings": SIGNED_IN,
    "my_training_json": ANY | {"visitor": 401},
    "information": SIGNED_IN,
    "my_school": SIGNED_IN,
    "my_post_ending": only("teacher", others=404),
    "correction": SIGNED_IN,
    "correction_withdrawal": POST_ONLY,
    "my_notices": SIGNED_IN,
    "my_account": SIGNED_IN,
    "my_certificates": SIGNED_IN,
    "office": only(*OFFICERS, others=403),
    "office_verifications": only(*OFFICERS, others=403),
    "office_verification_next": only(others=403) | dict.fromkeys(OFFICERS, 303),
    "office_batches": only(*OFFICERS, others=403),
    "office_batch": only("officer", others=403) | dict.fromkeys(OFFICERS - {"officer"}, 404),
    "office_case": only(*OWN_SCHOOL_UP, others=403) | {"foreign": 404},
}


def addresses() -> list[str]:
    """Return the names of all addresses that are configured."""
    patterns = get_resolver().url_patterns
    return [str(p.name) for p in patterns if isinstance(p, URLPattern)]


def parameters(name: str) -> dict[str, object]:
    """Return which object of the demo country an address is asked for."""
    certificate = Certificate.objects.order_by("number")[0]
    courses = Course.objects.filter(training__slug="demo").order_by("position")
    case = Verification.objects.get(
        post__person__account__phone=PHONES["waiting"], withdrawn_at=None
    )
    post = Post.objects.get(person__account__phone=PHONES["teacher"])
    objects: dict[str, dict[str, object]] = {
        "rules": {"slug": "demo"},
        "training_json": {"slug": "demo"},
        "training": {"slug": "demo"},
        "training_progress": {"slug": "demo"},
        "enrolment": {"slug": "demo"},
        "certificate": {"slug": "demo"},
        "my_training_json": {"slug": "demo"},
        "verify_token": {"token": certificate.token},
        "paper": {"token": certificate.token},
        "course": {"course_id": courses[0].pk},
        "course_progress": {"course_id": courses[0].pk},
        "my_post_ending": {"post_id": post.pk},
        "office_case": {"verification_id": case.pk},
        "office_batch": {"batch_id": Batch.objects.order_by("at")[0].pk},
    }
    return objects.get(name, {})


def account(who: str) -> Account:
    """Return the account of a kind of person in the demo country."""
    if who == "holder":
        holder = Certificate.objects.order_by("number")[0].person_id
        return Account.objects.get(person_id=holder)
    if who == "foreign":
        home = Officer.objects.get(person__account__phone=PHONES["county"])
        away = Officer.objects.filter(level="school").exclude(path__startswith=home.path)
        return Account.objects.get(person=away.order_by("path", "id")[0].person_id)
    if who in {"student", "parent"}:
        persona = Persona.objects.filter(kind=who).order_by("id")[0]
        return Account.objects.get(person=persona.person_id)
    return Account.objects.get(phone=PHONES[who])


def client(who: str) -> Client:
    """Return a browser in which this kind of person is signed in."""
    browser = Client()
    if who != "visitor":
        signing_in.sign_in(browser, account(who))
    return browser


def settled(page: bytes, trace: str) -> str:
    """Return a page without what is different each time: its trace number and its form tokens."""
    return re.sub(r'csrf[^>]+(value|content)="[^"]+"', "", page.decode().replace(trace, ""))


@pytest.fixture
def browsers(country: None) -> dict[str, Client]:
    """Sign everybody in."""
    return {who: client(who) for who in PEOPLE}


def test_every_address_stands_in_the_table() -> None:
    assert sorted(addresses()) == sorted(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_everybody_gets_what_the_table_says(name: str, browsers: dict[str, Client]) -> None:
    address = reverse(name, kwargs=parameters(name))
    got = {who: browser.get(address).status_code for who, browser in browsers.items()}
    assert got == TABLE[name]


@pytest.mark.parametrize(
    "name", ["paper", "office_case", "office_batch", "my_post_ending", "course", "verify_token"]
)
def test_what_is_not_there_looks_like_what_is_not_ones_own(
    name: str, browsers: dict[str, Client]
) -> None:
    unknown = {
        key: uuid4() if key.endswith("_id") else "AAAAAAAAAAAAAAAAAAAAAA"
        for key in parameters(name)
    }
    answer = browsers["foreign"].get(reverse(name, kwargs=unknown))
    if name == "verify_token":
        assert answer.status_code == 200
        return
    assert answer.status_code == 404
    own = browsers["foreign"].get(reverse(name, kwargs=parameters(name)))
    if own.status_code == 404:
        assert settled(own.content, own["X-Trace"]) == settled(answer.content, answer["X-Trace"])


@pytest.mark.parametrize("name", TABLE)
def test_posting_needs_a_token(name: str, country: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account("teacher"))
    answer = strict.post(reverse(name, kwargs=parameters(name)))
    assert answer.status_code in {403, 405}, name
