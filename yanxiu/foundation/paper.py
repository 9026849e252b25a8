"""Set a paper from a template and facts: PDF/A-2a and PDF/UA-1, the same bytes for the same facts.

Facts reach the template as JSON and are only ever shown as text: nothing in them is markup.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

import pylopdf_fonts_zh_cn
import typst

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


class Unprintable(Exception):
    """Tell which characters no font on this machine can show."""

    def __init__(self, characters: str) -> None:
        """Keep the characters."""
        super().__init__(characters)
        self.characters = characters


def render(template: Path, facts: Mapping[str, object], *, at: datetime) -> bytes:
    """Return the PDF; `at` is the instant it says it was made.

    Raise `Unprintable` when a fact holds a character that no font can show.
    """
    inputs = {"facts": json.dumps(facts, ensure_ascii=False)}
    try:
        return _set(template, "pdf", inputs, timestamp=int(at.timestamp()))
    except typst.TypstError as error:
        missing = lacks_glyphs(inputs["facts"])
        if missing:
            raise Unprintable(missing) from error
        raise


def page_image(template: Path, facts: Mapping[str, object], *, ppi: int = 144) -> bytes:
    """Return the first page as a PNG of `ppi` pixels an inch."""
    inputs = {"facts": json.dumps(facts, ensure_ascii=False)}
    return _set(template, "png", inputs, ppi=ppi)


def drawing(template: Path) -> str:
    """Return what a template without facts draws, as SVG that other templates can show."""
    return _set(template, "svg", {}).decode()


def lacks_glyphs(text: str) -> str:
    """Return the characters of `text` that no font can show, each once; usually the empty string.

    The typesetter itself is asked, because its standards forbid a missing glyph.
    """
    if _shows(text):
        return ""
    return "".join(character for character in dict.fromkeys(text) if not _shows(character))


def _shows(text: str) -> bool:
    try:
        _set(_PROBE, "pdf", {"text": text}, timestamp=0)
    except typst.TypstError:
        return False
    return True


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
