"""Read what the school picker shows: the regions to choose from and the schools found."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from yanxiu.training.organisations import refusals, schools, search
from yanxiu.training.organisations.models import Region, School
from yanxiu.training.organisations.search import Found, Hit

# More names than this are not read; a few more letters of the name find the school.
MOST = 50
LEVELS = (("province", "provinces"), ("city", "cities"), ("county", "counties"))
_CODE = re.compile(r"\d{6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """Be a school as the picker lists it; `words` tell it from others of its name.

    `former` and `absorbed` are other names of it, where one of them was found.
    """

    id: UUID
    name: str
    words: str
    former: str = ""
    absorbed: str = ""


def read(asked: Mapping[str, str], *, chosen: UUID | None = None) -> dict[str, object]:
    """Return the picker's facts for `province`, `city`, `county` and `q`, in two queries.

    What is no code of a region there counts as not chosen; `error` tells why no school is shown.
    `choosing` asks for the button too, which stands only where there is a school to choose.
    """
    facts, narrowest = _regions(asked)
    text = asked.get("q", "").strip()
    facts |= {"q": text, "chosen": chosen, "searched": bool(text or facts["county"])}
    facts["choosing"] = bool(asked.get("choosing"))
    try:
        found = _found(text, narrowest) if facts["searched"] else None
    except refusals.SearchTooShort as refused:
        return facts | {"error": refused.message, "searched": False}
    return facts | _rows(found)


def places(asked: Mapping[str, str]) -> dict[str, object]:
    """Return the facts of the three lists of regions alone, in one query."""
    return _regions(asked)[0]


def only(school: School) -> dict[str, object]:
    """Return the facts of a picker that shows this school alone, chosen already."""
    codes = school.path.split("/")
    way = {level: code for (level, _), code in zip(LEVELS, codes[1:], strict=False)}
    facts = _regions(way)[0] | {"q": school.name, "chosen": school.id, "searched": True}
    return facts | _rows(Found([Hit(school)]))


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


def _found(text: str, region: Region | None) -> Found | None:
    if text:
        return search.find(text, region=region, most=MOST)
    if region is None:
        return None
    near = schools.listed(region).select_related("county__parent__parent")
    hits = [Hit(school) for school in near[: MOST + 1]]
    return Found(hits[:MOST], more=len(hits) > MOST)


def _rows(found: Found | None) -> dict[str, object]:
    if found is None:
        return {}
    return {"schools": [_row(hit) for hit in found.hits], "more": found.more}


def _row(hit: Hit) -> Row:
    school = hit.school
    place = [school.county.name]
    above = school.county.parent
    while above and above.code != schools.NATION:
        place.insert(0, above.name)
        above = above.parent
    words = f"{' '.join(place)} · {school.type.name}"
    return Row(school.id, school.name, words, hit.former, hit.absorbed)
