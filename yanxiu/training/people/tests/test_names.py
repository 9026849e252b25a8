import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.people import names
from yanxiu.training.people.names import Code, Finding


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "欧阳娜娜",
        "阿卜杜拉·买买提",
        "𬱖",
        "㼆",
        "武〇",
        "葛\U000e0100",
        "\U000323b0",
        "阿卜杜热合曼·买买提明·吾布力喀斯木·艾则孜·托合提尼亚孜",
        "John F. Kennedy",
        "Jean-Luc O’Neill",
        "Nguyễn Thị Hà",
        "アリス",
        "མཚོསྐྱིད",
    ],
)
def test_names_of_real_people_are_accepted_as_they_are(name: str) -> None:
    assert names.read(name) == names.Reading(name, None, separators_unified=False)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  张三 ", "张三"),
        ("\u3000张三\n", "张三"),
        ("张\u200b三\ufeff", "张三"),
        ("张 三", "张三"),
        ("张\u3000三", "张三"),
        ("ＪＯＨＮ　ＤＯＥ", "JOHN DOE"),
        ("John   Doe", "John Doe"),
    ],
)
def test_spaces_width_and_invisible_characters_do_not_make_another_name(
    typed: str, name: str
) -> None:
    assert names.read(typed) == names.Reading(name, None, separators_unified=False)


@pytest.mark.parametrize("dot", ["•", "・", ".", "．", "‧", "･", " · ", "··", "∙", " . "])
def test_every_dot_between_the_parts_becomes_one(dot: str) -> None:
    assert names.normalise(f"阿卜杜拉{dot}买买提") == "阿卜杜拉·买买提"


def test_a_changed_dot_is_told() -> None:
    assert names.read("阿卜杜拉•买买提").separators_unified
    assert not names.read("阿卜杜拉·买买提").separators_unified


def test_a_separator_at_either_end_is_dropped() -> None:
    assert names.normalise("·买买提•") == "买买提"


@pytest.mark.parametrize("typed", ["", "   ", "\u3000", "\u200b", "\ufeff\u200d", "·", "\n"])
def test_a_name_without_anything_in_it_is_empty(typed: str) -> None:
    assert names.read(typed).finding == Finding(Code.EMPTY)


@pytest.mark.parametrize(
    ("typed", "character"),
    [
        ("<script>alert(1)</script>", "<"),
        ("=cmd|' /C calc'!A0", "="),
        ("＝1＋1", "="),
        ("张三\n李四", "\n"),
        ("张三\t李四", "\t"),
        ("张\u202e三", "\u202e"),
        ("张\u2067三", "\u2067"),
        ("张三😀", "😀"),
        ("张三3", "3"),
        ("张三？", "?"),
        ("张三@", "@"),
        ("\u3164", "\u3164"),
        ("张\ue000", "\ue000"),
        ("\u0301张", "\u0301"),
        ("Z" + "\u0301" * 5, "\u0301"),
        ("- -", "-"),
        ("张\x7f", "\x7f"),
    ],
)
def test_the_character_that_cannot_stand_is_named(typed: str, character: str) -> None:
    assert names.read(typed).finding == Finding(Code.UNSUPPORTED, character)


@pytest.mark.parametrize("typed", ["张\ud800三", "张\0三", "张\ufffd"])
def test_broken_encoding_has_its_own_name(typed: str) -> None:
    assert names.read(typed).finding == Finding(Code.MALFORMED)


def test_a_name_has_at_most_sixty_characters() -> None:
    assert names.read("张" * 60).finding is None
    assert names.read("张" * 61).finding == Finding(Code.TOO_LONG)


@given(st.text())
def test_any_text_at_all_gets_an_answer_and_the_normal_form_is_stable(text: str) -> None:
    reading = names.read(text)
    if reading.finding is None:
        assert names.read(reading.name) == names.Reading(
            reading.name, None, separators_unified=False
        )
        assert not set(reading.name) & set('<>=&"\n\r\t\0')
