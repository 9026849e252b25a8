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
from django.db.models import Exists, OuterRef

from yanxiu.training.organisations import grants, refusals, schools, spelling
from yanxiu.training.organisations.models import (
    Region,
    School,
    SchoolChange,
    SchoolKey,
    SchoolName,
)

SHORTEST, LONGEST = 2, 50
MOST = 50
BATCH = 2_000
# Names that share so much are taken for the same school's by whoever looks for duplicates.
ALIKE = 0.5

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
    """Be a school that was found, with the other name that found it where one did.

    `former` is a name that the school bore, `absorbed` that of a school which was merged into it.
    """

    school: School
    former: str = ""
    absorbed: str = ""


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
    once = _once(hits)
    return Found(once[:most], more=len(hits) > most)


def like(name: str, *, region: Region, most: int) -> list[Hit]:
    """Return the open schools of a region whose names are like this one, the likest first.

    The names of the places that schools' names begin with do not count.
    """
    places = [region.name, *([region.parent.name] if region.parent else [])]
    bare = spelling.bare(spelling.fold(name), places)
    first, last = f"{region.path}/", f"{region.path}/{grants.LAST}"
    near = SchoolKey.objects.filter(path__gte=first, path__lt=last).values_list("id", "key")
    scored = [(spelling.likeness(bare, spelling.bare(key, places)), pk) for pk, key in near]
    best = sorted(((score, pk) for score, pk in scored if score >= ALIKE), reverse=True)
    hits = _hits([pk for _score, pk in best[: most * 2]])
    return _once(hits)[:most]


def keep(school_ids: Iterable[UUID]) -> None:
    """Make the keys of these schools anew; a closed school has none.

    A school is found by its names, its former ones, and those of schools that it has absorbed.
    """
    wanted = list(school_ids)
    SchoolKey.objects.filter(school__in=wanted).delete()
    named = {school.pk: school for school in School.objects.filter(pk__in=wanted, closed_on=None)}
    named |= _absorbed(named)
    names = SchoolName.objects.filter(school__in=[*named])
    # A school's own names come first: what is the same of another one adds nothing.
    ordered = sorted(names, key=lambda name: (named[name.school_id].pk != name.school_id, name.pk))
    _add((name, named[name.school_id]) for name in ordered)


def add(names: Iterable[SchoolName]) -> None:
    """Add the keys of open schools that have none yet; each name comes with its school."""
    _add((name, name.school) for name in names)


def _add(names: Iterable[tuple[SchoolName, School]]) -> None:
    once: dict[tuple[UUID, str], SchoolKey] = {}
    for name, school in names:
        key = _key(name, school)
        if key.is_current or (school.pk, key.key) not in once:
            once[school.pk, key.key] = key
    SchoolKey.objects.bulk_create(once.values(), batch_size=BATCH)


def _key(name: SchoolName, school: School) -> SchoolKey:
    key = spelling.fold(name.name)
    return SchoolKey(
        school=school,
        path=school.path,
        name=name.name,
        key=key,
        initials=name.initials,
        is_current=name.until is None and name.school_id == school.pk,
        grams=spelling.grams(key, name.initials),
    )


def _absorbed(into: dict[UUID, School]) -> dict[UUID, School]:
    """Return of which open school each one is a part now that was merged into one of these."""
    found: dict[UUID, School] = {}
    newest = dict(into)
    while newest:
        merged = SchoolChange.objects.filter(kind=SchoolChange.Kind.MERGED, into__in=[*newest])
        pairs = [pair for pair in merged.values_list("school_id", "into_id") if pair[1]]
        newest = {old: newest[new] for old, new in pairs if new and old not in found}
        found |= newest
    return found


def _by_code(digits: str, region: Region | None, most: int) -> list[Hit]:
    found = School.objects.filter(code__startswith=digits, closed_on=None)
    near = schools.within(found, region).select_related("type", "county__parent__parent")
    return [Hit(school) for school in near.order_by("code")[:most]]


def _by_name(wanted: str, region: Region | None, most: int) -> list[Hit]:
    return _hits(_inside(region.path, wanted, most) if region else _everywhere(wanted, most))


def _hits(ids: list[int]) -> list[Hit]:
    """Return the schools of these keys in their order, each with the name that found it."""
    keys = SchoolKey.objects.select_related("school__type", "school__county__parent__parent")
    own = SchoolName.objects.filter(school=OuterRef("school"), name=OuterRef("name"))
    found = keys.annotate(is_own=Exists(own)).in_bulk(ids)
    return [_hit(found[each], is_own=bool(found[each].is_own)) for each in ids if each in found]


def _once(hits: list[Hit]) -> list[Hit]:
    """Return each school once, where and as it fits best."""
    best: dict[UUID, Hit] = {}
    for hit in hits:
        best.setdefault(hit.school.pk, hit)
    return list(best.values())


def _hit(key: SchoolKey, *, is_own: bool) -> Hit:
    if key.is_current:
        return Hit(key.school)
    return Hit(key.school, former=key.name) if is_own else Hit(key.school, absorbed=key.name)


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
