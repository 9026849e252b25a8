"""List how the codes of counties have changed: which ended, when, and which followed them.

Complete from 2018 on, and for the four municipalities from 2009 on. The ministry lists codes as of
the last day of a year: a change stands at that day unless its own is certain. Where an area was
split, its successor is where most of it went. Source: GB/T 2260 and the yearly lists of the
ministry of civil affairs; docs/rules/regions-and-schools.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# The edition GB/T 2260-2007 came into force on this day; codes that ended later are in it.
EDITION = date(2008, 2, 1)
# Every code that is not named below was in force on this day already.
BASE = date(2018, 1, 1)

# When a code ended, and lines of code, name, the region above and the code that followed it.
ENDED: dict[date, str] = {
    date(2009, 12, 31): """
        120107 塘沽区 120000 120116
        120108 汉沽区 120000 120116
        120109 大港区 120000 120116
        310119 南汇区 310000 310115
    """,
    date(2010, 7, 1): """
        110103 崇文区 110000 110101
        110104 宣武区 110000 110102
    """,
    date(2011, 12, 31): """
        310103 卢湾区 310000 310101
        500222 綦江县 500000 500110
        500225 大足县 500000 500111
    """,
    date(2014, 12, 31): """
        500224 铜梁县 500000 500151
        500227 璧山县 500000 500120
    """,
    date(2015, 12, 31): """
        110228 密云县 110000 110118
        110229 延庆县 110000 110119
        120221 宁河县 120000 120117
        120223 静海县 120000 120118
        310108 闸北区 310000 310106
        500223 潼南县 500000 500152
        500226 荣昌县 500000 500153
    """,
    date(2016, 12, 31): """
        120225 蓟县 120000 120119
        310230 崇明县 310000 310151
        500228 梁平县 500000 500155
        500232 武隆县 500000 500156
        500234 开县 500000 500154
    """,
    date(2018, 12, 31): """
        130223 滦县 130200 130284
        140202 城区 140200 140213
        140203 矿区 140200 140214
        140211 南郊区 140200 140214
        140227 大同县 140200 140215
        140402 城区 140400 140403
        140411 郊区 140400 140403
        140421 长治县 140400 140404
        140424 屯留县 140400 140405
        140481 潞城市 140400 140406
        140624 怀仁县 140600 140681
        232723 漠河县 232700 232701
        320621 海安县 320600 320685
        340824 潜山县 340800 340882
        360622 余江县 360600 360603
        370125 济阳县 370100 370115
        371200 莱芜市 370000 370100
        371202 莱城区 371200 370116
        371203 钢城区 371200 370117
        371626 邹平县 371600 371681
        420821 京山县 420800 420882
        430221 株洲县 430200 430212
        450331 荔浦县 450300 450381
        511521 宜宾县 511500 511504
        522322 兴仁县 522300 522302
        530321 马龙县 530300 530304
        530630 水富县 530600 530681
        610427 彬县 610400 610482
        620824 华亭县 620800 620881
    """,
    date(2019, 12, 31): """
        140726 太谷县 140700 140703
        230702 伊春区 230700 230717
        230703 南岔区 230700 230726
        230704 友好区 230700 230719
        230705 西林区 230700 230751
        230706 翠峦区 230700 230718
        230707 新青区 230700 230724
        230708 美溪区 230700 230717
        230709 金山屯区 230700 230751
        230710 五营区 230700 230724
        230711 乌马河区 230700 230718
        230712 汤旺河区 230700 230723
        230713 带岭区 230700 230725
        230714 乌伊岭区 230700 230723
        230715 红星区 230700 230724
        230716 上甘岭区 230700 230719
        231121 嫩江县 231100 231183
        340225 无为县 340200 340281
        341822 广德县 341800 341882
        360105 湾里区 360100 360112
        361121 上饶县 361100 361104
        371523 茌平县 371500 371503
        410728 长垣县 410700 410783
        411626 淮阳县 411600 411603
        430521 邵东县 430500 430582
        451021 田阳县 451000 451003
        451023 平果县 451000 451082
        510922 射洪县 510900 510981
        530422 澄江县 530400 530481
        610623 子长县 610600 610681
        630122 湟中县 630100 630106
        652923 库车县 652900 652902
    """,
    date(2020, 12, 31): """
        130521 邢台县 130500 130503
        130526 任县 130500 130505
        130527 南和县 130500 130506
        220381 公主岭市 220300 220184
        320602 崇川区 320600 320613
        320611 港闸区 320600 320613
        320684 海门市 320600 320614
        340203 弋江区 340200 340209
        340208 三山区 340200 340209
        340221 芜湖县 340200 340210
        340222 繁昌县 340200 340212
        360727 龙南县 360700 360783
        370634 长岛县 370600 370614
        370684 蓬莱市 370600 370614
        421023 监利县 421000 421088
        510132 新津县 510100 510118
        520221 水城县 520200 520204
        632321 同仁县 632300 632301
    """,
    date(2021, 4, 9): """
        330103 下城区 330100 330105
        330104 江干区 330100 330102
    """,
    date(2021, 12, 31): """
        350402 梅列区 350400 350404
        350403 三元区 350400 350404
        350427 沙县 350400 350405
        350625 长泰县 350600 350605
        350681 龙海市 350600 350604
        410306 吉利区 410300 410308
        410322 孟津县 410300 410308
        410381 偃师市 410300 410307
        431121 祁阳县 431100 431181
        450127 横县 450100 450181
        513425 会理县 513400 513402
        520522 黔西县 520500 520581
        532331 禄丰县 532300 532302
        610322 凤翔县 610300 610305
        610928 旬阳县 610900 610981
        654223 沙湾县 654200 654203
    """,
    date(2023, 12, 31): """
        540422 米林县 540400 540481
        540530 错那县 540500 540581
    """,
    date(2026, 6, 30): """
        500105 江北区 500000 500157
        500112 渝北区 500000 500157
    """,
}

# Codes that are new without another one ending, by the day since which they are in force.
BEGUN: dict[date, tuple[str, ...]] = {
    date(2018, 12, 31): ("440311", "632803"),
    date(2019, 12, 31): ("330383", "360113", "659010"),
    date(2020, 12, 31): ("460302", "460303"),
    date(2021, 4, 9): ("330113", "330114"),
    date(2021, 12, 31): ("659011",),
    date(2023, 12, 31): ("659012",),
    date(2024, 12, 31): ("653228", "653229"),
}
# Codes that were in force before what they follow ended.
OLDER = frozenset(
    {
        *("110101", "110102", "130503", "310101", "310106"),
        *("310115", "330102", "330105", "360112", "370100"),
    }
)
# Codes of these that are not in the edition of 2007, by the day since which they were there.
LATER = {
    "360112": date(2015, 12, 31),
    "340225": date(2011, 12, 31),
    "520522": date(2011, 12, 31),
    "540422": date(2015, 12, 31),
    "540530": date(2016, 12, 31),
}


@dataclass(frozen=True, slots=True)
class Ended:
    """Be a code that is no longer in force; `above` and `successor` are codes as well."""

    code: str
    name: str
    above: str
    successor: str
    since: date
    until: date


def ended() -> Iterator[Ended]:
    """Yield the codes that have ended, those above others first."""
    for until, lines in ENDED.items():
        for line in lines.strip().splitlines():
            code, name, above, successor = line.split()
            yield Ended(code, name, above, successor, LATER.get(code, EDITION), until)


def begun() -> dict[str, date]:
    """Return since when codes are in force of which another day than `BASE` is known."""
    followed = {each.successor: each.until for each in ended() if each.successor not in OLDER}
    older = {code: LATER.get(code, EDITION) for code in OLDER}
    return older | followed | {code: on for on, codes in BEGUN.items() for code in codes}
