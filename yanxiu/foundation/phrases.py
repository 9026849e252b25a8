"""Put words and sentences together as the language that is spoken just now does."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

_ENDS = ("。", "！", "？", "…", ".", "!", "?")


def listed(words: Iterable[object]) -> str:
    """Return several words as a list: "语文、数学", "Chinese, mathematics"."""
    return _("、").join(map(str, words))


def ended(sentence: str) -> str:
    """Return what somebody typed as a whole sentence: with a full stop where it has no end."""
    typed = sentence.strip()
    return typed if typed.endswith(_ENDS) else typed + _("。").strip()


def together(*sentences: object) -> str:
    """Return sentences one after the other; between Chinese ones there is no space."""
    between = "" if (translation.get_language() or "").startswith("zh") else " "
    return between.join(said for said in map(str, sentences) if said)
