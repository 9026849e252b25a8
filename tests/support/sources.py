"""Read the program's own source, for tests about how it is written."""

import ast
import functools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

type Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Source:
    """Hold one Python file: its path from the root, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    def at(self, node: ast.AST, complaint: str) -> str:
        """Return a complaint with the place it is about."""
        return f"{self.path}:{getattr(node, 'lineno', 1)} {complaint}"

    def calls(self) -> Iterator[ast.Call]:
        """Give every call in the file."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def imports(self) -> Iterator[tuple[ast.AST, str]]:
        """Give every import as a dotted name, of a module or of what is in it."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, each.name) for each in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node, f"{node.module}.{each.name}") for each in node.names)

    def definitions(self) -> Iterator[Definition]:
        """Give every function and class of the file, inner ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield node


@functools.cache
def everything() -> tuple[Source, ...]:
    """Return all Python that we write: program, tests, benches."""
    found = [ROOT / "conftest.py"]
    for folder in ("yanxiu", "tests", "bench", "desktop"):
        found += sorted((ROOT / folder).rglob("*.py"))
    return tuple(_read(path) for path in found if "migrations" not in path.parts)


def program(within: str = "yanxiu/") -> tuple[Source, ...]:
    """Return the program's files without its tests, those of one folder if asked."""
    return tuple(
        source
        for source in everything()
        if source.path.startswith(within) and "/tests/" not in source.path
    )


def contract(name: str) -> list[str]:
    """Return the modules that a contract of import-linter in pyproject.toml is about."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = project["tool"]["importlinter"]["contracts"]
    return next(each["source_modules"] for each in contracts if each["name"] == name)


def dotted(node: ast.AST) -> str:
    """Return a chain of names as it is written, calls left out: a.b.c."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return dotted(node.func)
    return node.id if isinstance(node, ast.Name) else ""


def _read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(str(path.relative_to(ROOT)), text, ast.parse(text))
