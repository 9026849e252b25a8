"""Show when the files of pages are laid out again: whenever one of them has changed."""

from pathlib import Path

from yanxiu.config import statics


def test_the_mark_changes_with_every_file(tmp_path: Path) -> None:
    marks = [statics.mark(tmp_path)]
    for name, text in (("a.css", "a"), ("a.css", "ab"), ("icons/b.svg", "b")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        marks.append(statics.mark(tmp_path))
    (tmp_path / "a.css").unlink()
    marks.append(statics.mark(tmp_path))
    assert len(set(marks)) == len(marks)
    assert statics.mark(tmp_path) == marks[-1]
