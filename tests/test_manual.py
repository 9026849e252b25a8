"""Check that docs/manual.md names pages and tests that are there: it shows what the manual says."""

import ast
import re

from django.urls import URLPattern, get_resolver

from tests.support import sources

MANUAL = sources.ROOT / "docs" / "manual.md"
# A row: the sentence, the pages by their names in config/urls.py, the tests that make it true.
ROW = re.compile(
    r"^\| (?!---)(?P<said>[^|]+) \| (?P<pages>[^|]+) \| (?P<tests>[^|]+) \|$", re.MULTILINE
)
CODE = re.compile(r"`([^`]+)`")


def rows() -> list[re.Match[str]]:
    """Return the rows below each table's head."""
    return [row for row in ROW.finditer(MANUAL.read_text()) if row["pages"] != "page"]


def test_every_sentence_names_its_page_and_its_test() -> None:
    found = rows()
    assert len(found) > 20
    assert not [row["said"] for row in found if not CODE.search(row["tests"])]
    assert not [row["said"] for row in found if not CODE.search(row["pages"])]


def test_every_page_that_is_named_is_there() -> None:
    patterns = get_resolver().url_patterns
    there = {str(each.name) for each in patterns if isinstance(each, URLPattern)}
    assert {name for row in rows() for name in CODE.findall(row["pages"])} <= there


def test_every_test_that_is_named_is_there() -> None:
    there = {
        f"{source.path.rpartition('/')[2]}::{node.name}"
        for source in sources.everything()
        for node in source.definitions()
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    named = {name for row in rows() for name in CODE.findall(row["tests"])}
    assert sorted(named - there) == []
