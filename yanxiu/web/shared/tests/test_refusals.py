"""Show that every no is a page or a document with a number to ask about, whatever else is down."""

import json

import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django import Settings

from yanxiu.config import logs
from yanxiu.web.shared import refusals

TRACE = "T4CE"


def request(path: str = "/") -> HttpRequest:
    made = RequestFactory().get(path)
    made.META["YANXIU_TRACE"] = TRACE
    return made


def go_away() -> None:
    raise OperationalError


def test_a_failure_is_told_without_the_database() -> None:
    answer = refusals.server_error(request())
    assert answer.status_code == 500
    assert TRACE in answer.content.decode()
    assert "不是您做错了" in answer.content.decode()


@pytest.mark.parametrize(
    ("handler", "status"),
    [(refusals.bad_request, 400), (refusals.forbidden, 403), (refusals.not_found, 404)],
)
def test_a_no_before_anybody_is_known_is_a_page(handler: object, status: int) -> None:
    assert callable(handler)
    answer = handler(request(), Exception())
    assert answer.status_code == status
    assert TRACE in answer.content.decode()


def test_programs_get_a_document() -> None:
    answer = refusals.not_found(request("/trainings/none.json"), Exception())
    assert answer.headers["Content-Type"] == "application/json"
    assert '"code": "not_found"' in answer.content.decode()
    assert TRACE in answer.content.decode()


def test_a_host_that_is_not_ours_is_a_bad_request(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["yanxiu.example"]
    client = Client()
    assert client.get("/healthz", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.django_db
def test_what_is_not_there_names_its_trace() -> None:
    answer = Client().get("/nothing/here/")
    assert answer.status_code == 404
    assert answer.headers["X-Trace"] in answer.content.decode()


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused_in_a_sentence() -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"phone": "13800138000"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"phone": "1" * 600_000}, dict.fromkeys(map(str, range(2000)))])
def test_too_large_a_form_is_told_so(fields: dict[str, str]) -> None:
    answer = Client().post("/sign-in/", {name: text or "" for name, text in fields.items()})
    assert answer.status_code == 413
    assert "内容过大" in answer.content.decode()


@pytest.mark.parametrize("path", ["/", "/learning/leases/", "/me/trainings/demo.json"])
def test_a_database_that_is_away_is_no_failure_of_ours(path: str) -> None:
    try:
        go_away()
    except OperationalError:
        answer = refusals.server_error(request(path))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert TRACE in answer.content.decode()


def test_programs_get_a_document_of_a_failure_too() -> None:
    answer = refusals.server_error(request("/learning/leases/"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/json")
    assert '"code": "unforeseen"' in answer.content.decode()


def test_a_method_that_is_not_taken_gets_words() -> None:
    page, document = Client().get("/sign-out/"), Client().get("/learning/leases/")
    assert page.status_code == document.status_code == 405
    assert page.headers["Allow"] == document.headers["Allow"] == "POST"
    assert "不接受这种请求" in page.content.decode()
    assert document.json()["code"] == "method_not_allowed"


@pytest.mark.django_db
def test_a_cookie_that_cannot_be_ours_is_nobodys() -> None:
    for key in (r'"\000aaaaaaaaaaaa"', "a b", "é" * 32, "-" * 32):
        answer = Client(headers={"cookie": f"sessionid={key}"}).get("/me/")
        assert answer.status_code == 302


def test_a_refusal_stands_in_the_log_under_its_number(caplog: pytest.LogCaptureFixture) -> None:
    answer = Client().get("/sign-out/")
    told = [json.loads(logs.formatter().format(record)) for record in caplog.records]
    assert {line["trace"] for line in told} == {answer.headers["X-Trace"]}
