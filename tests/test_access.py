"""Say for every address and every kind of person who may come in; a missing address fails.

A new address is a row of TABLE: what a GET answers to each of PEOPLE, from `only(…, others=…)` and
the sets beside it; how those in RELATIONS are answered follows from the row, unless it says so
itself. An address with an object has that object, of the demo country, in `parameters`. What a form
of the console does is a row of ACTS: its address, what is typed, and what it answers to whom; 303
did it, everything else has to change nothing.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from tests.support import objects as objects_of
from tests.support import pages, parts, signing_in
from yanxiu.training.catalogue.models import Course
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.organisations.models import Batch, Correction, Post, Verification

PEOPLE = (
    *("visitor", "newcomer", "student", "parent", "teacher", "waiting", "holder"),
    *("officer", "county", "city", "province", "nation", "foreign", "editor", "agent"),
)
OWN_SCHOOL_UP = {"officer", "county", "city", "province", "nation"}
OFFICERS = OWN_SCHOOL_UP | {"foreign"}

# Who else there is, and whom each is answered like: the officers of another school of the county,
# of another county of the city, of another province; who stands in for the county's officer; and
# whose right has ended.
RELATIONS = {
    "sibling": "foreign",
    "neighbour": "foreign",
    "abroad": "foreign",
    "deputy": "county",
    "former": "editor",
}
EVERYBODY = (*PEOPLE, *RELATIONS)
# Nothing of theirs lies in the branch: what is there looks to them like what is not.
OUTSIDE = ("visitor", "teacher", "former", "foreign", "sibling", "neighbour", "abroad")

PHONES, account, client = parts.PHONES, parts.account, parts.client

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
    "verify_file": ANY,
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
    "office_corrections": only(*OFFICERS, others=403),
    "office_correction": only(*OWN_SCHOOL_UP, others=403) | {"foreign": 404},
    # Nobody has asked for it by the form that notes who looks.
    "office_correction_proof": only(others=403) | {"foreign": 404},
    "office_post_ending": only("officer", others=403) | {"foreign": 404},
    "office_case": only(*OWN_SCHOOL_UP, others=403) | {"foreign": 404},
    "office_trainings": only(*OFFICERS, others=403),
    "office_training_node": only(*OWN_SCHOOL_UP, others=403) | {"foreign": 404},
    "office_training_schools": only("county", "city", "province", "nation", others=403)
    | {"officer": 404, "foreign": 404},
    "office_reminders": only(*OWN_SCHOOL_UP, others=403) | {"foreign": 404},
    "office_teachers": only(*OFFICERS, others=403),
    "office_teacher": only(*OWN_SCHOOL_UP, others=403) | {"foreign": 404},
    "office_exports": only(*OFFICERS, others=403),
    # A file is only its owner's, whoever serves above her.
    "office_export": only("officer", others=403)
    | dict.fromkeys(("county", "city", "province", "nation", "foreign"), 404),
    "office_export_file": only("officer", others=403)
    | dict.fromkeys(("county", "city", "province", "nation", "foreign"), 404),
}

TOP = only("province", "nation", others=403)
TABLE |= {
    "office_certificate": only(*OWN_SCHOOL_UP, others=403) | {"foreign": 404},
    "office_certificate_revocation": TOP | {"foreign": 404},
    # Who serves another province finds what waits there.
    "office_revocations": TOP | {"abroad": 200},
    # One about a certificate of another city of the province.
    "office_revocation": TOP | dict.fromkeys(("officer", "county", "city", "foreign"), 404),
}

OUTSIDE_404 = {"foreign": 404, "visitor": 302}
# A form: its address, what is typed into it, what it answers to whom.
ACTS: dict[str, tuple[str, dict[str, str], dict[str, int]]] = {
    "approve": (
        "office_case",
        {"outcome": "approved"},
        dict.fromkeys(PEOPLE, 403) | OUTSIDE_404 | {"officer": 303},
    ),
    "reject": (
        "office_case",
        {"outcome": "rejected", "reason": "not_ours"},
        dict.fromkeys(PEOPLE, 403) | OUTSIDE_404 | {"officer": 303},
    ),
    "approve_correction": (
        "office_correction",
        {"outcome": "approved"},
        dict.fromkeys(PEOPLE, 403) | OUTSIDE_404 | {"officer": 303},
    ),
    "reject_correction": (
        "office_correction",
        {"outcome": "rejected", "reason": "proof_unclear"},
        dict.fromkeys(PEOPLE, 403) | OUTSIDE_404 | {"officer": 303},
    ),
    "look_at_proof": (
        "office_correction_proof",
        {},
        dict.fromkeys(PEOPLE, 403) | OUTSIDE_404 | {"officer": 303},
    ),
    "end_post": (
        "office_post_ending",
        {},
        dict.fromkeys(PEOPLE, 403) | OUTSIDE_404 | {"officer": 303},
    ),
    "countersign": (
        "office_revocation",
        {"outcome": "countersign"},
        TABLE["office_revocation"] | {"province": 403, "nation": 303},
    ),
    "propose": (
        "office_certificate_revocation",
        {"reason": "discipline", "sentence": "依规。"},
        TABLE["office_certificate_revocation"] | {"province": 303, "nation": 303},
    ),
    # What is not hers is told of as not found, in the batch that she gets to see.
    "answer_many": (
        "office_batches",
        {"outcome": "approved", "ids": f"{UUID(int=1)}", "batch": f"{UUID(int=2)}"},
        dict.fromkeys(PEOPLE, 403) | dict.fromkeys(OFFICERS, 303) | {"visitor": 302},
    ),
    # Whoever says no node means her own.
    "export": (
        "office_exports",
        {"kind": "teachers", "training": "season", "form": "csv"},
        dict.fromkeys(PEOPLE, 403) | dict.fromkeys(OFFICERS, 303) | {"visitor": 302},
    ),
    "stop_export": (
        "office_export",
        {},
        dict.fromkeys(PEOPLE, 403)
        | dict.fromkeys(OFFICERS, 404)
        | {"officer": 303, "visitor": 302},
    ),
    "remind": (
        "office_reminders",
        {},
        dict.fromkeys(PEOPLE, 403) | dict.fromkeys(OWN_SCHOOL_UP, 303) | OUTSIDE_404,
    ),
}


def expected(row: dict[str, int]) -> dict[str, int]:
    """Return a row with what follows from it for those in RELATIONS."""
    return {who: row[like] for who, like in RELATIONS.items()} | row


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
    own = Certificate.objects.filter(path=case.post.school.path).order_by("number")[0]
    correction = Correction.objects.get(withdrawn_at=None, answer=None)
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
        "office_post_ending": {"post_id": post.pk},
        "office_correction": {"correction_id": correction.pk},
        "office_correction_proof": {"correction_id": correction.pk},
        "office_case": {"verification_id": case.pk},
        "office_certificate": {"certificate_id": own.pk},
        "office_certificate_revocation": {"certificate_id": own.pk},
        "office_revocation": {"proposal_id": objects_of.doubted().pk},
        "office_batch": {"batch_id": Batch.objects.order_by("at")[0].pk},
        "office_training_node": {"slug": "season", "code": case.post.school.code},
        "office_training_schools": {"slug": "season", "code": case.post.school.county_id},
        "office_reminders": {"slug": "season", "code": case.post.school.code},
        "office_teacher": {"person_id": case.post.person_id},
    }
    if name in {"office_export", "office_export_file"}:
        return objects_of.export(name)
    return objects.get(name, {})


def settled(page: bytes, trace: str) -> str:
    """Return a page without what is different each time: its trace number and its form tokens."""
    return re.sub(r'csrf[^>]+(value|content)="[^"]+"', "", page.decode().replace(trace, ""))


def unknown(name: str) -> str:
    """Return the address as it is asked for something that is not there."""
    invented: dict[type, object] = {UUID: uuid4(), str: "A" * 22, int: 2**31 - 1}
    own = parameters(name)
    return reverse(name, kwargs={key: invented[type(value)] for key, value in own.items()})


# What a page may write when it only looks: that somebody tried what she may not.
NOTED = re.compile(r'INSERT INTO "(trail_entry|django_session)"|UPDATE "django_session"')


@contextmanager
def changing_nothing() -> Iterator[None]:
    """Fail where the block changes a row; that somebody was refused may be noted."""
    with CaptureQueriesContext(connection) as seen:
        yield
    asked = [query["sql"] for query in seen.captured_queries]
    writing = [sql for sql in asked if re.match(r"\s*(INSERT|UPDATE|DELETE)\b", sql)]
    assert not [sql for sql in writing if not NOTED.match(sql)]


@pytest.fixture
def browsers(country: None) -> dict[str, Client]:
    """Sign everybody in."""
    return {who: client(who) for who in EVERYBODY}


def test_every_address_stands_in_the_table() -> None:
    assert sorted(addresses()) == sorted(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_everybody_gets_what_the_table_says(name: str, browsers: dict[str, Client]) -> None:
    address = reverse(name, kwargs=parameters(name))
    with changing_nothing():
        got = {who: browser.get(address).status_code for who, browser in browsers.items()}
        browsers["officer"].head(address)
    assert got == expected(TABLE[name])


@pytest.mark.parametrize("act", ACTS)
def test_everybody_may_do_what_the_table_says_and_nobody_else(
    act: str, browsers: dict[str, Client]
) -> None:
    name, typed, row = ACTS[act]
    address = reverse(name, kwargs=parameters(name))
    for who, status in expected(row).items():
        if status == HTTPStatus.SEE_OTHER:
            with transaction.atomic():
                assert browsers[who].post(address, typed).status_code == status, who
                transaction.set_rollback(True)
        else:
            with changing_nothing():
                assert browsers[who].post(address, typed).status_code == status, who


def test_every_form_of_the_console_stands_among_the_acts() -> None:
    acting = {name for name, _typed, _row in ACTS.values()}
    visitor = Client()
    for name in TABLE:
        if name.startswith("office") and "POST" in taken(visitor, name):
            assert name in acting, name


def taken(browser: Client, name: str) -> str:
    """Return which methods an address takes."""
    pattern = next(p for p in get_resolver().url_patterns if getattr(p, "name", "") == name)
    keys = pattern.pattern.converters
    invented = {
        key: uuid4() if type(it).__name__ == "UUIDConverter" else "a" for key, it in keys.items()
    }
    return browser.patch(reverse(name, kwargs=invented)).headers.get("Allow", "")


@pytest.mark.parametrize("name", TABLE)
def test_what_is_not_there_looks_like_what_is_not_ones_own(name: str, country: None) -> None:
    if not parameters(name):
        return
    known, nothing = reverse(name, kwargs=parameters(name)), unknown(name)
    for who in OUTSIDE:
        browser = client(who)
        own = browser.get(known)
        if own.status_code in {302, 403, 404}:
            other = browser.get(nothing)
            assert (own.status_code, told(own, known)) == (other.status_code, told(other, nothing))


def told(answer: pages.Answer, address: str) -> str:
    """Return all that an answer says, but for the address that was asked for."""
    said = settled(answer.content, answer["X-Trace"]) + answer.headers.get("Location", "")
    return said.replace(address, "")


@pytest.mark.parametrize("name", [name for name in TABLE if name.startswith("office")])
def test_no_page_of_the_console_opens_before_the_second_factor(name: str, country: None) -> None:
    address = reverse(name, kwargs=parameters(name))
    for who in ("officer", "county", "nation"):
        browser = Client()
        signing_in.sign_in(browser, account(who), second_factor=False)
        for answer in (browser.get(address), browser.post(address)):
            asked = (
                answer.status_code == HTTPStatus.FOUND and "/second-factor/" in answer["Location"]
            )
            assert asked or answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED, who


@pytest.mark.parametrize("name", TABLE)
def test_posting_needs_a_token(name: str, country: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account("teacher"))
    answer = strict.post(reverse(name, kwargs=parameters(name)))
    assert answer.status_code in {403, 405}, name
