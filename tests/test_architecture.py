"""The house rules that no linter knows; each test returns every place that breaks one."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator

from tests.support import sources, verbs
from tests.support.sources import Definition, Source
from yanxiu.training.trail import words

FILE_LINES, FUNCTION_LINES = 400, 40

# It takes a signal of Django's away, which would write what a verb of ours writes.
QUIETED = {"yanxiu/web/shared/apps.py"}
CLOCK = ("yanxiu/foundation/clock.py",)
# A clock for what takes long, never for what counts: nothing it says reaches a person's hours.
MEASURING = (
    "yanxiu/web/beats/",
    "yanxiu/foundation/cluster.py",
    "yanxiu/config/beside.py",
    "tests/",
    "bench/",
)
TELLING = {"now", "utcnow", "today", "localtime", "gmtime", "localdate", "time", "time_ns"}
CLOCKS = {"datetime", "date", "timezone", "time"}
STOPWATCHES = {"time.monotonic", "time.monotonic_ns", "time.perf_counter", "time.perf_counter_ns"}

WRITES = {"save", "create", "update", "delete", "get_or_create", "update_or_create"}
BULK = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}

REASONED = {
    "noqa": re.compile(r"noqa: [A-Z0-9, ]+?(\s+[#-])\s+\w"),
    "type: ignore": re.compile(r"type: ignore\[[a-z, -]+\]\s+[#-]\s+\w"),
}


def test_an_existing_row_is_never_saved_whole() -> None:
    assert not [
        source.at(call, "save() without update_fields")
        for source in sources.program()
        for call in source.calls()
        if _is_method(call, {"save"})
        and not call.args
        and not {"update_fields", "force_insert"} & _keywords(call)
    ]


def test_the_web_changes_rows_through_verbs_alone() -> None:
    assert not [
        source.at(call, f"writes: {sources.dotted(call)}")
        for source in sources.program("yanxiu/web/")
        for call in source.calls()
        if _is_method(call, BULK)
        or (_is_method(call, WRITES) and ".objects" in sources.dotted(call))
        or (
            _is_method(call, {"save", "delete"})
            and not call.args
            and ".session" not in ast.dump(call)
        )
    ]


def test_only_the_clock_reads_the_time() -> None:
    assert not [
        source.at(call, f"reads a clock: {sources.dotted(call)}")
        for source in sources.program()
        for call in source.calls()
        if source.path not in CLOCK and _reads_clock(source, call)
    ]
    assert not [
        source.at(node, f"imports a clock: {name}")
        for source in sources.program()
        for node, name in source.imports()
        if re.fullmatch(r"time\.\w+|django\.utils\.timezone\.(now|localtime|localdate)", name)
    ]


def test_no_template_reads_the_time() -> None:
    templates = (sources.ROOT / "yanxiu").rglob("*.html")
    assert not [str(path) for path in templates if re.search(r"{%\s*now\b", path.read_text())]


def test_nothing_happens_by_signal() -> None:
    assert not [
        source.at(node, f"imports {name}")
        for source in sources.program()
        for node, name in source.imports()
        if source.path not in QUIETED and (".signals" in name or name.startswith("django.dispatch"))
    ]


def test_no_date_sets_itself() -> None:
    assert not [
        source.at(call, "a date that sets itself")
        for source in sources.program()
        for call in source.calls()
        if {"auto_now", "auto_now_add"} & _keywords(call)
    ]


def test_pure_rules_load_neither_django_nor_a_database() -> None:
    pure = sources.contract("pure rules know neither Django nor the database")
    assert _loaded_by(pure) & {"django", "psycopg", "asyncpg"} == set()


def test_the_hot_path_loads_no_django() -> None:
    assert "django" not in _loaded_by(sources.contract("the hot path knows no Django"))


def test_files_and_functions_fit_a_page() -> None:
    assert not [
        f"{source.path} has {source.text.count('\n')} lines"
        for source in sources.everything()
        if source.text.count("\n") > FILE_LINES
    ]
    assert not [
        source.at(node, f"{node.name} has {_lines(node)} lines")
        for source in sources.everything()
        for node in source.definitions()
        if not isinstance(node, ast.ClassDef) and _lines(node) > FUNCTION_LINES
    ]


def test_everything_public_says_what_it_promises() -> None:
    assert not [
        source.at(node, "has no docstring")
        for source in sources.program()
        for node in [source.tree, *_public(source.tree)]
        if ast.get_docstring(node) is None
    ]


def test_every_exception_to_a_check_has_its_reason() -> None:
    assert not [
        f"{source.path}:{line} {comment}"
        for source in sources.everything()
        for line, comment in _comments(source)
        for word, reasoned in REASONED.items()
        if re.match(rf"# {word}\b", comment) and not reasoned.search(comment)
    ]


def test_every_verb_of_the_trail_has_its_sentence() -> None:
    known = [*words.SENTENCES]
    assert not [
        f"{verb} has no sentence in yanxiu/training/trail/words.py"
        for verb in sorted(verbs.recorded())
        if not any(re.fullmatch(verb, each) for each in known)
    ]


def test_the_glossary_and_the_tables_know_the_same_nouns() -> None:
    glossary = (sources.ROOT / "docs" / "glossary.md").read_text()
    written = set(re.findall(r"^\|[^|]+\| `(\w+)` \|", glossary, re.MULTILINE))
    classes = {
        node.name
        for source in sources.program()
        for node in source.definitions()
        if isinstance(node, ast.ClassDef)
    }
    tables = {
        node.name
        for source in sources.program()
        for node in source.definitions()
        if isinstance(node, ast.ClassDef)
        and {"models.Model", "AbstractBaseUser"} & set(map(sources.dotted, node.bases))
    }
    assert written - classes == set(), "in the glossary, not in the code"
    assert tables - written == set(), "in the code, not in the glossary"


def _is_method(call: ast.Call, names: set[str]) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in names


def _keywords(call: ast.Call) -> set[str | None]:
    return {each.arg for each in call.keywords}


def _reads_clock(source: Source, call: ast.Call) -> bool:
    name = sources.dotted(call)
    owner, _, verb = name.rpartition(".")
    if name in STOPWATCHES:
        return not source.path.startswith(MEASURING)
    return verb in TELLING and owner.rpartition(".")[2] in CLOCKS


def _loaded_by(modules: list[str]) -> set[str]:
    """Return the packages that are loaded once the modules are imported, in a fresh process."""
    code = (
        f"import sys, {', '.join(modules)}; print(*{{name.split('.')[0] for name in sys.modules}})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=sources.ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def _lines(node: Definition) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _public(tree: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if node.name.startswith("_") or node.name == "Meta":
            continue
        yield node
        if isinstance(node, ast.ClassDef):
            yield from _public(node)


def _comments(source: Source) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
