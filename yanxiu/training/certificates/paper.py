"""Draw the certificate: plain facts in, a PDF out, the same bytes for the same facts."""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from pathlib import Path

import segno

from yanxiu.foundation import paper
from yanxiu.training.certificates import refusals

TEMPLATE = Path(__file__).parent / "papers" / "certificate.typ"
FRAME = Path(__file__).parent / "papers" / "frame.typ"
SEAL = Path(__file__).parent / "papers" / "seal.typ"
# One of eight patterns, each as good for our addresses; trying them all takes longer than drawing.
MASK = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold everything the paper says, as it was when the certificate was issued.

    `courses` pairs each title with its hours as text; hours have two decimals, rounded down.
    """

    holder_name: str
    document_kind: str
    document_number: str
    training_title: str
    enrolled_on: date
    completed_on: date
    courses: tuple[tuple[str, str], ...]
    hours_text: str
    school_name: str
    number: str
    check_code: str
    verify_url: str
    edition: int
    authority: str
    issued_on: date


def draw(facts: Facts) -> bytes:
    """Return the certificate as a PDF; raise `Unprintable` for what no font here can show."""
    issued = datetime.combine(facts.issued_on, time.min, UTC)
    try:
        return paper.render(TEMPLATE, _sheet(facts), at=issued)
    except paper.Unprintable as error:
        raise refusals.Unprintable(characters=error.characters) from error


def picture(facts: Facts, *, ppi: int = 144) -> bytes:
    """Return the same page as a PNG of `ppi` pixels an inch."""
    return paper.page_image(TEMPLATE, _sheet(facts), ppi=ppi)


def code(url: str) -> segno.QRCode:
    """Return the QR code of a certificate's address."""
    return segno.make(url, error="m", micro=False, mask=MASK)


def _sheet(facts: Facts) -> paper.Sheet:
    drawings = {
        "qr": _modules(facts.verify_url),
        "frame": _frame(),
        "seal": _seal(facts.authority),
    }
    return paper.Sheet(_told(facts), drawings)


def _told(facts: Facts) -> dict[str, object]:
    return {
        "holder_name": facts.holder_name,
        "document_kind": facts.document_kind,
        "document_number": facts.document_number,
        "training_title": facts.training_title,
        "enrolled_on": _in_words(facts.enrolled_on),
        "completed_on": _in_words(facts.completed_on),
        "courses": facts.courses,
        "hours": facts.hours_text,
        "school_name": facts.school_name,
        "number": facts.number,
        "check_code": facts.check_code,
        "verify_url": facts.verify_url,
        "edition": facts.edition,
        "authority": facts.authority,
        "issued_on": _in_words(facts.issued_on),
    }


@cache
def _frame() -> str:
    return paper.drawing(FRAME)


@lru_cache(maxsize=64)
def _seal(authority: str) -> str:
    return paper.drawing(SEAL, {"authority": authority})


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _modules(url: str) -> str:
    """Return the QR code of the address as an SVG without a quiet zone: the template leaves one."""
    drawing = io.BytesIO()
    code(url).save(drawing, kind="svg", border=0, dark="#1d2429")
    return drawing.getvalue().decode()
