"""Say for every address and every kind of person who may come in; a missing address fails.

A new address is a row of TABLE: what a GET answers to each of PEOPLE, from `only(…, others=…)` and
the sets beside it; how those in RELATIONS are answered follows from the row, unless it says so
itself. An address with an object has that object, of the demo country, in `parameters`. What a form
of the console does is a row of ACTS: its address, what is typed, and what it answers to whom; 303
did it, everything else has to change nothing.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from tests.support import (
    desk_access,
    help_access,
    integrity_access,
    paper_access,
    parts,
    persona_access,
    phone_access,
    school_access,
    sheet_access,
)
from tests.support import objects as objects_of
from tests.support.whom import (
    AGENTS,
    ANY,
    EVERYBODY,
    OFFICERS,
    OUTSIDE_404,
    OWN_SCHOOL_UP,
    PEOPLE,
    POST_ONLY,
    RELATIONS,
    SIGNED_IN,
    VISITORS_ONLY,
    only,
)
from yanxiu.foundation import clock
from yanxiu.training.catalogue.models import Course
from yanxiu.training.organisations.models import (
    Batch,
    Correction,
    Officer,
    Post,
    Verification,
)

PHONES, account, client = parts.PHONES, parts.account, parts.client

# What a GET answers. Addresses with an object are asked for one of the demo country.
TABLE: dict[str, dict[str, int]] = {
    "home": ANY,
    "channel": ANY,
    "platform": ANY,
    "platform_channel": ANY,
    "app": ANY,
    "clients": ANY,
    "app_manifest": ANY,
    "app_icon": ANY,
    "app_offline": ANY,
    "app_saved": ANY,
    "app_saved_lesson": ANY,
    "app_worker": ANY,
    "portal": ANY,
    "portal_season": ANY,
    "rules": ANY,
    "schools": ANY,
    "robots": ANY,
    "healthz": ANY,
    "readyz": ANY,
    "sign_in": VISITORS_ONLY,
    "sign_in_code": dict.fromkeys(PEOPLE, 302),
    "register": dict.fromkeys(PEOPLE, 302),
    # Whoever is in has just given it and is led on.
    "second_factor": dict.fromkeys(EVERYBODY, 302),
    "second_factor_options": POST_ONLY,
    "my_second_factor": SIGNED_IN,
    "my_factor_app": SIGNED_IN,
    # Who has a second factor proves herself by it.
    "my_proof": SIGNED_IN | dict.fromkeys(OFFICERS | {"former", *AGENTS}, 302),
    "my_password": SIGNED_IN,
    "my_sessions": SIGNED_IN,
    "my_data": SIGNED_IN,
    "my_data_file": only(others=404),
    "my_departure": SIGNED_IN,
    "sign_in_password": dict.fromkeys(EVERYBODY, 302) | {"visitor": 200},
    "my_passkey": POST_ONLY,
    "my_passkey_options": POST_ONLY,
    "my_recovery_codes": POST_ONLY,
    "sign_out": POST_ONLY,
    "styleguide": ANY,
    "training_json": ANY,
    "training": ANY,
    "training_progress": SIGNED_IN,
    # Who is enrolled already is led back to the training.
    "enrolment": SIGNED_IN | {"teacher": 303, "waiting": 303},
    "course": ANY,
    "course_progress": SIGNED_IN,
    # Whoever is not enrolled has nothing to save.
    "course_files": only("teacher", "waiting", others=409) | {"visitor": 401},
    "leases": POST_ONLY,
    "lesson_question": POST_ONLY,
    "lesson_question_time": POST_ONLY,
    "lesson_answer": POST_ONLY,
    "me": SIGNED_IN,
    "my_trainings": SIGNED_IN,
    "workbench": SIGNED_IN,
    "my_training_json": ANY | {"visitor": 401},
    "information": SIGNED_IN,
    "my_school": SIGNED_IN,
    "my_post_ending": only("teacher", others=404),
    "correction": SIGNED_IN,
    "correction_withdrawal": POST_ONLY,
    "my_notices": SIGNED_IN,
    "my_account": SIGNED_IN,
    "office_officers": only(*OFFICERS, others=403),
    "office_grant_new": only(*(OFFICERS - {"officer", "foreign"}), others=403)
    | {"neighbour": 200, "abroad": 200},
    "office_officer": only(*OWN_SCHOOL_UP, others=403) | {"foreign": 404},
    "office_officer_ending": POST_ONLY,
    "office_officer_deputies": POST_ONLY,
    "office_officer_factor_reset": POST_ONLY,
    "office_operations": only("nation", others=403),
    "office_trail": only(*OFFICERS, others=403),
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
    "office_teacher_number": only(*OWN_SCHOOL_UP, others=403) | {"foreign": 404},
    "office_exports": only(*OFFICERS, others=403),
    # A file is only its owner's, whoever serves above her.
    "office_export": only("officer", others=403) | dict.fromkeys(OFFICERS - {"officer"}, 404),
    "office_export_file": only("officer", others=403) | dict.fromkeys(OFFICERS - {"officer"}, 404),
}

PARTS = (desk_access, help_access, sheet_access, phone_access, persona_access, integrity_access)
TABLE |= school_access.TABLE | paper_access.TABLE
TABLE |= {name: row for part in PARTS for name, row in part.TABLE.items()}

ABOVE = dict.fromkeys(OWN_SCHOOL_UP - {"officer"}, 303)


def in_a_week() -> object:
    return (clock.now() + timedelta(days=7)).date()


def editors_id() -> object:
    return account("editor").person_id


type Typed = dict[str, str | Callable[[], object]]

# A form: its address, what is typed into it (what the day or the country decides, as a function),
# and what it answers to whom.
ACTS: dict[str, tuple[str, Typed, dict[str, int]]] = {
    # Of the home school's officer: whoever is above may, she herself may only lend it.
    "give": (
        "office_grant_new",
        {
            "phone": PHONES["editor"],
            "level": "school",
            "place": "3301060001",
            "node": "3301060001",
            "seen": editors_id,
        },
        dict.fromkeys(PEOPLE, 403) | ABOVE | {"visitor": 302, "neighbour": 400, "abroad": 400},
    ),
    "take": ("office_officer_ending", {}, dict.fromkeys(PEOPLE, 403) | ABOVE | OUTSIDE_404),
    "deputise": (
        "office_officer_deputies",
        {"phone": PHONES["editor"], "until": in_a_week},
        dict.fromkeys(PEOPLE, 403) | ABOVE | OUTSIDE_404 | {"officer": 303},
    ),
    "reset_factors": (
        "office_officer_factor_reset",
        {},
        dict.fromkeys(PEOPLE, 403) | ABOVE | OUTSIDE_404,
    ),
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
    # Without a reason no number is shown.
    "open_number": (
        "office_teacher_number",
        {},
        dict.fromkeys(PEOPLE, 403) | dict.fromkeys(OWN_SCHOOL_UP, 400) | OUTSIDE_404,
    ),
    **school_access.ACTS,
    **sheet_access.ACTS,
    **paper_access.ACTS,
    **desk_access.ACTS,
    **phone_access.ACTS,
    **integrity_access.ACTS,
}


def expected(row: dict[str, int]) -> dict[str, int]:
    """Return a row with what follows from it for those in RELATIONS."""
    return {who: row[like] for who, like in RELATIONS.items()} | row


def addresses() -> list[str]:
    """Return the names of all addresses that are configured."""
    patterns = get_resolver().url_patterns
    return [str(p.name) for p in patterns if isinstance(p, URLPattern)]


OF_THE_DEMO = {
    *("rules", "training_json", "training", "training_progress", "enrolment", "certificate"),
    "my_training_json",
}
FIXED: dict[str, dict[str, str | int]] = {name: {"slug": "demo"} for name in OF_THE_DEMO}
FIXED |= {
    **{key: {"branch": "higher"} for key in ("platform", "platform_channel")},
    "portal_season": {"slug": "season"},
    "app_icon": {"size": 192},
}
OF_A_GRANT = {
    *("office_officer", "office_officer_ending", "office_officer_deputies"),
    "office_officer_factor_reset",
}


def parameters(name: str) -> dict[str, object]:
    """Return which object of the demo country an address is asked for."""
    part = next((each for each in PARTS if name in each.TABLE), None)
    return part.parameters(name) if part else _parameters(name)


def _parameters(name: str) -> dict[str, object]:
    if name in FIXED:
        return {**FIXED[name]}
    if name in OF_A_GRANT:
        return {"grant_id": Officer.objects.get(person__account__phone=PHONES["officer"]).pk}
    courses = Course.objects.filter(training__slug="demo").order_by("position")
    case = Verification.objects.get(
        post__person__account__phone=PHONES["waiting"], withdrawn_at=None
    )
    post = Post.objects.get(person__account__phone=PHONES["teacher"])
    correction = Correction.objects.get(withdrawn_at=None, answer=None)
    objects: dict[str, dict[str, object]] = {
        "course": {"course_id": courses[0].pk},
        "course_progress": {"course_id": courses[0].pk},
        "course_files": {"course_id": courses[0].pk},
        "my_post_ending": {"post_id": post.pk},
        "office_post_ending": {"post_id": post.pk},
        "office_correction": {"correction_id": correction.pk},
        "office_correction_proof": {"correction_id": correction.pk},
        "office_case": {"verification_id": case.pk},
        "office_batch": {"batch_id": Batch.objects.order_by("at")[0].pk},
        "office_training_node": {"slug": "season", "code": case.post.school.code},
        "office_training_schools": {"slug": "season", "code": case.post.school.county_id},
        "office_reminders": {"slug": "season", "code": case.post.school.code},
        "office_teacher": {"person_id": case.post.person_id},
        "office_teacher_number": {"person_id": case.post.person_id},
        "my_data_file": {"token": "A" * 22},
    }
    if name in {"office_export", "office_export_file"}:
        return objects_of.export(name)
    if name in paper_access.TABLE:
        return paper_access.parameters(name, case.post.school.path)
    if name in school_access.TABLE:
        return school_access.parameters(name, case.post.school_id)
    return objects.get(name, {})


def settled(page: bytes, trace: str) -> str:
    """Return a page without what is different each time: its trace number and its form tokens."""
    return re.sub(r'csrf[^>]+(value|content)="[^"]+"', "", page.decode().replace(trace, ""))


# What may be written where nothing is done: that somebody tried what she may not, and what she
# had typed.
NOTED = re.compile(
    r'INSERT INTO "(trail_entry|people_session|support_draft)"|UPDATE "people_session"'
)


@contextmanager
def changing_nothing() -> Iterator[None]:
    """Fail where the block changes a row; that somebody was refused may be noted."""
    # The log holds no more than some thousand; what others have asked is not looked at.
    connection.queries_log.clear()
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
    name, fields, row = ACTS[act]
    typed = {field: value() if callable(value) else value for field, value in fields.items()}
    address = reverse(name, kwargs=parameters(name))
    for who, status in expected(row).items():
        if status == HTTPStatus.SEE_OTHER:
            with transaction.atomic():
                assert browsers[who].post(address, typed).status_code == status, who
                transaction.set_rollback(True)
        else:
            with changing_nothing():
                assert browsers[who].post(address, typed).status_code == status, who
