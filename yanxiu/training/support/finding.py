"""Find questions by what somebody types: words, a sentence, or the initials of their pinyin.

Pure: texts in, their places out, the best first. Source: docs/rules/help.md.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from yanxiu.training.organisations import spelling

# What a question begins and ends with says nothing about what is asked.
FILLERS = re.compile(
    r"怎么办|怎么样|怎么|怎样|如何|为什么|为何|什么|可以|能不能|吗|呢|了|的|我|请问"
)
# So much of what was typed has to be found, in pairs of characters.
ENOUGH = 0.5
# Characters of what was typed that are looked at.
TYPED_MOST = 60


@dataclass(frozen=True, slots=True)
class Text:
    """Hold a question, its answer, and other words that people use for it."""

    title: str
    answer: str
    words: str = ""


def find(texts: Sequence[Text], typed: str) -> list[int]:
    """Return which texts fit what was typed, the best first; all of them where nothing was."""
    wanted = spelling.fold(typed)[:TYPED_MOST]
    if not wanted:
        return list(range(len(texts)))
    fits = [_by_letters, _by_words] if spelling.is_initials(wanted) else [_by_words]
    scores = [max(fit(text, wanted) for fit in fits) for text in texts]
    best = sorted(range(len(texts)), key=lambda place: -scores[place])
    return [place for place in best if scores[place]]


def _by_letters(text: Text, wanted: str) -> float:
    """Return what words are worth at most where the initials of the title or of a word hold it.

    One letter alone fits everything and so nothing.
    """
    spelt = [spelling.initials(each) for each in (text.title, *text.words.split())]
    return 3.0 if len(wanted) > 1 and any(wanted in each for each in spelt) else 0.0


def _by_words(text: Text, wanted: str) -> float:
    """Return how much of what was typed is found, if enough; the title and its words count more."""
    bare = FILLERS.sub("", wanted) or wanted
    near, far = spelling.fold(text.title + text.words), spelling.fold(text.answer)
    pieces = [bare] if len(bare) == 1 else [bare[at : at + 2] for at in range(len(bare) - 1)]
    found_near, found_far = (
        sum(piece in text for piece in pieces) / len(pieces) for text in (near, far)
    )
    if max(found_near, found_far) < ENOUGH:
        return 0.0
    return 2 * found_near + found_far + (1.0 if bare in near else 0.0)
