"""The picture of the law is drawn by the law: its numbers are those that the engine would give."""

import msgspec
import pytest

from tests.support import pictures
from yanxiu.web.shared import law_picture

MINUTE = 60_000


def heights(picture: law_picture.Picture) -> list[float]:
    return [float(point.split(",")[1]) for point in picture.line.split()]


def test_the_evening_is_reckoned_as_the_rule_reckons() -> None:
    picture = law_picture.draw(pictures.TERMS)
    # Ten minutes at normal speed keep ten, ten at double speed none, ten without network ten more
    # once they are reported, six of rest twelve; and the ten seconds of grace.
    assert picture.taken_ms == 32 * MINUTE + 10_000
    assert picture.claimed_ms == 45 * MINUTE
    assert picture.again_minutes == 7
    assert [step.number for step in picture.steps] == [1, 2, 3, 4, 5, 6]


def test_nothing_is_drawn_below_the_ground_or_outside() -> None:
    picture = law_picture.draw(pictures.TERMS)
    assert min(heights(picture)) == law_picture.TOP
    assert max(heights(picture)) <= law_picture.GROUND
    assert all(0 < step.middle < 400 for step in picture.steps)
    assert law_picture.GROUND + picture.refused_height < picture.height


@pytest.mark.parametrize("rate_milli", [1_000, 1_500, 3_000])
def test_another_rulebook_is_another_picture_of_the_same(rate_milli: int) -> None:
    terms = msgspec.structs.replace(pictures.TERMS, max_rate_milli=rate_milli)
    picture = law_picture.draw(terms)
    assert picture.claimed_ms % (5 * MINUTE) == 0
    assert picture.refused_ms >= 10 * MINUTE
    assert picture.again_minutes == -(-picture.refused_ms * 1_000 // (rate_milli * MINUTE))


def test_the_picture_of_the_docs_is_the_products_own() -> None:
    kept = pictures.WATCHING.read_text()
    assert kept == pictures.watching(), "python -m tests.support.pictures draws it anew"
    assert "http" not in kept.replace("http://www.w3.org/2000/svg", "")
