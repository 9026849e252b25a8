"""Set a paper from a template and facts: PDF/A-2a and PDF/UA-1, the same bytes for the same facts.

Facts reach the template as JSON and are only ever shown as text: nothing in them is markup.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

import pylopdf_fonts_zh_cn
import typst

# Then a point is a pixel.
POINTS_AN_INCH = 72
STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]

# The wheel's fonts set every paper; Debian's are asked only for characters that those lack.
_FONTS = [
    pylopdf_fonts_zh_cn.serif_path().parent,
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/truetype/hanazono"),
]
_PROBE = b"""#set document(title: "probe")
#set text(font: "Noto Serif SC", lang: "zh", region: "cn")
#sys.inputs.text"""
_shown: set[str] = set()


class Unprintable(Exception):
    """Tell which characters no font on this machine can show."""

    def __init__(self, characters: str) -> None:
        """Keep the characters."""
        super().__init__(characters)
        self.characters = characters


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold what is set: facts, which are only ever text, and drawings of ours as SVG, by name."""

    facts: Mapping[str, object]
    drawings: Mapping[str, str] = field(default_factory=dict)

    @property
    def inputs(self) -> dict[str, str]:
        """Return both as a template reads them."""
        return {"facts": json.dumps(self.facts, ensure_ascii=False), **self.drawings}


def render(template: Path, sheet: Sheet, *, at: datetime) -> bytes:
    """Return the PDF; `at` is the instant it says it was made.

    Raise `Unprintable` when a fact holds a character that no font can show.
    """
    inputs = sheet.inputs
    try:
        return _set(template, "pdf", inputs, timestamp=int(at.timestamp()))
    except typst.TypstError as error:
        missing = lacks_glyphs(inputs["facts"])
        if missing:
            raise Unprintable(missing) from error
        raise


def page_image(template: Path, sheet: Sheet, *, ppi: int = 144) -> bytes:
    """Return the first page as a PNG of `ppi` pixels an inch."""
    return _set(template, "png", sheet.inputs, ppi=ppi)


def drawing(template: Path, facts: Mapping[str, object] | None = None) -> str:
    """Return what a template draws, as SVG that other templates can show."""
    return _set(template, "svg", Sheet(facts or {}).inputs).decode()


def lacks_glyphs(text: str) -> str:
    """Return the characters of `text` that no font can show, each once; usually the empty string.

    The typesetter itself is asked, because its standards forbid a missing glyph; once for each
    character in the life of a process.
    """
    unknown = "".join(character for character in dict.fromkeys(text) if character not in _shown)
    if not unknown or _shows(unknown):
        _shown.update(unknown)
        return ""
    return "".join(character for character in unknown if not _shows(character))


def _shows(text: str) -> bool:
    try:
        _set(_PROBE, "pdf", {"text": text}, timestamp=0)
    except typst.TypstError:
        return False
    return True


def picture(svg: str, *, size: int) -> bytes:
    """Return a square drawing as a PNG of so many pixels on each side."""
    page = f"#set page(width: {size}pt, height: {size}pt, margin: 0pt)\n"
    source = f'{page}#image(bytes(sys.inputs.at("svg")), format: "svg", width: 100%)'
    return _set(source.encode(), "png", {"svg": svg}, ppi=POINTS_AN_INCH)


def _set(
    source: Path | bytes,
    kind: Literal["pdf", "png", "svg"],
    inputs: dict[str, str],
    *,
    timestamp: int | None = None,
    ppi: int | None = None,
) -> bytes:
    made: bytes | list[bytes] = typst.compile(
        source,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format=kind,
        ppi=ppi,
        sys_inputs=inputs,
        pdf_standards=STANDARDS if kind == "pdf" else [],
        timestamp=timestamp,
    )
    return made if isinstance(made, bytes) else made[0]


@cache
def _fonts() -> typst.Fonts:
    folders = [str(folder) for folder in _FONTS if folder.is_dir()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
