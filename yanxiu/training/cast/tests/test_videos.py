import itertools
import re
from array import array
from pathlib import Path

import av
import pytest
from PIL import Image

from yanxiu.foundation import media
from yanxiu.training.cast import reels, scenes, tones, videos

TITLE = "数字素养提升：从会用到用好"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def short(root: Path) -> videos.Made:
    return videos.make_lesson(root, title=TITLE, subtitle="示范课", length_s=12)


@pytest.fixture(scope="module")
def long(root: Path) -> videos.Made:
    return videos.make_long(root, title=TITLE, subtitle="第一节", length_s=45 * 60 + 7)


def _pieces(root: Path, rendition: videos.Rendition, kind: str) -> list[tuple[float, float, bool]]:
    """Return start and end in seconds of each piece, and whether it is a key frame."""
    with av.open(media.path(rendition["src"], under=root)) as container:
        return [
            (
                float((packet.pts or 0) * packet.time_base),
                float(((packet.pts or 0) + (packet.duration or 0)) * packet.time_base),
                packet.is_keyframe,
            )
            for packet in container.demux()
            if packet.stream.type == kind and packet.size
        ]


def test_the_length_is_exactly_the_one_asked_for(short: videos.Made, long: videos.Made) -> None:
    assert short.duration_ms == 12_000
    assert long.duration_ms == 2_707_000


def test_a_short_lesson_has_two_sizes_of_the_same_length(root: Path, short: videos.Made) -> None:
    assert [(r["width"], r["height"]) for r in short.renditions] == [(960, 540), (640, 360)]
    lengths = {reels.duration_ms(media.path(r["src"], under=root)) for r in short.renditions}
    assert lengths == {12_000}


def test_browsers_can_decode_what_is_in_the_file(root: Path, short: videos.Made) -> None:
    with av.open(media.path(short.renditions[0]["src"], under=root)) as container:
        assert [stream.codec_context.name for stream in container.streams] == ["h264", "aac"]
        assert container.streams.video[0].codec_context.pix_fmt == "yuv420p"


def test_the_index_comes_before_the_pictures(root: Path, short: videos.Made) -> None:
    content = media.path(short.renditions[0]["src"], under=root).read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_one_can_seek_to_every_second_second(root: Path, short: videos.Made) -> None:
    pieces = _pieces(root, short.renditions[0], "video")
    assert [start for start, _, is_key in pieces if is_key] == [0, 2, 4, 6, 8, 10]


def test_every_picture_of_a_short_lesson_differs_from_the_last() -> None:
    scene = scenes.Scene(TITLE, "示范课", 320, 180, 12)
    pictures = [scene.frame(place / 8).tobytes() for place in range(96)]
    assert all(one != other for one, other in itertools.pairwise(pictures))


def test_sound_reaches_the_end_and_not_beyond(root: Path, long: videos.Made) -> None:
    _, ends_s, _ = _pieces(root, long.renditions[0], "audio")[-1]
    assert 2707 - 0.2 < ends_s <= 2707


def test_a_lesson_of_school_length_is_small(root: Path, long: videos.Made) -> None:
    assert media.path(long.renditions[0]["src"], under=root).stat().st_size < 4_000_000


@pytest.mark.parametrize("which", ["short", "long"])
def test_captions_run_through_the_whole_length(
    which: str, root: Path, request: pytest.FixtureRequest
) -> None:
    made: videos.Made = request.getfixturevalue(which)
    text = media.path(made.captions[0]["src"], under=root).read_text()
    assert text.startswith("WEBVTT\n")
    times = re.findall(r"(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})", text)
    assert times[0][0] == "00:00:00.000"
    assert [end for _, end in times[:-1]] == [start for start, _ in times[1:]]
    assert times[-1][1] == ("00:00:12.000" if which == "short" else "00:45:07.000")


def test_a_title_is_text_in_captions_too(root: Path) -> None:
    made = videos.make_lesson(root, title="a<b&c>", subtitle="", length_s=2)
    assert "a&lt;b&amp;c&gt;" in media.path(made.captions[0]["src"], under=root).read_text()


def test_the_poster_is_a_jpeg(root: Path, short: videos.Made) -> None:
    with Image.open(media.path(short.poster, under=root)) as poster:
        assert (poster.format, poster.size) == ("JPEG", videos.POSTER_SIZE)


def test_what_was_made_is_not_made_again(root: Path, short: videos.Made) -> None:
    file = media.path(short.renditions[0]["src"], under=root)
    before = file.stat().st_mtime_ns
    assert videos.make_lesson(root, title=TITLE, subtitle="示范课", length_s=12) == short
    assert file.stat().st_mtime_ns == before


def test_wishes_are_answered_in_their_order(root: Path) -> None:
    wishes = [videos.Wish(TITLE, "示范课", seconds) for seconds in (3, 2, 12)]
    assert [made.duration_ms for made in videos.make(root, wishes)] == [3000, 2000, 12_000]


@pytest.mark.parametrize(
    "title", ["研", "科学素养提升", "一" * 24, "科学素养：" + "在课堂中看见孩子" * 4]
)
def test_a_title_of_any_length_is_drawn_beside_the_dial(title: str) -> None:
    card = scenes.Scene(title, "", 640, 360, 60).card
    plain = scenes.Scene("", "", 640, 360, 60).card
    assert card.crop((0, 60, 360, 300)).tobytes() != plain.crop((0, 60, 360, 300)).tobytes()


def test_a_loop_of_sound_has_no_seam() -> None:
    rate_hz = 32_000
    samples = tones.chord(1, rate_hz=rate_hz, length_s=4)
    loop = reels.sound(samples, rate_hz=rate_hz, bits_a_second=48_000)
    assert len(loop.pieces) * 1024 == len(samples)


def test_the_chime_leaves_silence_behind() -> None:
    samples = tones.chime(rate_hz=8000, length_s=4)
    assert max(samples[:8000]) > 1000
    assert samples[16_000:] == array("h", bytes(2 * 16_000))
