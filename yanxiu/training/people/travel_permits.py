"""Read numbers of permits to travel to the mainland: of people from Hong Kong, Macao and Taiwan.

A permit of Hong Kong (H) or Macao (M) bears the letter and eight digits, one of Taiwan eight
digits: they are its holder's for life. Older permits carry on with how often they were renewed;
that is left away, so that a renewed permit is the same document. Neither says when one was born.
Source: 国家移民管理局, 往来港澳台证件号码规则.
"""

import re

from yanxiu.training.people import document_reading
from yanxiu.training.people.document_reading import Finding, Reading

# The number for life, and behind it what older permits add: twice a digit, the place in brackets.
_HONG_KONG_MACAO = re.compile(r"([HM][0-9]{8})(?:[0-9]{2})?")
_TAIWAN = re.compile(r"([0-9]{8})(?:[0-9]{2}(?:\(?[A-Z]\)?)?)?")
_LENGTHS_HONG_KONG_MACAO = (9, 11)
_LENGTHS_TAIWAN = (8, 10, 11, 13)


def read_hong_kong_macao(text: str) -> Reading:
    """Return what the number of a 港澳居民来往内地通行证 says and what is wrong with it."""
    return _read(text, _HONG_KONG_MACAO, _LENGTHS_HONG_KONG_MACAO)


def read_taiwan(text: str) -> Reading:
    """Return what the number of a 台湾居民来往大陆通行证 says and what is wrong with it."""
    return _read(text, _TAIWAN, _LENGTHS_TAIWAN)


def _read(text: str, shape: re.Pattern[str], lengths: tuple[int, ...]) -> Reading:
    number, wrong = document_reading.begin(text)
    if wrong:
        return Reading(number, (wrong,))
    if document_reading.is_eighteen(number):
        return Reading(number, (Finding.OTHER_KIND,))
    fits = shape.fullmatch(number)
    if fits:
        return Reading(fits[1], ())
    return Reading(number, (Finding.LETTERS if len(number) in lengths else Finding.LENGTH,))
