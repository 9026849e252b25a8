"""Open an XLSX as a workbook: where its first sheet is, and what that sheet's cells refer to."""

import posixpath
import zipfile
from array import array
from dataclasses import dataclass, field

from yanxiu.foundation.sheets import archives, cells, markup
from yanxiu.foundation.sheets.lines import Unreadable, Why

_CONTENT_TYPES = "[Content_Types].xml"
_HIDDEN = ("hidden", "veryHidden")
# What carries programs: those of Visual Basic, and the older ones that lie in sheets of their own.
_MACROS = ("vbaproject.bin", "/macrosheets/")


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


def opened(archive: zipfile.ZipFile) -> Book:
    """Return the workbook; raise `Unreadable` where the archive is none, or carries programs."""
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
        markup.walk(archives.part(archive, path), start)
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

    markup.walk(archives.part(archive, main), start)
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

    markup.walk(archives.part(archive, path), start)


def _read_texts(archive: zipfile.ZipFile, path: str, book: Book) -> None:
    words = markup.Words()

    def end(kind: str) -> None:
        words.end(kind)
        if kind == "si":
            book.texts.add(markup.unescaped(words.taken()))

    words.parser = markup.parser_of(words.start, end)
    markup.feed(words.parser, archives.part(archive, path))
