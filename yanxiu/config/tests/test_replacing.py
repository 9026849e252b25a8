"""Operators replace a video, or rules, by one command that says whom it touches and asks first."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support import season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.config import replacing, ruling
from yanxiu.foundation import media
from yanxiu.foundation.environment import Misconfigured
from yanxiu.training.cast import seasons, videos, watching
from yanxiu.training.catalogue.models import MediaVersion, Recording
from yanxiu.training.learning.models import Coverage


@pytest.fixture
def scene(own_database: Scratch) -> Scene:
    season.publish()
    return season.scene()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    made = videos.make_lesson(tmp_path, title="新片", subtitle="更换片头", length_s=18)
    return tmp_path / made.renditions[-1]["src"]


def replaced(recording: str, *files: Path, kept: Sequence[str], is_sure: bool) -> str:
    return replacing.replace(
        recording, files, kept=kept, is_same=False, why="片头更换", is_sure=is_sure
    )


def test_it_counts_asks_and_only_then_shows_the_new_video(
    scene: Scene,
    film: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    item = scene.outline.courses[0].lessons[0]
    teacher = scene.teacher()
    begun_at = scene.call.ago(days=1)
    watching.watch(teacher.person.id, [(item, 10_000)], scene.outline, begun_at=begun_at)
    recording = Recording.objects.get(lessons=item.id)
    kept = ["0:02-0:20@0:00"]
    monkeypatch.setattr("sys.stdin", io.StringIO("no\n"))
    assert replaced(recording.title, film, kept=kept, is_sure=False) == "nothing was changed"
    told = capsys.readouterr().out
    assert "version 2 touches 1 people" in told
    assert "1 are on the way and have no more to watch than before" in told
    assert not MediaVersion.objects.filter(version=2).exists()
    captions = film.with_name("zh.vtt")
    told = replaced(str(recording.id), film, captions, kept=kept, is_sure=True)
    assert "version 2 is shown" in told
    shown = MediaVersion.objects.get(recording=recording, version=2)
    [said] = shown.captions
    assert (said["lang"], media.size(said["src"])) == ("zh-CN", captions.stat().st_size)
    assert (shown.duration_ms, shown.kept) == (18_000, [[2_000, 20_000, 0]])
    assert media.size(shown.renditions[0]["src"]) == film.stat().st_size
    assert Coverage.objects.get(person_id=teacher.person.id).media_version == 1


def test_captions_go_with_the_film_that_they_were_made_for(scene: Scene, film: Path) -> None:
    recording = Recording.objects.get(lessons=scene.outline.courses[0].lessons[0].id)
    first = recording.media.get()
    replacing.replace(
        recording.title, [film], kept=[], is_same=True, why="画面更清楚", is_sure=True
    )
    same = MediaVersion.objects.get(recording=recording, version=2)
    assert (same.captions, same.poster) == (first.captions, first.poster)
    replaced(recording.title, film, kept=["0:00-0:09"], is_sure=True)
    assert MediaVersion.objects.get(recording=recording, version=3).captions == []


def test_what_cannot_be_is_said_in_a_line(scene: Scene, film: Path, tmp_path: Path) -> None:
    title = Recording.objects.get(lessons=scene.outline.courses[0].lessons[0].id).title
    nothing = tmp_path / "nothing.mp4"
    nothing.write_bytes(b"no video")
    (words := tmp_path / "words.vtt").write_text("你好", encoding="utf-8")
    for recording, file, kept in (
        ("没有这个视频", film, []),
        (title, nothing, []),
        (title, words, []),
        (title, film.with_name("zh.vtt"), []),
        (title, film, ["somewhere"]),
        (title, film, ["0:00-9:99:99@0:00"]),
        (title, film, ["0:00-0:20@0:00"]),
    ):
        with pytest.raises(Misconfigured):
            replaced(recording, file, kept=kept, is_sure=True)
    assert not MediaVersion.objects.filter(version=2).exists()


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("12", 12_000),
        ("0:12", 12_000),
        ("9:30.5", 570_500),
        ("1:02:03.045", 3_723_045),
        ("754.32", 754_320),
    ],
)
def test_moments_are_written_as_players_show_them(text: str, ms: int) -> None:
    assert replacing.time_ms(text) == ms


def test_rules_are_published_by_one_command_too(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    scene.finished()
    title = scene.outline.courses[0].title
    told = ruling.publish(
        seasons.DEMO,
        numbers=["required_s=30", "tolerance_ms=3000"],
        caps=[f"{title}=30"],
        required=[f"{title}=20"],
        why="上限调整",
        is_sure=True,
    )
    assert "version 2 counts from now on; 1 people keep more" in told
    assert f"{title}: 1 people have more recognised" in capsys.readouterr().out
    for slug, cap in (("nowhere", "x=1"), (seasons.DEMO, "没有=1"), (seasons.DEMO, "x")):
        with pytest.raises(Misconfigured):
            ruling.publish(slug, numbers=[], caps=[cap], required=[], why="x", is_sure=True)
