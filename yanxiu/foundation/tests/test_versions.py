import pytest

from yanxiu.foundation import versions


@pytest.mark.parametrize(
    ("older", "newer"), [("1.9.0", "1.10.0"), ("0.9", "1.0.0"), ("1.0", "1.0.0.1"), ("2", "10")]
)
def test_the_older_one_is_less(older: str, newer: str) -> None:
    assert versions.read(older) < versions.read(newer)
    assert versions.read(older) > versions.UNKNOWN


def test_zeros_at_the_end_make_no_difference() -> None:
    assert versions.read("1.2") == versions.read("1.2.0.0")
    assert str(versions.read("1.2")) == "1.2.0"
    assert str(versions.read("1.2.0.4")) == "1.2.0.4"


@pytest.mark.parametrize("text", ["", "1.", ".1", "1.2.3.4.5", "1.a", "-1", "1 .2", "１", "9" * 7])
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no version"):
        versions.read(text)
