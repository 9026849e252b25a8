"""Read the first sheet of an XLSX row by row, in as little memory as its texts need.

The parts are walked as a stream: a sheet of a million rows costs no more than one of ten. Formulas
stay visible as such, which readers that only hand out values do not offer.
"""

import posixpath
import zipfile
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from yanxiu.foundation.sheets import archives, cells, lines
from yanxiu.foundation.sheets.lines import Flaw, Row, Unreadable, Why

BLOCK = 256 * 1024

_CONTENT_TYPES = "[Content_Types].xml"
_HIDDEN = ("hidden", "veryHidden")
# What carries programs: those of Visual Basic, and the older ones that lie in sheets of their own.
_MACROS = ("vbaproject.bin", "/macrosheets/")

type Start = Callable[[str, dict[str, str]], None]
type End = Callable[[str], None]


class Texts:
    """Hold the texts that cells share, packed: a list of them would need four times the room."""

    def __init__(self) -> None:
        """Hold none."""
        self._packed, self._ends = bytearray(), array("L", [0])

    def add(self, text: str) -> None:
        """Add the next one."""
        self._packed += text.encode("utf-8", "replace")
        self._ends.append(len(self._packed))

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            raise Unreadable(Why.BROKEN)
        return self._packed[self._ends[number] : self._ends[number + 1]].decode()


@dataclass
class Book:
    """Hold what the cells of a sheet refer to."""

    sheet: str = ""
    texts: Texts = field(default_factory=Texts)
    days: list[bool] = field(default_factory=list)
    since_1904: bool = False


def rows(file: IO[bytes]) -> Iterator[Row]:
    """Return the rows that hold something; raise `Unreadable` where the file is no such book."""
    with archives.opened(file) as archive:
        book = _book(archive)
        yield from _Sheet(book).rows(archives.part(archive, book.sheet))


def _book(archive: zipfile.ZipFile) -> Book:
    names = set(archive.namelist())
    if "xl/workbook.bin" in names or _CONTENT_TYPES not in names:
        raise Unreadable(Why.NOT_A_SHEET)
    if any(sign in name.lower() for name in names for sign in _MACROS):
        raise Unreadable(Why.MACROS)
    home = _related(archive, "").get("officeDocument", {})
    main = next(iter(home.values()), "xl/workbook.xml")
    book = Book()
    related = _related(archive, main)
    _read_main(archive, main, book, related.get("worksheet", {}))
    for styles in related.get("styles", {}).values():
        _read_styles(archive, styles, book)
    for texts in related.get("sharedStrings", {}).values():
        _read_texts(archive, texts, book)
    return book


def _related(archive: zipfile.ZipFile, of: str) -> dict[str, dict[str, str]]:
    """Return the parts that a part leads to: for each kind, the ids and where they lie."""
    folder, name = posixpath.split(of)
    found: dict[str, dict[str, str]] = {}

    def start(kind: str, named: dict[str, str]) -> None:
        if kind == "Relationship" and named.get("TargetMode") != "External":
            role = named.get("Type", "").rpartition("/")[2]
            goal = posixpath.normpath(posixpath.join("/", folder, named.get("Target", "")))
            found.setdefault(role, {})[named.get("Id", "")] = goal.lstrip("/")

    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path in archive.namelist():
        _walk(archives.part(archive, path), start)
    return found


def _read_main(archive: zipfile.ZipFile, main: str, book: Book, sheets: dict[str, str]) -> None:
    """Find the first sheet that is not hidden."""

    def start(kind: str, named: dict[str, str]) -> None:
        if kind == "workbookPr":
            book.since_1904 = named.get("date1904") in {"1", "true"}
        elif kind == "sheet" and not book.sheet and named.get("state") not in _HIDDEN:
            # The attribute's prefix is free, its name is not: r:id.
            link = next((v for k, v in named.items() if k.endswith(":id")), "")
            book.sheet = sheets.get(link, "")

    _walk(archives.part(archive, main), start)
    if not book.sheet:
        raise Unreadable(Why.NOT_A_SHEET)


def _read_styles(archive: zipfile.ZipFile, path: str, book: Book) -> None:
    codes: dict[str, str] = {}
    inside = False

    def start(kind: str, named: dict[str, str]) -> None:
        nonlocal inside
        if kind == "numFmt":
            codes[named.get("numFmtId", "")] = named.get("formatCode", "")
        elif kind == "xf" and inside:
            number = named.get("numFmtId", "0")
            known = number.isascii() and number.isdigit()
            book.days.append(known and cells.shows_days(int(number[:9]), codes.get(number, "")))
        inside = kind == "cellXfs" or (inside and kind not in {"cellStyles", "dxfs"})

    _walk(archives.part(archive, path), start)


def _read_texts(archive: zipfile.ZipFile, path: str, book: Book) -> None:
    words = _Words()

    def end(kind: str) -> None:
        words.end(kind)
        if kind == "si":
            book.texts.add(_unescaped(words.taken()))

    words.parser = _parser(words.start, end)
    _feed(words.parser, archives.part(archive, path))


class _Words:
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


class _Sheet:
    """Walk a sheet's cells; what a cell holds is complete only at its end."""

    def __init__(self, book: Book) -> None:
        """Stand before the first row."""
        self.book = book
        self.ready: list[Row] = []
        self.words = _Words()
        self.parser = self.words.parser = _parser(self._start, self._end)
        self.line = self.last = self.column = 0
        self.kind = self.style = ""
        self.has_formula = False
        self.cells: dict[int, str] = {}
        self.flaws: dict[int, Flaw] = {}

    def rows(self, part: IO[bytes]) -> Iterator[Row]:
        """Return the rows that hold something, as they come."""
        for _ in _blocks(self.parser, part):
            yield from self.ready
            self.ready.clear()

    def _start(self, kind: str, named: dict[str, str]) -> None:
        if kind == "c":
            place = named.get("r", "")
            self.column = lines.place(place) if place else self.column + 1
            self.kind, self.style = named.get("t", "n"), named.get("s", "")
            self.has_formula = False
        elif kind == "row":
            self._begin(named.get("r", ""))
        elif kind == "f":
            self.has_formula = True
        elif kind == "mergeCell":
            self._merged(named.get("ref", ""))
        else:
            self.words.start(kind)

    def _end(self, kind: str) -> None:
        if kind == "c":
            self._hold()
        elif kind == "row":
            self._close()
        else:
            self.words.end(kind)

    def _begin(self, number: str) -> None:
        known = number.isascii() and number.isdigit()
        line = int(number[:9]) if known else self.line + 1
        # Rows are known by their numbers from here on: no two may share one.
        if line <= self.line:
            raise Unreadable(Why.BROKEN)
        self.line, self.column = line, -1
        self.cells, self.flaws = {}, {}

    def _hold(self) -> None:
        """Keep what the cell holds; an empty one leaves nothing."""
        text, flaw = self._meaning(self.words.taken())
        if not (text or flaw):
            return
        if not 0 <= self.column < lines.COLUMNS_MOST:
            raise Unreadable(Why.TOO_MANY_COLUMNS)
        self.cells[self.column] = text
        if flaw:
            self.flaws[self.column] = flaw

    def _meaning(self, held: str) -> tuple[str, Flaw | None]:
        if not held:
            return "", Flaw.FORMULA if self.has_formula and self.kind != "str" else None
        match self.kind:
            case "s":
                number = held.strip()
                known = number.isascii() and number.isdigit()
                return cells.text(self.book.texts[int(number[:12]) if known else -1])
            case "n":
                return self._number(held)
            case "e":
                return held[:100], Flaw.FAILED
            case "b":
                return ("TRUE" if held.strip() == "1" else "FALSE"), None
        return cells.text(_unescaped(held))

    def _number(self, held: str) -> tuple[str, Flaw | None]:
        number = int(self.style) if self.style.isascii() and self.style.isdigit() else 0
        if number < len(self.book.days) and self.book.days[number]:
            return cells.day(held, since_1904=self.book.since_1904)
        return cells.number(held)

    def _close(self) -> None:
        if not self.cells:
            return
        self.last = self.line
        width = max(self.cells) + 1
        text = [self.cells.get(place, "") for place in range(width)]
        self.ready.append(Row(self.line, text, self.flaws))

    def _merged(self, ref: str) -> None:
        """Refuse merged cells among the rows: only the first of them holds anything."""
        first = "".join(sign for sign in ref.partition(":")[0] if sign.isdigit())
        if first and int(first[:9]) <= self.last:
            raise Unreadable(Why.MERGED, ref[:20])


def _unescaped(text: str) -> str:
    """Return a text with its escapes undone: _x000D_ is a line's end."""
    if "_x" not in text:
        return text
    return cells.ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _parser(start: Start, end: End | None = None) -> expat.XMLParserType:
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


def _walk(part: IO[bytes], start: Start) -> None:
    _feed(_parser(start), part)


def _feed(parser: expat.XMLParserType, part: IO[bytes]) -> None:
    for _ in _blocks(parser, part):
        pass


def _blocks(parser: expat.XMLParserType, part: IO[bytes]) -> Iterator[None]:
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
