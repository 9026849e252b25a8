"""Show how the places of a canned answer are filled."""

import pytest

from yanxiu.training.support import placeholders

FACTS = {"称呼": "王老师", "工单号": "123456789", "客服电话": ""}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("「称呼」您好：工单「工单号」。", "王老师您好：工单123456789。"),
        ("「称呼」「称呼」", "王老师王老师"),
        ("「客服电话」", "「客服电话」"),
        ("请点「提交」", "请点「提交」"),
        ("「称呼", "「称呼"),
        ("", ""),
    ],
)
def test_places_are_filled_and_other_brackets_stay(text: str, filled: str) -> None:
    assert placeholders.fill(text, FACTS) == filled


def test_what_is_filled_in_is_not_read_again() -> None:
    assert placeholders.fill("「标题」", {"标题": "「称呼」", "称呼": "王"}) == "「称呼」"
