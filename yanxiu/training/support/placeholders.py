"""Fill the places in a canned answer with what a ticket says. Pure.

A place is a word between 「 and 」; what is between them and no place stays as it was written.
"""

import re
from collections.abc import Mapping

# What a canned answer may name; the words are the desk's own, on the page as in the text.
PLACES = ("称呼", "工单号", "标题", "咨询时间", "客服电话")

_PLACE = re.compile("「({})」".format("|".join(PLACES)))


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Return the text with each place filled; what is not known is left for the agent to see."""
    return _PLACE.sub(lambda place: facts.get(place[1]) or place[0], text)
