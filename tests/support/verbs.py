"""Find in the source every verb that is written into the trail."""

import ast
import re
from collections.abc import Iterator

from tests.support import sources
from tests.support.sources import Source

# The functions that write entries, and what modules call their own way to them.
WRITERS = {"record", "record_all"}
OWN_WAYS = {"_note", "note"}


def recorded() -> set[str]:
    """Return a pattern for each verb: the verb itself, or what its variable parts may be."""
    constants = dict(_constants())
    return {
        pattern
        for source in sources.program("yanxiu/")
        for verb in _verbs(source)
        for pattern in _patterns(verb, constants)
    }


def _verbs(source: Source) -> Iterator[ast.expr]:
    for call in source.calls():
        name = sources.dotted(call).rpartition(".")[2]
        is_writer = sources.dotted(call) in {f"entries.{writer}" for writer in WRITERS}
        if call.args and (is_writer or name in OWN_WAYS):
            yield call.args[0]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Assign) and sources.dotted(node.targets[0]) == "verb":
            yield node.value


def _patterns(verb: ast.expr, constants: dict[str, str]) -> Iterator[str]:
    match verb:
        case ast.Constant(value=str(text)):
            yield re.escape(text)
        case ast.JoinedStr(values=parts):
            told = (
                re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"\w+" for p in parts
            )
            yield "".join(told)
        case ast.IfExp(body=one, orelse=other):
            yield from _patterns(one, constants)
            yield from _patterns(other, constants)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in constants:
            yield re.escape(constants[name])


def _constants() -> Iterator[tuple[str, str]]:
    """Give every name in capitals that stands for a text."""
    for source in sources.program("yanxiu/"):
        for node in source.tree.body:
            if isinstance(node, ast.Assign):
                yield from _assigned(node.targets[0], node.value)


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, str]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, other in zip(target.elts, value.elts, strict=False):
            yield from _assigned(one, other)
    elif isinstance(target, ast.Name) and target.id.isupper():
        match value:
            case ast.Constant(value=str(text)):
                yield target.id, text
