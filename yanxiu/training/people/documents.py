"""Know the kinds of document by which people prove who they are, and read the number of each.

source: docs/rules/documents.md
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yanxiu.training.people import (
    document_reading,
    passports,
    permanent_residence,
    residence_permit,
    resident_id,
    travel_permits,
)
from yanxiu.training.people.document_reading import Finding, Reading


class Kind(StrEnum):
    """Name the kinds, the most frequent first."""

    RESIDENT_ID = "resident_id"
    RESIDENCE_PERMIT = "residence_permit"
    MAINLAND_PERMIT = "mainland_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    PERMANENT_RESIDENCE = "permanent_residence"
    PASSPORT = "passport"


@dataclass(frozen=True, slots=True)
class Document:
    """Be a kind: how its number is read, and by which titles people call it, its own first."""

    read: Callable[[str, date], Reading]
    titles: tuple[str, ...]


DOCUMENTS: dict[str, Document] = {
    Kind.RESIDENT_ID: Document(
        lambda text, on: resident_id.read(text, on=on),
        ("居民身份证", "身份证", "中国居民身份证", "中华人民共和国居民身份证"),
    ),
    Kind.RESIDENCE_PERMIT: Document(
        lambda text, on: residence_permit.read(text, on=on),
        ("港澳台居民居住证", "港澳居民居住证", "台湾居民居住证"),
    ),
    Kind.MAINLAND_PERMIT: Document(
        lambda text, _on: travel_permits.read_hong_kong_macao(text),
        ("港澳居民来往内地通行证", "港澳通行证", "回乡证", "来往内地通行证"),
    ),
    Kind.TAIWAN_PERMIT: Document(
        lambda text, _on: travel_permits.read_taiwan(text),
        ("台湾居民来往大陆通行证", "台胞证", "来往大陆通行证"),
    ),
    Kind.PERMANENT_RESIDENCE: Document(
        lambda text, on: permanent_residence.read(text, on=on),
        ("外国人永久居留身份证", "外国人永久居留证", "永久居留身份证"),
    ),
    Kind.PASSPORT: Document(lambda text, _on: passports.read(text), ("护照", "外国护照")),
}


def read(kind: str, text: str, *, on: date) -> Reading:
    """Return what a document's number says on the day `on`; no kind of ours is another kind."""
    known = DOCUMENTS.get(kind)
    return known.read(text, on) if known else Reading("", (Finding.OTHER_KIND,))


def normalise(kind: str, text: str) -> str:
    """Return the number as it is kept, whatever may be wrong with it."""
    # Only what is found wrong depends on the day.
    return read(kind, text, on=date.max).number


def titled(title: str) -> str | None:
    """Return the kind that people call by this title, or by its own name here."""
    plain = document_reading.normalise(title)
    for kind, document in DOCUMENTS.items():
        if title == kind or plain in document.titles:
            return kind
    return None
