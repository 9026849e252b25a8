"""Lay the provinces out as tiles, each about where it lies; the arrangement is our own.

Where a tile stands is the style sheet's (`css/tiles.css`, by code).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yanxiu.training.reports.figures import Child
from yanxiu.web.shared.templatetags import yx

# What a province is called in one character. Source: the official abbreviations.
SHORT = {
    "11": "京", "12": "津", "13": "冀", "14": "晋", "15": "蒙", "21": "辽", "22": "吉", "23": "黑",
    "31": "沪", "32": "苏", "33": "浙", "34": "皖", "35": "闽", "36": "赣", "37": "鲁", "41": "豫",
    "42": "鄂", "43": "湘", "44": "粤", "45": "桂", "46": "琼", "50": "渝", "51": "川", "52": "贵",
    "53": "云", "54": "藏", "61": "陕", "62": "甘", "63": "青", "64": "宁", "65": "新", "71": "台",
    "81": "港", "82": "澳",
}  # fmt: skip
STEPS = 10


@dataclass(frozen=True, slots=True)
class Tile:
    """Be a province with the share of its enrolled teachers who have all hours, if any is."""

    child: Child
    url: str
    short: str
    share: int | None

    @property
    def step(self) -> int:
        """Return how deep its colour is, from 0 to 10."""
        return (self.share or 0) // STEPS


def lay(provinces: Sequence[Child], *, url: Callable[[str], str]) -> list[Tile]:
    """Return the tiles in the order given; `url` says where a province's code leads."""
    return [
        Tile(each, url(each.code), SHORT.get(each.code[:2], each.name[:1]), share(each))
        for each in provinces
    ]


def share(child: Child) -> int | None:
    """Return how many of a hundred enrolled teachers have all hours; None where nobody is."""
    told = child.figures
    return yx.share(told.complete, told.enrolled) if told.enrolled else None
