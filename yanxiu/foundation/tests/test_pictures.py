"""Show that of a picture handed in only its pixels are kept, and what is none gets its sentence."""

import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from yanxiu.foundation import pictures
from yanxiu.foundation.pictures import (
    PictureHuge,
    PictureKind,
    PictureRefused,
    PictureRider,
    PictureTooLarge,
    PictureUnreadable,
)

SECRET = b"taken at home"


def encoded(kind: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> bytes:
    told: dict[str, Any] = {}
    if kind == "JPEG":
        notes = Image.Exif()
        # Turned by a quarter, and a note as a camera leaves it.
        notes[0x0112], notes[0x010E] = 6, SECRET.decode()
        told = {"exif": notes, "comment": SECRET}
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **told)
    return out.getvalue()


def header(width: int, height: int) -> bytes:
    """Return a PNG that says it is so large, and holds nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    told = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", told), chunk(b"IDAT", zlib.compress(bytes(9))), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


WHOLE = {kind: encoded(kind) for kind in ("JPEG", "PNG")}


def opened(picture: pictures.Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.jpeg), formats=["JPEG"])


def test_only_the_pixels_are_kept_and_they_stand_upright() -> None:
    sent = encoded(size=(3000, 1000))
    assert SECRET in sent
    kept = pictures.taken(sent)
    assert SECRET not in kept.jpeg
    assert opened(kept).size == (kept.width, kept.height) == (667, 2000)
    assert not opened(kept).getexif()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "LA", "1", "I;16"])
def test_any_kind_of_png_becomes_a_plain_jpeg(mode: str) -> None:
    kept = pictures.taken(encoded("PNG", mode))
    assert (opened(kept).mode, opened(kept).size) == ("RGB", (60, 40))


def test_what_can_be_seen_through_stands_on_white() -> None:
    assert opened(pictures.taken(encoded("PNG", "RGBA"))).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("sent", "refused"),
    [
        (b"", PictureUnreadable),
        (WHOLE["JPEG"][:200], PictureUnreadable),
        (WHOLE["PNG"][:-30], PictureUnreadable),
        (header(0, 0), PictureUnreadable),
        (header(100, 100), PictureUnreadable),
        (header(50_000, 50_000), PictureHuge),
        (header(40_000_001, 1), PictureHuge),
        (encoded("GIF", "P"), PictureKind),
        (encoded("WEBP"), PictureKind),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', PictureKind),
        (b"<html></html>", PictureKind),
        (b"%PDF-1.7", PictureKind),
        (WHOLE["JPEG"] + b"<script>alert(1)</script>", PictureRider),
        (WHOLE["PNG"] + b"<!DocType html>", PictureRider),
        (WHOLE["JPEG"] + b"%PDF-1.4", PictureRider),
        (WHOLE["JPEG"] + bytes(pictures.MOST_BYTES), PictureTooLarge),
    ],
)
def test_what_is_no_picture_of_ours_is_told_why(sent: bytes, refused: type[PictureRefused]) -> None:
    with pytest.raises(refused) as caught:
        pictures.taken(sent)
    assert type(caught.value) is refused
    assert "文字已保留" in caught.value.message


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 255)), min_size=1, max_size=9),
)
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_whatever_is_broken_in_a_picture_is_told_in_a_sentence(
    kind: str, slips: list[tuple[int, int]]
) -> None:
    sent = bytearray(WHOLE[kind])
    for place, byte in slips:
        sent[place % len(sent)] = byte
    try:
        assert opened(pictures.taken(bytes(sent))).mode == "RGB"
    except PictureRefused as refused:
        assert refused.message.endswith("。")  # noqa: PT017 - it may be refused, or be taken
