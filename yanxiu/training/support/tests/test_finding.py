"""Show that questions are found as people ask: by words, sentences and initials."""

import pytest

from yanxiu.training.support import finding
from yanxiu.training.support.finding import Text

TEXTS = [
    Text("填写个人信息时找不到学校怎么办？", "请联系本校管理员核实校名。", "没有学校 搜不到"),
    Text(
        "我原来手机号不用了，如何更换新手机号？", "用新旧号码的验证码更换。", "换号 换绑 手机丢了"
    ),
    Text("为什么学时不断增加，认定学时没有变化？", "已到课程上限。", "封顶"),
]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("找不到学校", 0),
        ("学校怎么找不到", 0),
        ("搜不到", 0),
        ("怎么换手机号", 1),
        ("换号", 1),
        ("手机", 1),
        ("ＺＢＤＸＸ", 0),
        ("hsj", None),
        ("gh", 1),
        ("zbd", 0),
        ("上限", 2),
        ("封顶了吗", 2),
        ("怎么", 0),
        ("火星", None),
        ("x", None),
        ("号", 1),
    ],
)
def test_finds_what_is_meant(typed: str, first: int | None) -> None:
    found = finding.find(TEXTS, typed)
    assert (found[0] if found else None) == first


def test_nothing_typed_finds_all() -> None:
    assert finding.find(TEXTS, "  ") == [0, 1, 2]


def test_whatever_is_typed_is_looked_at_in_bounded_time() -> None:
    assert finding.find(TEXTS, "学" * 100_000) == []
