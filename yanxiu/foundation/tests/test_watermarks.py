"""Show that a picture bears its purpose all over, and nothing of what it came with."""

import io

from PIL import Image, ImageChops

from yanxiu.foundation import pictures, watermarks

TEXT = "仅限于中小学智慧教育平台账号换绑使用"


def photo(colour: str, size: tuple[int, int] = (900, 1200)) -> bytes:
    """Return a photo with the place where it was taken."""
    picture, out = Image.new("RGB", size, colour), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F], exif[0x8825] = "A camera", {1: "N", 2: (30.0, 15.0, 0.0)}
    picture.save(out, "JPEG", exif=exif, quality=90)
    return out.getvalue()


def test_every_ninth_of_it_is_marked_on_any_ground() -> None:
    for colour in ("white", "black", "#6b6f70", "#c08a66"):
        plain = pictures.taken(photo(colour))
        marked = watermarks.put(plain, TEXT)
        assert (marked.width, marked.height) == (plain.width, plain.height)
        before, after = (Image.open(io.BytesIO(each.jpeg)) for each in (plain, marked))
        differs = ImageChops.difference(before, after).convert("L")
        wide, high = plain.width // 3, plain.height // 3
        for left in range(3):
            for top in range(3):
                box = (left * wide, top * high, (left + 1) * wide, (top + 1) * high)
                assert max(differs.crop(box).tobytes()) > 40, (colour, left, top)


def test_nothing_of_what_it_came_with_is_left() -> None:
    sent = photo("white")
    assert Image.open(io.BytesIO(sent)).getexif()
    kept = Image.open(io.BytesIO(watermarks.put(pictures.taken(sent), TEXT).jpeg))
    assert not kept.getexif()
    assert b"camera" not in watermarks.put(pictures.taken(sent), TEXT).jpeg


def test_small_and_long_pictures_are_marked_too() -> None:
    for size in ((30, 30), (1_900, 60), (60, 1_900)):
        assert watermarks.put(pictures.taken(photo("white", size)), TEXT).jpeg
