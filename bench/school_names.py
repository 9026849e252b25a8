"""Invent schools with realistic names for every county of the country, the same each time."""

import itertools
import random
from collections.abc import Iterator

SEED = 20_250_720
TOWNS = "城关 双桥 太平 永安 新集 石桥 大河 龙泉 白云 马店 高庙 青山 柳林 清水 东风 红旗 三合 桃源 沙河 黄土 银杏".split()  # noqa: SIM905, E501 - read as words
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐"
    "冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
)
FEATURES = "家庄 家村 庄 店 坪 湾 沟 家坝 桥 屯 岭 寨 塘 洼 坡 家圩 家堡 营 家咀 冲".split()  # noqa: SIM905 - read as words
WORDS = "听涛 启明 文澜 明德 博雅 育新 翠竹 清源 望湖 枫林 春晖 星河 致远 锦绣 石榴 白鹭 青禾 墨香 雅集 梧桐 海棠 月湖 长桥 稻香 玉泉 金沙 麦田 晴川 育才 育红 光明 胜利 解放路 人民路 建设 和平 新华 东关 西关 南街 北门".split()  # noqa: SIM905, E501 - read as words
NUMERALS = "一二三四五六七八九十"

# Of a hundred schools, how many are of a type and how they are called there.
VILLAGE = (
    ("211", "{place}{town}{kind}{village}小学", 30),
    ("218", "{place}{town}{kind}{village}教学点", 18),
)
TOWN = (
    ("211", "{place}{town}{kind}中心小学", 7),
    ("311", "{place}{town}{kind}初级中学", 6),
    ("312", "{place}{town}{kind}九年一贯制学校", 3),
    ("111", "{place}{town}{kind}中心幼儿园", 9),
)
STREET = (
    ("211", "{place}{word}小学", 5),
    ("211", "{place}{word}实验小学", 3),
    ("211", "{place}第{number}小学", 3),
    ("311", "{place}第{number}中学", 3),
    ("111", "{place}{word}幼儿园", 8),
    ("342", "{place}第{number}高级中学", 1),
    ("341", "{place}实验中学{word}校区", 1),
    ("345", "{place}{word}外国语学校", 1),
    ("365", "{place}{word}职业高级中学", 1),
    ("514", "{place}特殊教育学校", 1),
)
KINDS = (*VILLAGE, *TOWN, *STREET)


def invent(places: list[tuple[str, str]], total: int) -> Iterator[tuple[str, str, str, str]]:
    """Yield county, code, type and name of schools; `places` are county codes and name prefixes."""
    dice = random.Random(SEED)
    weights = [many for _, _, many in KINDS]
    shares = [dice.lognormvariate(0, 0.6) for _ in places]
    whole = sum(shares)
    bounds = [round(total * part / whole) for part in itertools.accumulate(shares)]
    first = 0
    for (county, place), last in zip(places, bounds, strict=True):
        kinds = dice.choices(KINDS, weights, k=last - first)
        for number, (kind, pattern, _) in enumerate(kinds):
            yield county, f"{county}{number:04d}", kind, _name(dice, pattern, place)
        first = last


def _name(dice: random.Random, pattern: str, place: str) -> str:
    return pattern.format(
        place=place,
        town=dice.choice(TOWNS),
        kind=dice.choice("镇镇镇乡"),
        village=dice.choice(SURNAMES) + dice.choice(FEATURES),
        word=dice.choice(WORDS),
        number=dice.choice(NUMERALS) + dice.choice(("", "", "十", "十" + dice.choice(NUMERALS))),
    )
