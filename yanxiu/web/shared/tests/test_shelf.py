"""Show that visitors share a page for some seconds, and that nobody else is ever shown it."""

import gzip
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.support.pages import Answer
from yanxiu.foundation import clock
from yanxiu.training.catalogue.models import Training
from yanxiu.training.people.models import Account
from yanxiu.web.shared import shelf

PAGES = ("/", "/channel/", "/portal/", "/trainings/season/", "/rules/season/")
TEACHER = "13800000001"
KEY = shelf.Key("localhost", "/", "zh-hans", takes_gzip=True)


@pytest.fixture(autouse=True)
def kept(country: None, settings: Settings) -> Iterator[None]:
    settings.YANXIU_PAGES_KEPT_S = 5
    shelf.forget()
    yield
    shelf.forget()


def rename(name: str) -> None:
    Training.objects.filter(slug="season").update(title=name, version=10_000)


def text(answer: Answer) -> str:
    is_packed = answer.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(answer.content) if is_packed else answer.content).decode()


@pytest.mark.parametrize("path", PAGES)
def test_the_second_visitor_costs_no_query(path: str) -> None:
    first = Client().get(path)
    with CaptureQueriesContext(connection) as asked:
        second = Client().get(path)
    assert first.status_code == second.status_code == 200
    assert second.content == first.content
    assert len(asked) == 0
    for header in ("Content-Security-Policy", "Cache-Control", "Vary", "X-Content-Type-Options"):
        assert second[header] == first[header], header
    assert second["X-Trace"] != first["X-Trace"]
    assert not second.cookies


def test_whoever_is_signed_in_is_shown_her_own_page() -> None:
    visitors = text(Client().get("/"))
    client = Client()
    client.force_login(Account.objects.get(phone=TEACHER))
    hers = text(client.get("/"))
    assert "张晓岚" in hers
    assert "张晓岚" not in visitors
    assert text(Client().get("/")) == visitors


def test_each_language_host_and_encoding_has_a_page_of_its_own() -> None:
    usual = Client().get("/")
    english = Client(headers={"accept-language": "en"}).get("/")
    packed = Client(headers={"accept-encoding": "gzip"}).get("/")
    assert usual["Content-Language"] != english["Content-Language"]
    assert text(usual) != text(english)
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in usual
    chosen = Client()
    chosen.cookies["language"] = "en"
    assert text(chosen.get("/")) == text(english)


def test_what_is_asked_for_with_a_question_is_answered_anew() -> None:
    Client().get("/trainings/season/")
    rename("换了名字")
    assert "换了名字" not in text(Client().get("/trainings/season/"))
    assert "换了名字" in text(Client().get("/trainings/season/?x=1"))
    assert "换了名字" in text(Client().get("/trainings/season/", headers={"hx-request": "true"}))


def test_a_page_is_kept_until_its_time_is_over() -> None:
    until = clock.now()
    shelf.put(KEY, HttpResponse("老的", headers={"X-Kept": "yes"}), until=until)
    found = shelf.take(KEY, at=until - timedelta(milliseconds=1))
    assert found is not None
    assert (found.content.decode(), found["X-Kept"]) == ("老的", "yes")
    assert shelf.take(KEY, at=until) is None


def test_a_refusal_and_a_page_of_somebody_are_not_kept() -> None:
    for path in ("/trainings/nothing/", "/sign-in/", "/me/"):
        Client().get(path)
        with CaptureQueriesContext(connection):
            assert shelf.take(KEY._replace(path=path, takes_gzip=False), at=clock.now()) is None


def test_many_hosts_do_not_fill_the_memory() -> None:
    until = clock.now() + timedelta(seconds=5)
    for number in range(2 * shelf.MOST):
        shelf.put(KEY._replace(host=f"{number}.example"), HttpResponse(), until=until)
    kept = [
        shelf.take(KEY._replace(host=f"{number}.example"), at=clock.now())
        for number in range(2 * shelf.MOST)
    ]
    assert 0 < sum(each is not None for each in kept) <= shelf.MOST


def test_an_old_desktop_client_is_not_shown_what_others_see() -> None:
    Client().get("/")
    told = Client(headers={"user-agent": "YanxiuDesktop/0.0.1"}).get("/")
    assert told.status_code == 403
