"""Show that every no is a page or a document with a number to ask about, whatever else is down."""

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django import Settings

from yanxiu.web.shared import refusals

TRACE = "T4CE"


def request(path: str = "/") -> HttpRequest:
    made = RequestFactory().get(path)
    made.META["YANXIU_TRACE"] = TRACE
    return made


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
def test_too_large_a_form_is_a_bad_request() -> None:
    answer = Client().post("/sign-in/", {"phone": "1" * 300_000})
    assert answer.status_code == 400
