"""Show that nothing breaks, whatever stands in a field, a parameter, an address or a body."""

from urllib.parse import quote
from zlib import crc32

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import test_access
from tests.support import environment, naughty
from yanxiu.training.cast import signing_in
from yanxiu.training.people.models import Account
from yanxiu.web.beats.tests.calling import calling
from yanxiu.web.public import arrivals

# What no text can hold: halves of characters, bytes that are none, escapes that are broken.
TEXTS = (*map(quote, naughty.TEXTS), "%ED%A0%80", "%ff%fe", "%%zz%u4e00", "%E4%B8")
# An address gets every third text, the next one another third; `bin/bench naughty` tries them all.
SHARES = 1 if environment.EVERY_TEXT else 3


def texts(name: str) -> tuple[str, ...]:
    """Return the texts that are dealt to an address."""
    return TEXTS[crc32(name.encode()) % SHARES :: SHARES]


# Who asks, and the parameters that a page reads; every other page reads none.
ASKED: dict[str, tuple[str, tuple[str, ...]]] = {
    "my_missing": ("newcomer", ("province", "city", "county", "q")),
    "office_schools": ("county", ("q", "type", "state", "region", "after")),
    "office_school": ("county", ("done",)),
    "office_school_merging": ("county", ("q",)),
    "office_missing": ("county", ("done",)),
    "office_types": ("county", ("done",)),
    "office_amendments": ("nation", ("after",)),
    "office_basic": ("officer", ("done",)),
    "sign_in": ("visitor", ("next",)),
    "sign_in_password": ("visitor", ("next",)),
    "register": ("visitor", ("next",)),
    "my_account": ("teacher", ("done",)),
    "my_persona": ("teacher", ("done",)),
    "my_family": ("parent", ("done",)),
    "my_proof": ("teacher", ("next", "sent")),
    "schools": ("visitor", ("province", "city", "county", "q", "choosing")),
    "my_school": ("newcomer", ("province", "city", "county", "q", "also", "school")),
    "verify": ("visitor", ("number", "code")),
    "training": ("teacher", ("enrolled",)),
    "course": ("teacher", ("lesson",)),
    "course_progress": ("teacher", ("lesson",)),
    "app_worker": ("visitor", ("language",)),
    "app_offline": ("visitor", ("kept",)),
    "app_saved": ("visitor", ("kept",)),
    "app_saved_lesson": ("teacher", ("kept", "lesson")),
    "information": ("newcomer", ("saved", "left")),
    "correction": ("teacher", ("said", "review")),
    "my_notices": ("teacher", ("after",)),
    "my_telling": ("teacher", ("done",)),
    "help": ("teacher", ("q",)),
    "my_tickets": ("teacher", ("after",)),
    "my_ticket_new": ("teacher", ("topic", "done")),
    "my_ticket": ("teacher", ("done",)),
    "office_verifications": (
        "officer",
        ("q", "roster", "state", "after", "before", "done", "picked", "page"),
    ),
    "office_verification_next": ("officer", ("q", "roster", "state", "after")),
    "office_officers": ("county", ("q", "level", "state", "after")),
    "office_grant_new": ("county", ("phone", "level", "place", "node", "seen")),
    "office_officer": ("county", ("done",)),
    "office_trail": ("county", ("who", "what", "since", "until", "before")),
    "office_certificates": ("officer", ("training", "school", "state", "q", "after")),
    "office_case": ("officer", ("done", "q", "roster", "state")),
    "office_batches": ("officer", ("ids", "outcome", "matching")),
    "office_batch": ("officer", ("start",)),
    "office_corrections": ("officer", ("after", "done")),
    "office_correction": ("officer", ("done",)),
    "office_teachers": (
        "county",
        ("training", "node", "state", "sort", "q", "after", "before", "page", "size"),
    ),
    "office_training_schools": ("county", ("sort", "q", "after", "page")),
    "office_imports": ("officer", ("after",)),
    "office_import": ("officer", ("row", "after")),
    "office_roster": ("officer", ("school", "q", "after", "done")),
    "desk": ("agent", ("number", "topic", "after")),
    "desk_ticket": ("agent", ("done",)),
    "desk_agents": ("lead", ("done",)),
    "office_students": ("officer", ("group", "q", "after", "done")),
    "office_students_ending": ("officer", ("entry", "group")),
    "student_sign_in": ("visitor", ("next",)),
    "office_phone_changes": ("officer", ("done",)),
    "desk_canned_answers": ("lead", ("done",)),
    "desk_trail": ("lead", ("what", "before")),
    "desk_phones": ("agent", ("done",)),
    "office_amendment": ("nation", ("outcome", "sentence")),
    "office_teacher_amendment": (
        "nation",
        ("direction", "amount", "unit", "sentence", "seen"),
    ),
    "my_hold": ("held", ("done",)),
    "office_doubts": ("county", ("state", "kind", "after", "done")),
    "office_holds": ("county", ("state", "after")),
    "office_hold": ("county", ("done",)),
}
FORMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "my_missing": ("newcomer", ("county", "name", "code", "type", "note")),
    "office_school_new": ("county", ("county", "name", "code", "type", "opened_on")),
    "office_school_renaming": ("county", ("name", "on")),
    "office_school_retyping": ("county", ("type", "on")),
    "office_school_moving": ("city", ("county", "on")),
    "office_school_merging": ("county", ("into", "on")),
    "office_school_closing": ("county", ("on",)),
    "office_missing_school": ("county", ("outcome", "school", "sentence", "name", "opened_on")),
    "office_type": ("county", ("outcome", "sentence")),
    "office_basic": ("officer", ("what", "name", "on", "type", "note")),
    "language": ("teacher", ("language", "next")),
    "sign_in": ("visitor", ("phone", "next")),
    "sign_in_code": ("asked", ("code",)),
    "sign_in_password": ("visitor", ("phone", "password", "next")),
    "my_proof": ("teacher", ("code", "password", "next")),
    "my_password": ("teacher", ("new", "again")),
    "student_sign_in": ("visitor", ("number", "secret", "next")),
    "office_students": ("officer", ("name", "number", "group")),
    "office_student_codes": ("officer", ("entry", "group", "guardians")),
    "office_students_ending": ("officer", ("entry", "group")),
    "my_persona": ("teacher", ("kind",)),
    "my_family": ("parent", ("number", "name", "said", "consent")),
    "my_viewings": ("student", ("lesson", "seconds")),
    "office_kinship": ("officer", ("outcome",)),
    "my_sessions": ("teacher", ("session",)),
    "my_phone": ("old_proved", ("phone",)),
    "phone_change": ("new_proved", ("name", "document_kind", "number", "old_phone")),
    "second_proof": ("idle", ("name", "tail")),
    "sign_in_passkey": ("visitor", ("credential", "next")),
    "phone_change_picture": ("visitor", ("picture",)),
    "desk_phone": ("agent", ("reason", "sentence", "name", "number")),
    "desk_phone_picture": ("agent", ("why",)),
    "office_phone_change": ("officer", ("outcome", "means", "reason", "sentence")),
    "my_departure": ("teacher", ("word",)),
    "office_teacher_number": ("officer", ("reason", "sentence")),
    "register": ("proved", ("kind", "consent")),
    "enrolment": ("newcomer", ("kind", "slug")),
    "certificate": ("teacher", ("seen",)),
    "verify_token": ("visitor", ("claim",)),
    "verify_showing": ("visitor", ("csrfmiddlewaretoken",)),
    "my_showings": ("holder", ("whom",)),
    "information": ("newcomer", ("name", "document_kind", "number")),
    "my_school": ("newcomer", ("school", "also")),
    "correction": ("teacher", ("name", "document_kind", "number", "why")),
    "my_notices": ("teacher", ("notice", "seen")),
    "my_ticket_new": ("teacher", ("text", "topic", "keep", "discard")),
    "my_ticket": ("teacher", ("text",)),
    "my_telling": ("teacher", ("wanted", "is_quiet", "begins", "ends")),
    "my_browsers": ("teacher", ("endpoint", "key", "secret")),
    "office_grant_new": ("county", ("phone", "level", "place", "node", "seen")),
    "office_officer_deputies": ("county", ("phone", "until")),
    "office_case": ("officer", ("outcome", "reason", "sentence")),
    "office_correction": ("officer", ("outcome", "reason", "sentence")),
    "office_certificate_archives": ("officer", ("training", "school")),
    "office_certificate_revocation": ("nation", ("reason", "sentence")),
    "office_revocation": ("nation", ("outcome", "sentence")),
    "office_certificate_readmission": ("nation", ("sentence",)),
    "office_readmission": ("nation", ("outcome", "sentence")),
    "office_amendment": ("nation", ("outcome", "sentence")),
    "office_teacher_amendment": (
        "nation",
        ("direction", "amount", "unit", "sentence", "seen"),
    ),
    "my_hold": ("held", ("text", "keep", "discard")),
    "office_doubt": ("county", ("outcome", "seen", "reason", "sentence")),
    "office_hold": ("city", ("deed", "outcome", "sentence")),
    "verify_file": ("visitor", ("file",)),
    "office_import_new": ("officer", ("node", "mode", "sheet")),
    "office_roster": ("officer", ("name", "document_kind", "number", "role", "subject")),
    "office_batches": ("officer", ("batch", "ids", "outcome", "reason", "sentence", "matching")),
    "office_exports": (
        "county",
        ("kind", "training", "node", "state", "sort", "q", "form", "since", "until"),
    ),
    "desk_ticket": ("agent", ("text",)),
    "desk_ticket_looking": ("agent", ("csrfmiddlewaretoken",)),
    "desk_ticket_handover": ("agent", ("to",)),
    "desk_ticket_closing": ("agent", ("code", "sentence")),
    "desk_ticket_merging": ("agent", ("into",)),
    "desk_agents": ("lead", ("phone", "name")),
    "desk_search": ("agent", ("phone", "name", "document_kind", "number")),
    "desk_look_fact": ("agent", ("fact", "reason", "sentence")),
    "desk_canned_new": ("lead", ("title", "topic", "text")),
    "desk_canned_change": ("lead", ("title", "topic", "text")),
}
# Forms that ask and change nothing: what does not fit is an answer like any other.
ASKING = {"verify_token", "verify_showing", "my_showings"}
INJECTED = "_connector=OR%201=1)--&person__account__phone__startswith=1&ordering=password&page=-1"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
BODIES = (
    *(b"", b"null", b"[]", b"{}", b"\xff\xfe", b"\0", b"NaN", b'{"lesson":NaN,"player":1e309}'),
    *(
        b'{"lesson":"a","lesson":"b"}',
        b'{"lesson":' + b"9" * 900 + b"}",
        b"[" * 900,
        b'{"a":' * 180,
    ),
    *(b'{"lesson":"\\ud800","player":"\\u0000"}', b'{"lease":"\\ud800","spans":[]}', b"{,}"),
    *(b'{"lease":"","spans":[[0,1e309]]}', b'{"lease":"x","spans":[[NaN,1]]}', b"1" * 20_000),
    *(b'{"lease":"x","spans":[[0,' + b"9" * 4000 + b"]]}", b'{"lease":"x","spans":[[-1,0]]}'),
    b'{"lease":"x","spans":[[0,1]],"spans":[]}',
)


def idle() -> str:
    return str(Account.objects.values_list("pk", flat=True).get(phone=signing_in.IDLE))


def asked() -> Client:
    """Return the browser of somebody who has been sent a code."""
    client = Client()
    kept = arrivals.keep(HttpResponse(), arrivals.Asked("13900139000", "/"))
    client.cookies.update(kept.cookies)
    return client


def browser(who: str) -> Client:
    """Return a browser of this kind of person; some are on their way in."""
    ways: dict[str, dict[str, object]] = {
        "proved": {"arrival_proved": {"phone": "13900139000", "onward": "/", "at_ms": 10**14}},
        "new_proved": {"code_proved_new_phone": ["13900139000", 10**11]},
        "old_proved": {"code_proved_old_phone": [test_access.PHONES["teacher"], 10**11]},
        "idle": {"second_proof_waits": [idle(), "/", "code", 10**11]},
    }
    if who == "asked":
        return asked()
    if who not in ways:
        return test_access.client(who)
    client = test_access.client("teacher") if who == "old_proved" else Client()
    session = client.session
    session.update(ways[who])
    session.save()
    return client


# What the player asks for as a program.
JSON_TAKING = ("leases", "lesson_question", "lesson_question_time", "lesson_answer")


def address(name: str) -> str:
    return reverse(name, kwargs=test_access.parameters(name))


def test_every_form_is_tried() -> None:
    silent = {"sign_out", *JSON_TAKING}
    assert FORMS.keys() | ASKED.keys() | silent <= test_access.TABLE.keys()


@pytest.mark.parametrize("name", sorted(test_access.TABLE))
def test_parameters_that_nobody_reads_change_nothing(name: str, country: None) -> None:
    for who, status in test_access.TABLE[name].items():
        if who in {"visitor", "officer"}:
            asked = test_access.client(who).get(f"{address(name)}?{INJECTED}")
            assert asked.status_code == status, who


@pytest.mark.parametrize("name", sorted(ASKED))
def test_any_parameter_is_answered(name: str, country: None) -> None:
    who, fields = ASKED[name]
    client, path = browser(who), address(name)
    for text in texts(name):
        asked = "&".join(f"{field}={text}" for field in fields)
        status = client.get(f"{path}?{asked}").status_code
        assert status in {200, 302, 303, 400, 404}, text


@pytest.mark.parametrize("name", sorted(FORMS))
def test_any_field_is_answered(name: str, country: None) -> None:
    who, fields = FORMS[name]
    client, path = browser(who), address(name)
    for text in texts(name):
        body = "&".join(f"{field}={text}" for field in (*fields, fields[0]))
        answer = client.post(path, body, content_type=FORM)
        fine = {302, 303, 400, 403, 404, 409, 410, 413, 429} | ({200} if name in ASKING else set())
        assert answer.status_code in fine, text


@pytest.mark.parametrize(
    "name",
    [
        *(
            "paper",
            "verify_token",
            "verify_showing",
            "my_showings",
            "training",
            "office_case",
            "office_batch",
            "course",
        ),
        *("office_training_node", "office_teacher"),
    ],
)
def test_any_name_in_an_address_is_answered(name: str, country: None) -> None:
    own = test_access.parameters(name)
    path = reverse(name, kwargs=own)
    client = browser("officer")
    for text in texts(name):
        for value in own.values():
            status = client.get(path.replace(str(value), text[:3000])).status_code
            assert status in {200, 302, 400, 404, 405}, text


@pytest.mark.parametrize("name", JSON_TAKING)
@pytest.mark.parametrize("kind", [JSON, "text/plain", FORM, "multipart/form-data", ""])
def test_any_body_is_answered_to_programs_in_json(name: str, kind: str, country: None) -> None:
    client = browser("teacher")
    for body in BODIES:
        answer = client.post(reverse(name), body, content_type=kind)
        assert answer.status_code in {400, 413, 415}, body
        assert answer.json().keys() == {"code", "message", "trace"}


def test_any_beat_is_answered_in_json() -> None:
    with calling("", started=False) as beats:
        for body in BODIES:
            answer = beats.post(body)
            assert answer.status in {400, 403, 413}, body
            assert answer.json.keys() == {"code", "message", "trace"}
