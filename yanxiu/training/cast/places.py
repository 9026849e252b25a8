"""Place a few hundred schools of all types in a dozen counties of the real country."""

from collections.abc import Iterator
from datetime import date, datetime

from yanxiu.foundation import periods
from yanxiu.training.organisations import regions, register, school_types
from yanxiu.training.organisations.models import Region, School
from yanxiu.training.organisations.register import Opening

# A district, its neighbours, and places far away: municipalities, a city without counties, a
# county that its province governs itself, the north-east, the west.
COUNTIES = (
    *("330106", "330110", "330522", "110108", "310115", "500106"),
    *("441900", "510107", "429004", "230102", "620122", "650102"),
)
HOME = "330106"

PRIMARY, JUNIOR, VOCATIONAL = "211", "311", "361"
# How many schools of each type a county has, and how they are called.
KINDS = (
    ("211", ("实验小学", "小学", "中心小学"), 8),
    ("311", ("初级中学", "中学"), 4),
    ("111", ("幼儿园", "实验幼儿园"), 6),
    ("312", ("九年一贯制学校", "学校"), 2),
    ("341", ("中学",), 1),
    ("342", ("高级中学", "高级中学"), 2),
    ("345", ("外国语学校",), 1),
    ("218", ("教学点",), 1),
    ("514", ("特殊教育学校",), 1),
    ("361", ("中等职业学校",), 1),
    ("365", ("职业高级中学",), 1),
    ("415", ("职业技术学院",), 1),
    ("412", ("学院",), 1),
)
WORDS = """
听涛 启明 文澜 明德 博雅 育新 翠竹 清源 松涛 望湖 枫林 春晖 星河 致远 锦绣 双桥 石榴 白鹭 青禾 竹溪
墨香 雅集 远山 近水 梧桐 银杏 海棠 月湖 长桥 稻香 莲塘 玉泉 金沙 红枫 麦田 橘园 桃源 晴川 雁鸣 采薇
""".split()  # noqa: SIM905 - read as lines of words
# Another word to begin with in each county, so that neighbours do not all bear the same names.
WORDS_APART = 9
FIRST_YEAR, YEARS = 1956, 60
# When the register was filled: before anybody came to the platform.
FILLED_AT = datetime(2025, 3, 1, 9, tzinfo=periods.CHINA)


def load() -> None:
    """Add the schools to the register; the regions and types must be there."""
    counties = Region.objects.select_related("parent").in_bulk(COUNTIES)
    wanted = [
        opening
        for place, code in enumerate(COUNTIES)
        for opening in _openings(counties[code], place * WORDS_APART)
    ]
    register.open_all(wanted, held=None, by=None, at=FILLED_AT)


def load_all() -> None:
    """Add regions, types and schools."""
    regions.load()
    school_types.load()
    load()


def of(county: str, type_code: str, place: int = 0) -> School:
    """Return a school of a county by its type; `place` counts the schools of a type from 0."""
    found = School.objects.filter(county=county, type=type_code)
    return found.select_related("type", "county").order_by("code")[place]


def _openings(county: Region, first_word: int) -> Iterator[Opening]:
    prefix = _prefix(county)
    kinds = [
        (code, suffixes[n % len(suffixes)]) for code, suffixes, many in KINDS for n in range(many)
    ]
    for n, (type_code, suffix) in enumerate(kinds):
        yield Opening(
            code=f"{county.code}{n + 1:04d}",
            name=f"{prefix}{WORDS[(first_word + n) % len(WORDS)]}{suffix}",
            type_code=type_code,
            county_code=county.code,
            opened_on=date(FIRST_YEAR + (first_word + n * 7) % YEARS, 9, 1),
        )


def _prefix(county: Region) -> str:
    """Return what a school's name begins with: 杭州市西湖区, 北京市海淀区, 东莞市."""
    above = county.parent
    named = above is not None and above.name.endswith("市")
    return f"{above.name}{county.name}" if above and named else county.name
