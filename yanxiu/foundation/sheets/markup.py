"""Walk the parts of an XLSX as streams of elements, in blocks, without a document type.

A part of a million elements costs no more memory than one of ten.
"""

from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from yanxiu.foundation.sheets import archives, cells
from yanxiu.foundation.sheets.lines import Unreadable, Why

BLOCK = 256 * 1024

type Start = Callable[[str, dict[str, str]], None]
type End = Callable[[str], None]


class Words:
    """Gather the text between elements that hold some; phonetic hints are none of it."""

    parser: expat.XMLParserType

    def __init__(self) -> None:
        """Hold nothing."""
        self._held: list[str] = []
        self._hint = False

    def start(self, kind: str, _: object = None) -> None:
        """Listen, where this element holds text."""
        if kind == "rPh":
            self._hint = True
        elif not self._hint and kind in {"v", "t"}:
            self.parser.CharacterDataHandler = self._held.append

    def end(self, kind: str) -> None:
        """Stop listening."""
        if kind == "rPh":
            self._hint = False
        elif kind in {"v", "t"}:
            self.parser.CharacterDataHandler = None

    def taken(self) -> str:
        """Return what was held, and hold nothing again."""
        text = "".join(self._held)
        self._held.clear()
        return text


def unescaped(text: str) -> str:
    """Return a text with its escapes undone: _x000D_ is a line's end."""
    if "_x" not in text:
        return text
    return cells.ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def parser_of(start: Start, end: End | None = None) -> expat.XMLParserType:
    """Return a parser that knows elements by their local names and takes no document type."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def begin(name: str, named: dict[str, str]) -> None:
        """Look whether this document writes prefixes: most do not, and need no second look."""
        if ":" in name:
            parser.StartElementHandler = lambda name, named: start(name.rpartition(":")[2], named)
            parser.EndElementHandler = lambda name: end and end(name.rpartition(":")[2])
        else:
            parser.StartElementHandler = start
            parser.EndElementHandler = end
        parser.StartElementHandler(name, named)

    def refuse(*_: object) -> None:
        raise Unreadable(Why.MARKUP)

    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def walk(part: IO[bytes], start: Start) -> None:
    """Tell `start` of every element of a part."""
    feed(parser_of(start), part)


def feed(parser: expat.XMLParserType, part: IO[bytes]) -> None:
    """Hand a whole part to its parser."""
    for _ in blocks(parser, part):
        pass


def blocks(parser: expat.XMLParserType, part: IO[bytes]) -> Iterator[None]:
    """Hand a part to its parser block by block, and stop behind each."""
    try:
        with part:
            while block := part.read(BLOCK):
                parser.Parse(block, False)  # noqa: FBT003 - expat takes no keyword
                yield
            parser.Parse(b"", True)  # noqa: FBT003 - likewise
            yield
    except expat.ExpatError as error:
        raise Unreadable(Why.BROKEN) from error
    except archives.BROKEN as error:
        raise Unreadable(Why.BROKEN) from error
