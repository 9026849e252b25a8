import io
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
import typst
from PIL import Image

from yanxiu.foundation import paper

AT = datetime(2025, 9, 15, tzinfo=UTC)
MARKUP = [
    '<img src="file:///etc/passwd">',
    '<font color="[]">',
    "{{7*7}}",
    '#read("/etc/passwd")',
    "*bold* _soft_ $x^2$ = heading",
    "\\ // /* `code` @label <label> ~",
    '", "name": "other',
]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    source = tmp_path / "letter.typ"
    source.write_text(
        '#set document(title: "信")\n#set text(font: "Noto Serif SC", lang: "zh")\n'
        "#set page(width: 300mm, height: 100mm)\n#json(bytes(sys.inputs.facts)).name",
    )
    return source


def _text(pdf: bytes) -> str:
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_a_paper_says_its_facts(template: Path) -> None:
    pdf = paper.render(template, paper.Sheet({"name": "张晓梅"}), at=AT)
    assert _text(pdf) == "张晓梅"


def test_the_same_facts_give_the_same_bytes(template: Path) -> None:
    first, second = (
        paper.render(template, paper.Sheet({"name": "张晓梅"}), at=AT) for _ in range(2)
    )
    assert first == second


def test_a_paper_says_when_it_was_made(template: Path) -> None:
    made = pypdf.PdfReader(
        io.BytesIO(paper.render(template, paper.Sheet({"name": "张"}), at=AT))
    ).metadata
    assert made is not None
    assert made.creation_date == AT


def test_a_paper_declares_the_standards_it_keeps(template: Path) -> None:
    pdf = paper.render(template, paper.Sheet({"name": "张"}), at=AT)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


@pytest.mark.parametrize("name", MARKUP)
def test_markup_in_a_fact_stays_literal_text(template: Path, name: str) -> None:
    pdf = paper.render(template, paper.Sheet({"name": name}), at=AT)
    assert _text(pdf).replace(" ", "") == name.replace(" ", "")
    assert not pypdf.PdfReader(io.BytesIO(pdf)).attachments


@pytest.mark.parametrize("name", ["𬱖", "㼆", "阿卜杜拉·买买提", "𬭎𬸣"])
def test_rare_characters_are_printed(template: Path, name: str) -> None:
    assert paper.lacks_glyphs(name) == ""
    assert _text(paper.render(template, paper.Sheet({"name": name}), at=AT)) == name


def test_a_character_no_font_can_show_is_named() -> None:
    assert paper.lacks_glyphs("张\U00050000三\U00050000") == "\U00050000"


def test_a_paper_is_not_set_with_a_hole_in_it(template: Path) -> None:
    with pytest.raises(paper.Unprintable) as refused:
        paper.render(template, paper.Sheet({"name": "张\U00050000"}), at=AT)
    assert refused.value.characters == "\U00050000"


def test_a_broken_template_is_not_taken_for_a_missing_glyph(tmp_path: Path) -> None:
    template = tmp_path / "broken.typ"
    template.write_text("#nothing-of-that-name")
    with pytest.raises(typst.TypstError):
        paper.render(template, paper.Sheet({"name": "张"}), at=AT)


def test_the_page_can_be_had_as_a_picture(template: Path) -> None:
    with Image.open(
        io.BytesIO(paper.page_image(template, paper.Sheet({"name": "张"}), ppi=72))
    ) as picture:
        assert picture.size == (850, 283)


def test_a_drawing_can_be_shown_by_other_papers(tmp_path: Path) -> None:
    (tmp_path / "line.typ").write_text("#set page(width: 9mm, height: 9mm)\n#line()")
    (tmp_path / "page.typ").write_text(
        '#set document(title: "线")\n#set text(lang: "zh")\n'
        '#image(bytes(sys.inputs.line), format: "svg", alt: "线")',
    )
    drawn = paper.drawing(tmp_path / "line.typ")
    assert drawn.startswith("<svg")
    assert paper.render(tmp_path / "page.typ", paper.Sheet({}, {"line": drawn}), at=AT).startswith(
        b"%PDF"
    )
