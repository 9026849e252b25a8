"""Show that every client has every function, and that docs/clients.md names a test for each."""

import ast
import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests import test_access
from tests.support import parts, sources

TABLE = (sources.ROOT / "docs" / "clients.md").read_text()
ROW = re.compile(
    r"^\| (?!---|function)(?P<function>[^|]+) \| (?P<pages>[^|]+)"
    r" \| (?P<web>[^|]+) \| (?P<phone>[^|]+) \| (?P<desktop>[^|]+) \|$",
    re.MULTILINE,
)
CODE = re.compile(r"`(\w+)`")
CLIENTS = {
    "web": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36",
    "phone": "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36",
    "desktop": "Mozilla/5.0 (X11; Linux) YanxiuDesktop/1.0.0",
}
# What tells of the client itself is different on each.
OF_ITS_OWN = {"clients", "app_worker"}
FUNCTIONS = {row["function"]: row for row in ROW.finditer(TABLE)}


def pages() -> list[tuple[str, str]]:
    """Return each page of the table with who opens it."""
    named = {name for row in FUNCTIONS.values() for name in CODE.findall(row["pages"])}
    shared = sorted(named - OF_ITS_OWN)
    return [(name, "officer" if name.startswith("office") else "teacher") for name in shared]


def said(who: str, name: str, agent: str) -> tuple[int, str, str]:
    """Return what a page answers to somebody's client: its status, where it leads, its text."""
    browser = parts.client(who) if who else Client()
    address = reverse(name, kwargs=test_access.parameters(name))
    answer = browser.get(address, headers={"User-Agent": agent})
    page = test_access.settled(answer.content, answer["X-Trace"])
    # The console says to the second when it was asked.
    text = re.search(r"<main.*</main>", re.sub(r"\d\d:\d\d:\d\d", "", page), re.DOTALL)
    return answer.status_code, answer.headers.get("Location", ""), text[0] if text else ""


@pytest.mark.parametrize(("name", "who"), list(pages()))
def test_every_client_gets_the_same_page(name: str, who: str, country: None) -> None:
    for person in ("", who):
        web, *others = (said(person, name, agent) for agent in CLIENTS.values())
        assert others == [web, web]


def test_every_function_has_a_test_on_every_client() -> None:
    assert len(FUNCTIONS) > 12
    there = {
        node.name
        for source in sources.everything()
        for node in source.definitions()
        if isinstance(node, ast.FunctionDef)
    }
    for function, row in FUNCTIONS.items():
        for client in CLIENTS:
            named = set(CODE.findall(row[client]))
            assert named, f"{function} on {client}"
            assert named <= there


def test_every_page_that_is_named_is_there() -> None:
    there = {str(p.name) for p in get_resolver().url_patterns if isinstance(p, URLPattern)}
    assert {page for row in FUNCTIONS.values() for page in CODE.findall(row["pages"])} <= there
