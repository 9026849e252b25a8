"""Find every text that the program says, and in which area of it."""

import ast
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

from tests.support import sources
from tests.support.sources import ROOT

# How gettext is called: with a context first where there is a "p", with a plural where an "n".
CALL = re.compile(r"_|(?P<n>n?)(?P<p>p?)gettext(_lazy|_noop)?")
# Django turns a template into calls of gettext and letters without meaning.
IN_TEMPLATE = re.compile(
    r"""\b(?P<call>n?p?gettext|_)\((?P<texts>(?:\s*u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"),?)+)"""
)
FLOORS = ("web", "training")


@dataclass(frozen=True, slots=True)
class Key:
    """Be what gettext knows a text by."""

    text: str
    context: str = ""


@dataclass(slots=True)
class Said:
    """Be how the source says a text: its plural, if it has one, and the files that say it."""

    plural: str = ""
    files: list[str] = field(default_factory=list)


type Area = dict[Key, Said]


def everything() -> dict[Path, Area]:
    """Return the texts of each area, in the order in which its files say them.

    An area is a folder below `web` or `training`, or one of the other floors.
    """
    areas: dict[Path, Area] = defaultdict(dict)
    for path in _files():
        for key, plural in _said(path):
            said = areas[area(path)].setdefault(key, Said())
            said.plural = said.plural or plural
            name = path.relative_to(ROOT).as_posix()
            if name not in said.files:
                said.files.append(name)
    return dict(areas)


def area(path: Path) -> Path:
    """Return the folder whose catalogue holds what a file says."""
    parts = path.relative_to(ROOT).parts
    return ROOT.joinpath(*parts[: 3 if parts[1] in FLOORS else 2])


def _files() -> Iterator[Path]:
    for folder, below, names in os.walk(ROOT / "yanxiu"):
        below[:] = sorted(set(below) - {"tests", "migrations", "static", "player"})
        yield from (Path(folder, name) for name in sorted(names) if name.endswith((".py", ".html")))


def _said(path: Path) -> Iterator[tuple[Key, str]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        for found in IN_TEMPLATE.finditer(templatize(text, origin=str(path))):
            texts = ast.literal_eval(f"({found['texts'].rstrip(',')},)")
            yield _read(found["call"], [*texts])
    elif re.search(r"gettext|foundation\.marking", text):
        calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
        for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
            call = sources.dotted(node.func)
            texts = [str(each.value) for each in node.args if isinstance(each, ast.Constant)]
            if CALL.fullmatch(call) and texts:
                yield _read(call, texts)


def _read(call: str, texts: list[str]) -> tuple[Key, str]:
    found = CALL.fullmatch(call)
    context = texts.pop(0) if found and found["p"] else ""
    return Key(texts[0], context), texts[1] if found and found["n"] else ""
