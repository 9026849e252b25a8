"""Cover what belongs to a person so that she recognises it and a stranger learns little.

Each function keeps the length, shows at most what its docstring names, and leaves a covered text
as it is.
"""

STAR = "*"
SEPARATOR = "·"

# A phone has 11 characters, a resident's number 18; what is shorter shows less.
_LONG = 14
_PHONE = 11
_SHORT = 7


def name(text: str) -> str:
    """Return the name showing its first character and its separators; one alone is covered."""
    rest = "".join(letter if letter == SEPARATOR else STAR for letter in text[1:])
    # Whoever has one letter to show has none to hide.
    return (text[:1] if STAR in rest else STAR * len(text[:1])) + rest


def document_number(text: str) -> str:
    """Return the number showing 3 + 4 characters of 14 or more, 1 + 2 of 7 or more, else none."""
    if len(text) >= _LONG:
        return _ends(text, 3, 4)
    return _ends(text, 1, 2) if len(text) >= _SHORT else STAR * len(text)


def phone(text: str) -> str:
    """Return 11 digits showing 3 + 4; any other length is covered like a document number."""
    return _ends(text, 3, 4) if len(text) == _PHONE else document_number(text)


def _ends(text: str, head: int, tail: int) -> str:
    return text[:head] + STAR * (len(text) - head - tail) + text[-tail:]
