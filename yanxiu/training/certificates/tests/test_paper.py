import io
from dataclasses import replace
from datetime import date

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import ImageChops

from yanxiu.training.certificates import paper, refusals

FACTS = paper.Facts(
    holder_name="张晓梅",
    document_kind="居民身份证",
    document_number="110105198903078884",
    training_title="2025年暑期教师研修",
    enrolled_on=date(2025, 7, 21),
    completed_on=date(2025, 9, 3),
    courses=(
        ("大力弘扬教育家精神", "2.00"),
        ("数字素养提升", "2.00"),
        ("科学素养提升", "1.00"),
        ("心理健康教育能力提升", "2.00"),
        ("学科教学能力提升", "3.00"),
    ),
    hours_text="10.00",
    school_name="青禾县第一小学",
    number="2025SQ-0001-2345-679",
    check_code="K7QM-3R8D",
    verify_url="https://yanxiu.example.cn/verify/q3H0pYt8Tn2ZxkQ1mVb7Ag/",
    edition=1,
    authority="青禾省教育厅",
    issued_on=date(2025, 9, 15),
)
LONGEST = replace(
    FACTS,
    holder_name="阿卜杜热合曼·买买提明·吾布力喀斯木·艾则孜·托合提尼亚孜𬱖㼆",
    document_kind="港澳居民来往内地通行证",
    training_title="全国中小学幼儿园教师国家级培训计划中西部骨干项目" * 3,
    courses=tuple(
        (f"中小学人工智能教育与信息科技课程教学能力之{n}", "1.50") for n in "一二三四五六七八九"
    ),
    school_name="克孜勒苏柯尔克孜自治州阿克陶县塔尔塔吉克民族乡九年一贯制寄宿制双语实验学校",
    authority="克孜勒苏柯尔克孜自治州教育局教师工作办公室",
)


def _reader(facts: paper.Facts) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(paper.draw(facts)))


def _text(facts: paper.Facts) -> str:
    return "".join(_reader(facts).pages[0].extract_text().split())


def test_the_certificate_says_everything_it_should() -> None:
    said = _text(FACTS)
    for fact in (
        "结业证书",
        "张晓梅",
        "居民身份证110105198903078884",
        "任教学校青禾县第一小学",
        "于2025年7月21日至2025年9月3日参加2025年暑期教师研修",
        "认定10.00学时，准予结业",
        "心理健康教育能力提升2.00学时",
        "证书编号2025SQ-0001-2345-679",
        "校验码K7QM-3R8D",
        "本证书为第1版",
        "青禾省教育厅2025年9月15日",
    ):
        assert fact in said


def test_the_certificate_tells_programs_what_it_is() -> None:
    reader = _reader(FACTS)
    assert reader.metadata is not None
    assert reader.metadata.title == "结业证书 2025SQ-0001-2345-679"
    assert reader.metadata.author == "青禾省教育厅"
    assert str(reader.root_object["/Lang"]) == "zh-CN"


def test_the_same_facts_give_the_same_bytes() -> None:
    assert paper.draw(FACTS) == paper.draw(FACTS)


def test_other_facts_give_another_paper() -> None:
    assert paper.draw(FACTS) != paper.draw(replace(FACTS, edition=2))


@pytest.mark.parametrize("facts", [FACTS, LONGEST], ids=["usual", "longest"])
def test_the_code_on_the_page_leads_to_the_verification(facts: paper.Facts) -> None:
    page = pypdfium2.PdfDocument(paper.draw(facts))[0]
    found = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    assert [code.text for code in found] == [facts.verify_url]


def _red(facts: paper.Facts) -> tuple[int, int, int, int]:
    """Return the box around all cinnabar in the lower right of the page, in tenths of a mm."""
    sheet = pypdfium2.PdfDocument(paper.draw(facts))[0].render(scale=254 / 72).to_pil()
    right = sheet.convert("RGB").crop((1900, 1400, 2730, 1870))
    reds, greens, _blues = right.split()
    found = ImageChops.subtract(reds, greens).point(lambda value: 255 * (value > 70)).getbbox()
    assert found
    return found


@pytest.mark.parametrize("facts", [FACTS, LONGEST], ids=["usual", "longest"])
def test_the_seal_is_whole_and_round(facts: paper.Facts) -> None:
    left, top, right, bottom = _red(facts)
    assert 350 <= right - left <= 372
    assert abs((right - left) - (bottom - top)) <= 3


def test_a_later_edition_says_that_the_earlier_ones_are_void() -> None:
    assert "此前各版已作废" not in _text(FACTS)
    assert "本证书为第2版，此前各版已作废；" in _text(replace(FACTS, edition=2))


def test_the_longest_facts_stay_on_one_landscape_page() -> None:
    reader = _reader(LONGEST)
    assert len(reader.pages) == 1
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height
    said = _text(LONGEST)
    for fact in (LONGEST.holder_name, LONGEST.training_title, LONGEST.school_name):
        assert fact in said


@pytest.mark.parametrize(
    "name",
    [
        '<imgsrc="file:///secret">',
        '<fontcolor="[...]">',
        "{{7*7}}",
        '#read("/etc/passwd")',
        "*a*$b$",
    ],
)
def test_markup_in_a_name_is_printed_as_it_stands(name: str) -> None:
    assert name in _text(replace(FACTS, holder_name=name, school_name=name))


def test_a_certificate_is_not_drawn_with_a_hole_in_the_name() -> None:
    with pytest.raises(refusals.Unprintable, match="unprintable"):
        paper.draw(replace(FACTS, holder_name="张\U00050000"))


def test_a_certificate_without_courses_is_still_a_certificate() -> None:
    assert "结业证书" in _text(replace(FACTS, courses=()))


def test_the_page_can_be_had_as_a_picture() -> None:
    assert paper.picture(FACTS, ppi=36).startswith(b"\x89PNG")
