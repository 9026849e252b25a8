"""Find schools as people type: a part of a name, a former name, pinyin initials, a code.

Best first: names that begin so, then shorter ones. Inside a region its schools are read through;
everywhere the index of grams is walked from the shortest names on, until enough are found: common
parts stop early, rare ones have few rows. Figures: docs/rules/regions-and-schools.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from yanxiu.training.organisations import grants, refusals, schools, spelling
from yanxiu.training.organisations.models import Region, School, SchoolKey, SchoolName

SHORTEST, LONGEST = 2, 50
MOST = 50
BATCH = 2_000

_EVERYWHERE = """
SELECT found.id
FROM unnest(%(begins)s::boolean[], %(grams)s::text[]) AS step (begins, grams), LATERAL (
    SELECT id FROM organisations_schoolkey
    WHERE grams @> step.grams::text[]
      AND strpos({column}, %(text)s) > 0 AND starts_with({column}, %(text)s) = step.begins
    ORDER BY length(key), is_current DESC, key, id LIMIT %(most)s
) AS found LIMIT %(most)s
"""
_WITHIN = """
SELECT id FROM organisations_schoolkey
WHERE path >= %(first)s AND path < %(last)s AND strpos({column}, %(text)s) > 0
ORDER BY starts_with({column}, %(text)s) DESC, length(key), is_current DESC, key, id
LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """Be a school that was found; `former` is the old name that found it, else empty."""

    school: School
    former: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Hold the best schools for what was typed, and whether there are more."""

    hits: list[Hit]
    more: bool = False


def find(text: str, *, region: Region | None = None, most: int = MOST) -> Found:
    """Return the open schools that best fit what was typed, in a region or everywhere.

    Raises `SearchTooShort` below 2 or above 50 characters; % and _ mean themselves.
    """
    # PostgreSQL has no text with a zero byte in it, so no school has one in its name.
    wanted = spelling.fold(text.replace("\0", "\ufffd"))
    if not SHORTEST <= len(wanted) <= LONGEST:
        raise refusals.SearchTooShort
    hits = _by_code(wanted, region, most + 1) if wanted.isdecimal() else []
    if len(hits) <= most:
        hits += _by_name(wanted, region, most + 1)
    # A school is listed once, by what fits best.
    once = list({hit.school.id: hit for hit in reversed(hits)}.values())[::-1]
    return Found(once[:most], more=len(hits) > most)


def keep(school_ids: Iterable[UUID]) -> None:
    """Make the keys of these schools anew from their names; a closed school has none."""
    wanted = list(school_ids)
    SchoolKey.objects.filter(school__in=wanted).delete()
    names = SchoolName.objects.filter(school__in=wanted, school__closed_on=None)
    add(names.select_related("school").order_by("until", "id"))


def add(names: Iterable[SchoolName]) -> None:
    """Add the keys of open schools that have none yet; each name comes with its school."""
    once: dict[tuple[UUID, str], SchoolKey] = {}
    for name in names:
        key = _key(name)
        if key.is_current or (name.school_id, key.key) not in once:
            once[name.school_id, key.key] = key
    SchoolKey.objects.bulk_create(once.values(), batch_size=BATCH)


def _key(name: SchoolName) -> SchoolKey:
    key = spelling.fold(name.name)
    return SchoolKey(
        school=name.school,
        path=name.school.path,
        name=name.name,
        key=key,
        initials=name.initials,
        is_current=name.until is None,
        grams=spelling.grams(key, name.initials),
    )


def _by_code(digits: str, region: Region | None, most: int) -> list[Hit]:
    found = School.objects.filter(code__startswith=digits, closed_on=None)
    near = schools.within(found, region).select_related("type", "county__parent__parent")
    return [Hit(school) for school in near.order_by("code")[:most]]


def _by_name(wanted: str, region: Region | None, most: int) -> list[Hit]:
    ids = _inside(region.path, wanted, most) if region else _everywhere(wanted, most)
    keys = SchoolKey.objects.select_related("school__type", "school__county__parent__parent")
    found = keys.in_bulk(ids)
    return [_hit(found[each]) for each in ids if each in found]


def _hit(key: SchoolKey) -> Hit:
    return Hit(key.school, former="" if key.is_current else key.name)


def _everywhere(wanted: str, most: int) -> list[int]:
    begins, grams = zip(*spelling.steps(wanted), strict=True)
    arrays = [_array(each) for each in grams]
    facts = {"begins": list(begins), "grams": arrays, "text": wanted, "most": most}
    return _ids(_EVERYWHERE, wanted, facts)


def _inside(path: str, wanted: str, most: int) -> list[int]:
    facts = {"first": f"{path}/", "last": f"{path}/{grants.LAST}", "text": wanted, "most": most}
    return _ids(_WITHIN, wanted, facts)


def _ids(statement: str, wanted: str, facts: dict[str, Any]) -> list[int]:
    column = "initials" if spelling.is_initials(wanted) else "key"
    with connection.cursor() as cursor:
        cursor.execute(statement.format(column=column), facts)
        return [row[0] for row in cursor.fetchall()]


def _array(grams: list[str]) -> str:
    """Return an array as PostgreSQL reads it from text: the inner ones differ in length."""
    quoted = (gram.replace("\\", "\\\\").replace('"', '\\"') for gram in grams)
    return "{" + ",".join(f'"{gram}"' for gram in quoted) + "}"
