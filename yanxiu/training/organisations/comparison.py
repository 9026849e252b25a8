"""Compare what a teacher has given with what her school's roster says, character by character.

Numbers stay masked: beside the ends that screens show anyway, only digits that differ are seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from yanxiu.training.people import masking

# Two digits in the wrong order and the check digit that they change.
DIGITS_MOST = 3


class Kind(StrEnum):
    """Name how a teacher compares with the roster."""

    MATCH = "match"
    NEAR = "near"
    NONE = "none"
    NO_ROSTER = "no_roster"


@dataclass(frozen=True, slots=True)
class Listed:
    """Be an entry of the roster, its number in normal form."""

    name: str
    number: str
    role: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Be a stretch of a text that differs from the other one, or does not."""

    text: str
    differs: bool


type Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Say how somebody compares, with the nearest entry and what differs in each text.

    `apart` counts the characters of the name, or the digits of the number, that differ.
    """

    kind: Kind
    listed: Listed | None = None
    names: tuple[Pieces, Pieces] | None = None
    numbers: tuple[Pieces, Pieces] | None = None
    apart: int = 0


def compare(
    name: str, number: str, entries: Sequence[Listed], *, has_roster: bool = True
) -> Comparison:
    """Return how name and number compare with the entries that share one of them."""
    if not has_roster:
        return Comparison(Kind.NO_ROSTER)
    same_number = next((entry for entry in entries if entry.number == number), None)
    if same_number:
        return _by_name(name, same_number)
    namesakes = [entry for entry in entries if entry.name == name]
    nearest = min(namesakes, key=lambda entry: digits_apart(number, entry.number), default=None)
    if nearest and digits_apart(number, nearest.number) <= DIGITS_MOST:
        apart = digits_apart(number, nearest.number)
        return Comparison(Kind.NEAR, nearest, numbers=numbers(number, nearest.number), apart=apart)
    return Comparison(Kind.NONE)


def _by_name(name: str, entry: Listed) -> Comparison:
    if entry.name == name:
        return Comparison(Kind.MATCH, entry)
    ours, theirs = names(name, entry.name)
    apart = max(_differing(ours), _differing(theirs))
    return Comparison(Kind.NEAR, entry, names=(ours, theirs), apart=apart)


def names(one: str, other: str) -> tuple[Pieces, Pieces]:
    """Return both names in pieces: what they begin and end with alike, and what is between."""
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    return _cut(one, head, tail), _cut(other, head, tail)


def numbers(one: str, other: str) -> tuple[Pieces, Pieces]:
    """Return both numbers in pieces, masked but for the digits that differ."""
    if len(one) != len(other):
        return (
            (Piece(masking.document_number(one), differs=True),),
            (Piece(masking.document_number(other), differs=True),),
        )
    return _seen(one, other), _seen(other, one)


def digits_apart(one: str, other: str) -> int:
    """Return how many digits differ; numbers of unequal length differ in all."""
    if len(one) != len(other):
        return max(len(one), len(other))
    return sum(1 for ours, theirs in zip(one, other, strict=True) if ours != theirs)


def _common(one: str, other: str) -> int:
    """Return how many characters both texts begin with alike."""
    length = 0
    for ours, theirs in zip(one, other, strict=False):
        if ours != theirs:
            break
        length += 1
    return length


def _cut(text: str, head: int, tail: int) -> Pieces:
    end = len(text) - tail
    parts = ((text[:head], False), (text[head:end], True), (text[end:], False))
    return tuple(Piece(part, differs) for part, differs in parts if part)


def _differing(pieces: Pieces) -> int:
    return sum(len(piece.text) for piece in pieces if piece.differs)


def _seen(ours: str, theirs: str) -> Pieces:
    masked = masking.document_number(ours)
    pieces: list[Piece] = []
    for own, other, cover in zip(ours, theirs, masked, strict=True):
        differs = own != other
        shown = own if differs else cover
        if pieces and pieces[-1].differs == differs:
            pieces[-1] = Piece(pieces[-1].text + shown, differs)
        else:
            pieces.append(Piece(shown, differs))
    return tuple(pieces)
