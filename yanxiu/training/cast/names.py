"""Invent people: names like those one meets, and resident ID numbers that belong to nobody."""

from dataclasses import dataclass
from datetime import date, timedelta

from yanxiu.training.people import resident_id
from yanxiu.training.people.documents import Kind

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
GIVEN = """
晓岚 思源 明慧 雨桐 建国 秀英 海燕 志远 文静 丽娟 国强 春梅 嘉怡 子涵 玉兰 振华 静怡 俊杰 婉清 立新
佩瑶 德明 若兰 宏伟 雪梅 永康 诗涵 家豪 淑芬 泽宇 美玲 承志 芷若 国栋 慧敏 一鸣 桂香 浩然 月华 向阳
""".split()  # noqa: SIM905 - read as lines of words
# People of the nationalities carry their names as they are, the separator among them.
MINORITY = (
    *("阿依古丽·买买提", "迪丽努尔·艾合买提", "扎西次仁", "巴特尔", "韦秋菊"),
    *("龙金花", "欧阳晓晴"),
)

# Regions where numbers were given out; the holder may have moved long since.
REGIONS = ("330106", "330122", "110108", "510107", "620122", "650102", "441900", "230102", "429004")
# GB 11643 keeps the orders 996 to 999 for people past a hundred: with a birthday in these years
# such a number is well-formed and nobody's.
ORDERS = (996, 997, 998, 999)
FIRST_BIRTHDAY, BIRTHDAYS, STRIDE = date(1969, 1, 1), 10_007, 1_237
SEEN_ON = date(2025, 1, 1)


@dataclass(frozen=True, slots=True)
class Invented:
    """Hold the name and the document of someone who does not exist."""

    name: str
    number: str
    kind: str = Kind.RESIDENT_ID


def person(index: int, name: str = "") -> Invented:
    """Return the person of that index, always the same one; no two below 10,007 share a number."""
    return Invented(name or _name(index), _number(index))


def _name(index: int) -> str:
    rare, step = divmod(index, 12)
    if step == 0:
        return MINORITY[rare % len(MINORITY)]
    return SURNAMES[index * 7 % len(SURNAMES)] + GIVEN[index * 11 % len(GIVEN)]


def _number(index: int) -> str:
    # The stride and the number of birthdays have no common factor: all differ.
    born_on = FIRST_BIRTHDAY + timedelta(days=index * STRIDE % BIRTHDAYS)
    region, order = REGIONS[index % len(REGIONS)], ORDERS[index % len(ORDERS)]
    body = f"{region}{born_on:%Y%m%d}{order}"
    return next(
        body + sign
        for sign in "0123456789X"
        if not resident_id.read(body + sign, on=SEEN_ON).findings
    )
