"""Keep what a sentence names so that it can be said in any language later.

What is kept is said in the source's language, days and moments as ISO 8601 writes them. Whoever
reads it later translates what the catalogues know; a name of a person or school they do not know.
"""

import re
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanxiu.foundation import dates

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(rf"{_DAY.pattern}T\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")
# A reason from what was written of it, and the parts of a list of words from one another.
_BEHIND, _APART = "——", " · "
_DAYS_LEFT = re.compile(r"P(\d+)D")


def kept(value: object) -> str:
    """Return a fact as it is kept; a span of time is kept in whole days."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"P{value.days}D"
    with translation.override(settings.LANGUAGE_CODE):
        return str(value)


def because(label: object, sentence: str) -> str:
    """Return a coded reason as it is kept, with what somebody wrote of it behind, if anything."""
    return _BEHIND.join(filter(None, (kept(label), sentence.strip())))


def spoken(value: object) -> object:
    """Return a kept fact as it is said now; what is no text stays as it is."""
    if not isinstance(value, str) or not value:
        return value
    if _DAY.fullmatch(value):
        return dates.day(date.fromisoformat(value))
    if _MOMENT.fullmatch(value):
        moment = datetime.fromisoformat(value)
        return f"{dates.whole_day(moment)} {dates.time(moment)}"
    if found := _DAYS_LEFT.fullmatch(value):
        return _left(int(found[1]))
    label, behind, sentence = value.partition(_BEHIND)
    known = _APART.join(_(word) for word in label.split(_APART) if word)
    return f"{known}{_('——') if behind else ''}{sentence}"


def _left(days: int) -> str:
    if days == 0:
        return _("今天")
    return ngettext("还有 %(count)d 天", "还有 %(count)d 天", days) % {"count": days}
