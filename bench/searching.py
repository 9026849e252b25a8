"""Fill a register of the country's size and type into its search; runs inside Django."""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

import psycopg
from django.db import connection
from psycopg import sql

from bench import school_names
from yanxiu.foundation import ids, postgres
from yanxiu.training.organisations import regions, school_types, search, spelling
from yanxiu.training.organisations.models import Region, School

WANTED_MS = 50.0
SEED = 20_260_901
# So many people look for their school; each types its name, its initials or its code.
PEOPLE = 60
# One school in so many had another name before.
RENAMED = 9
COMMON = ("小学", "中学", "实验", "中心", "第一", "幼儿", "镇中", "xx", "zxxx", "不存在的学校")
REFERENCE_EACH = 10

_TABLES = ("organisations_school", "organisations_schoolname", "organisations_schoolkey")
_SIZE = "SELECT pg_table_size(%s::regclass), pg_indexes_size(%s::regclass)"
_ILIKE = """
SELECT id FROM organisations_school WHERE name ILIKE %s AND closed_on IS NULL
ORDER BY length(name), name LIMIT 51
"""


@dataclass(frozen=True, slots=True)
class Keystroke:
    """Be what stands in the field after one letter more; `kind` groups the figures."""

    kind: str
    text: str
    region: Region | None


def main(schools: int) -> None:
    """Fill, type, print; exit with an error where a keystroke's p95 is too long."""
    regions.load()
    school_types.load()
    took_s = _timed(lambda: _fill(schools)) / 1_000
    print(f"{School.objects.count():,} schools filled in {took_s:.0f} s")
    for table in _TABLES:
        print(f"  {table:<28} {_megabytes(table)}")
    typed = list(_keystrokes())
    found = [(key, _timed(partial(search.find, key.text, region=key.region))) for key in typed]
    for kind in dict.fromkeys(key.kind for key in typed):
        print(_line(kind, [ms for key, ms in found if key.kind == kind]))
    every = [ms for _key, ms in found]
    plain = [_timed(partial(_plain, key.text)) for key in typed[::REFERENCE_EACH]]
    print(_line("all keystrokes", every), _line("reference: ILIKE", plain), sep="\n")
    print(f"ratio of p95: {_p95(plain) / _p95(every):.1f} times faster than ILIKE")
    if _p95(every) > WANTED_MS:
        sys.exit(f"p95 is over {WANTED_MS:.0f} ms")


def _fill(schools: int) -> None:
    """Write the schools with names and keys by COPY, as the register's verbs leave them."""
    counties = {each.code: each for each in _counties()}
    places = [(code, _prefix(each)) for code, each in counties.items()]
    with psycopg.connect(postgres.owner_url()) as owner:
        owner.execute("DROP INDEX organisations_school_grams")
        # Each table in a pass of its own: the names are invented the same each time.
        for table, columns, rows in _COPIES:
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
            )
            with owner.cursor() as cursor, cursor.copy(statement) as copy:
                for number, (county, code, kind, name) in enumerate(
                    school_names.invent(places, schools)
                ):
                    for row in rows(number, counties[county], (code, kind, name)):
                        copy.write_row(row)
        owner.commit()
        owner.execute(
            "CREATE INDEX organisations_school_grams ON organisations_schoolkey USING gin (grams)"
        )
    with psycopg.connect(postgres.owner_url(), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")


type Invented = tuple[str, str, str]
type Rows = Callable[[int, Region, Invented], Iterator[tuple[object, ...]]]


def _school(number: int, county: Region, invented: Invented) -> Iterator[tuple[object, ...]]:
    code, kind, name = invented
    path = f"{county.path}/{code}"
    yield _id(number), code, name, path, date(1990, 9, 1), county.code, kind


def _names(number: int, _county: Region, invented: Invented) -> Iterator[tuple[object, ...]]:
    for name, until in _borne(number, invented[2]):
        yield _id(number), name, spelling.initials(name), until


def _keys(number: int, county: Region, invented: Invented) -> Iterator[tuple[object, ...]]:
    path = f"{county.path}/{invented[0]}"
    for name, until in _borne(number, invented[2]):
        key, letters = spelling.fold(name), spelling.initials(name)
        grams = spelling.grams(key, letters)
        yield _id(number), path, name, key, letters, until is None, grams


def _borne(number: int, name: str) -> Iterator[tuple[str, date | None]]:
    """Yield the names of a school; some had another one."""
    yield name, None
    if number % RENAMED == 0:
        yield name.replace("小学", "完小").replace("中学", "学校"), date(2015, 9, 1)


_COPIES: tuple[tuple[str, tuple[str, ...], Rows], ...] = (
    (
        "organisations_school",
        ("id", "code", "name", "path", "opened_on", "county_id", "type_id"),
        _school,
    ),
    ("organisations_schoolname", ("school_id", "name", "initials", "until"), _names),
    (
        "organisations_schoolkey",
        ("school_id", "path", "name", "key", "initials", "is_current", "grams"),
        _keys,
    ),
)
_ids: list[str] = []


def _id(number: int) -> str:
    """Return the id of a school by its number, made when it is first asked for."""
    while len(_ids) <= number:
        _ids.append(str(ids.uuid7()))
    return _ids[number]


def _counties() -> list[Region]:
    above = Region.objects.filter(valid_to=None).values_list("parent_id", flat=True)
    lowest = Region.objects.filter(valid_to=None).exclude(pk__in={code for code in above if code})
    return list(lowest.select_related("parent").order_by("code"))


def _prefix(county: Region) -> str:
    """Return what a school's name begins with: 杭州市西湖区, 东莞市."""
    above = county.parent
    named = above is not None and above.name.endswith("市")
    return f"{above.name}{county.name}" if above and named else county.name


def _keystrokes() -> Iterator[Keystroke]:
    """Yield what people type, letter by letter, from the second one on."""
    dice = random.Random(SEED)
    total = School.objects.count()
    for _person in range(PEOPLE):
        school = School.objects.select_related("county__parent__parent").order_by("code")[
            dice.randrange(total)
        ]
        county = school.county
        nodes = [None, county, county.parent]
        region = dice.choice(nodes)
        where = "everywhere" if region is None else "in a region"
        bare = school.name.removeprefix(_prefix(county))
        for kind, text in (
            ("part of the name", bare),
            ("whole name", school.name),
            ("initials", spelling.initials(bare)),
            ("code", school.code),
        ):
            for length in range(2, len(text) + 1):
                yield Keystroke(f"{kind}, {where}", text[:length], region)
        for text in COMMON:
            yield Keystroke(f"two characters, common, {where}", text, region)


def _plain(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ILIKE, [f"%{text}%"])
        cursor.fetchall()


def _timed(work: Callable[[], object]) -> float:
    """Return how many milliseconds something takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1_000


def _line(name: str, taken_ms: list[float]) -> str:
    return (
        f"{name:<40} {len(taken_ms):>6,}   p50 {statistics.median(taken_ms):>6.1f} ms"
        f"   p95 {_p95(taken_ms):>6.1f} ms   max {max(taken_ms):>7.1f} ms"
    )


def _p95(taken_ms: list[float]) -> float:
    return sorted(taken_ms)[min(len(taken_ms) - 1, len(taken_ms) * 95 // 100)]


def _megabytes(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_SIZE, [table, table])
        data, index = cursor.fetchone()
    return f"table {data / 1e6:>6.0f} MB   indexes {index / 1e6:>6.0f} MB"
