"""Read what the school picker shows: the regions to choose from and the schools found."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet

from yanxiu.training.organisations import refusals, schools
from yanxiu.training.organisations.models import Region, School

# More names than this are not read; a few more letters of the name find the school.
MOST = 50
LEVELS = (("province", "provinces"), ("city", "cities"), ("county", "counties"))
_CODE = re.compile(r"\d{6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """Be a school as the picker lists it; `words` tell it from others of its name."""

    id: UUID
    name: str
    words: str


def read(asked: Mapping[str, str], *, chosen: UUID | None = None) -> dict[str, object]:
    """Return the picker's facts for `province`, `city`, `county` and `q`, in two queries.

    What is no code of a region there counts as not chosen; `error` tells why no school is shown.
    """
    facts, narrowest = _regions(asked)
    text = asked.get("q", "").strip()
    facts |= {"q": text, "chosen": chosen, "searched": bool(text or facts["county"])}
    try:
        found = _found(text, narrowest) if facts["searched"] else None
    except refusals.SearchTooShort as refused:
        return facts | {"error": refused.message, "searched": False}
    return facts | _rows(found)


def _regions(asked: Mapping[str, str]) -> tuple[dict[str, object], Region | None]:
    """Return what each of the three lists shows, and the narrowest region that was chosen."""
    codes = [code for level, _ in LEVELS if _CODE.fullmatch(code := asked.get(level, ""))]
    below: dict[str | None, list[Region]] = defaultdict(list)
    for region in schools.choices(schools.NATION, *codes):
        below[region.parent_id].append(region)
    facts: dict[str, object] = {}
    offered, narrowest = below[schools.NATION], None
    for level, levels in LEVELS:
        chosen = next((each for each in offered if each.code == asked.get(level)), None)
        facts |= {levels: offered, level: chosen.code if chosen else ""}
        offered = below[chosen.code] if chosen else []
        narrowest = chosen or narrowest
    return facts, narrowest


def _found(text: str, region: Region | None) -> QuerySet[School] | None:
    if text:
        # PostgreSQL has no text with a zero byte in it, so no school has one in its name.
        return schools.search(text.replace("\0", "\ufffd"), region=region)
    return schools.listed(region) if region else None


def _rows(found: QuerySet[School] | None) -> dict[str, object]:
    if found is None:
        return {}
    near = found.select_related("type", "county__parent__parent")
    rows = [_row(school) for school in near[: MOST + 1]]
    return {"schools": list(islice(rows, MOST)), "more": len(rows) > MOST}


def _row(school: School) -> Row:
    place = [school.county.name]
    above = school.county.parent
    while above and above.code != schools.NATION:
        place.insert(0, above.name)
        above = above.parent
    return Row(school.id, school.name, f"{' '.join(place)} · {school.type.name}")
