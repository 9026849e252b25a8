"""Read numbers of residence permits for people from Hong Kong, Macao and Taiwan.

Eighteen characters built like a resident identity number, with 810000, 820000 or 830000 for the
region. Source: 港澳台居民居住证申领发放办法 (国办发〔2018〕81号), article 4.
"""

from dataclasses import replace
from datetime import date

from yanxiu.training.people import document_reading
from yanxiu.training.people.document_reading import Finding, Reading

REGIONS = ("810000", "820000", "830000")


def read(text: str, *, on: date) -> Reading:
    """Return what the number says and what is wrong with it on the day `on`."""
    number, wrong = document_reading.begin(text)
    wrong = wrong or document_reading.misshapen(number)
    if wrong:
        return Reading(number, (wrong,))
    said = document_reading.dated(number, on=on)
    if number.startswith(REGIONS):
        return said
    return replace(said, findings=(Finding.OTHER_KIND, *said.findings))
