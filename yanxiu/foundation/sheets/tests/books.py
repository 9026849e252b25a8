"""Make sheets as people hand them in: by a program, or by hand where no program would."""

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'

type Write = Callable[[xlsxwriter.Workbook, Worksheet], None]


def file(content: bytes | str, encoding: str = "utf-8") -> IO[bytes]:
    """Return an open file with this content, in memory."""
    return io.BytesIO(content if isinstance(content, bytes) else content.encode(encoding))


@contextmanager
def on_disk(made: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give the same content as a real file, which a child can be handed."""
    made.seek(0)
    with tempfile.TemporaryFile() as opened:
        opened.write(made.read())
        opened.flush()
        yield opened


def book(write: Write, **options: object) -> IO[bytes]:
    """Return what a program saves."""
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True, **options}) as made:
        write(made, made.add_worksheet())
    return file(saved.getvalue())


def rows(*cells: Sequence[object]) -> IO[bytes]:
    """Return a book with these rows."""

    def write(_: xlsxwriter.Workbook, page: Worksheet) -> None:
        for number, row in enumerate(cells):
            page.write_row(number, 0, row)

    return book(write)


def relationships(**goals: str) -> str:
    """Return the part that leads from one part to others."""
    links = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{name.rstrip("0123456789")}" Target="{goal}"/>'
        for name, goal in goals.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'


def parts(sheet: str, **more: str) -> dict[str, str | bytes]:
    """Return the parts of a small book around the XML of its sheet's rows."""
    names = {"worksheet1": "worksheets/sheet1.xml"} | {
        each: f"{each}.xml" for each in ("styles", "sharedStrings") if f"xl/{each}.xml" in more
    }
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="worksheet1"/></sheets></workbook>'
    )
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relationships(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": relationships(**names),
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
        ),
        **more,
    }


def zipped(made: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> IO[bytes]:
    """Return an archive of these parts."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", method) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return file(saved.getvalue())


def cell(place: str, text: str) -> str:
    """Return a cell that holds its text itself."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
