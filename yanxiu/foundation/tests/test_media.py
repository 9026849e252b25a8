from pathlib import Path

import pytest

from yanxiu.foundation import media

KEY = "lessons/5f2c/small.mp4"


def test_what_was_put_under_a_key_is_found_there(tmp_path: Path) -> None:
    media.put(KEY, b"video", under=tmp_path)
    assert media.path(KEY, under=tmp_path).read_bytes() == b"video"
    assert media.size(KEY, under=tmp_path) == len(b"video")


def test_where_nothing_lies_there_are_no_bytes(tmp_path: Path) -> None:
    assert media.size(KEY, under=tmp_path) == 0


def test_nothing_but_the_content_is_left_behind(tmp_path: Path) -> None:
    media.put(KEY, b"video", under=tmp_path)
    media.put(KEY, b"other", under=tmp_path)
    assert [found.name for found in tmp_path.rglob("*") if found.is_file()] == ["small.mp4"]


def test_a_writing_that_fails_leaves_the_old_content(tmp_path: Path) -> None:
    def break_off() -> None:
        with media.writing(KEY, under=tmp_path) as draft:
            draft.write_bytes(b"half")
            raise ZeroDivisionError

    media.put(KEY, b"old", under=tmp_path)
    with pytest.raises(ZeroDivisionError):
        break_off()
    assert media.path(KEY, under=tmp_path).read_bytes() == b"old"
    assert len(list(tmp_path.rglob("*.mp4"))) == 1


def test_files_lie_in_the_folder_of_this_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YANXIU_VAR", str(tmp_path))
    assert media.root() == tmp_path / "media"
    assert media.path(KEY) == tmp_path / "media" / "lessons" / "5f2c" / "small.mp4"


def test_a_browser_finds_it_below_media() -> None:
    assert media.address(KEY) == "/media/lessons/5f2c/small.mp4"


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/etc/passwd",
        "../secret",
        "a/../../secret",
        "a/./b",
        ".hidden",
        "a/.hidden",
        "a//b",
        "a/",
        "a\\b",
        "C:x",
        "a\0.jpg",
        "a b",
        "..%2f",
        "证书",
        "a\n",
        "x" * 201,
    ],
)
def test_a_key_that_leads_elsewhere_is_refused(key: str) -> None:
    with pytest.raises(media.Unsafe):
        media.path(key)
    with pytest.raises(media.Unsafe):
        media.address(key)
