"""Show which change of name or number makes somebody else of a person, and who may vouch for it."""

import pytest

from yanxiu.training.people import identity_change
from yanxiu.training.people.identity_change import Change, Known

HERS, OTHERS = b"330106", b"330107"
WANG = Known("王小明", HERS)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("王小明", Change.NONE),
        ("王晓明", Change.MINOR),
        ("王明", Change.MINOR),
        ("王小小明", Change.MINOR),
        ("王小", Change.MINOR),
        ("王晓鸣", Change.MAJOR),
        ("李晓明", Change.MAJOR),
        ("王明小", Change.MAJOR),
        ("", Change.MAJOR),
        ("古丽·买买提", Change.MAJOR),
    ],
)
def test_more_than_one_character_of_the_name_is_a_major_change(name: str, change: Change) -> None:
    assert identity_change.between(WANG, Known(name, HERS)) == change
    assert identity_change.between(Known(name, HERS), WANG) == change


def test_another_number_is_a_major_change_whatever_the_name() -> None:
    assert identity_change.between(WANG, Known("王小明", OTHERS)) == Change.MAJOR


@pytest.mark.parametrize(
    ("earned", "vouched", "is_another"),
    [
        ([1], [], True),
        ([2], [], False),
        ([1, 2], [], True),
        ([], [], False),
        # The county has answered for the second version, or for the one a typing slip away.
        ([1], [2], False),
        ([1], [3], False),
        # It had answered before she studied as somebody else again.
        ([4], [2, 3], True),
        # It has answered for somebody else.
        ([1], [4], True),
    ],
)
def test_what_was_earned_as_somebody_else_needs_the_county(
    earned: list[int], vouched: list[int], *, is_another: bool
) -> None:
    known = {
        1: WANG,
        2: Known("李大海", OTHERS),
        3: Known("李大梅", OTHERS),
        4: Known("赵云", b"440106"),
    }
    found = identity_change.is_another(earned, known[2], known=known, vouched=vouched)
    assert found == is_another
