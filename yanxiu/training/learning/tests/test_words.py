"""Show what is asked: four words of four kinds, of which one is right, every one as likely."""

from collections import Counter
from itertools import chain
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.learning import words


@given(st.randoms(use_true_random=False))
def test_exactly_one_word_belongs_to_the_kind(dice: Random) -> None:
    asked = words.choose(dice)
    belongs = [word in words.KINDS[asked.kind] for word in asked.words]
    assert belongs == [place == asked.right for place in range(words.CHOICES)]


def test_no_word_belongs_to_two_kinds() -> None:
    every = list(chain.from_iterable(words.KINDS.values()))
    assert len(every) == len(set(every))


def test_guessing_helps_one_time_in_four() -> None:
    dice = Random(1)
    asked = [words.choose(dice) for _ in range(4_000)]
    assert all(900 < times < 1_100 for times in Counter(each.right for each in asked).values())
    assert {each.kind for each in asked} == set(words.KINDS)
