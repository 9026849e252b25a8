"""Take a picture that somebody hands in, and make a plain one of it: nothing is kept as it came.

Source: docs/rules/correction.md.
"""

import io
import re
import struct
from dataclasses import dataclass
from http import HTTPStatus

from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, UnidentifiedImageError
from PIL.Image import Transpose

from yanxiu.foundation.refusals import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
# Enough to read a document by; the side of what is kept, and how well it is kept.
SIDE_PX, QUALITY = 2_000, 82
KINDS = ("JPEG", "PNG")

# Our own limit is asked before anything is decoded; Pillow's would only warn.
Image.MAX_IMAGE_PIXELS = None

_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
# What a browser or a reader might take the file for instead.
_RIDERS = re.compile(
    rb"<(?:script|html|body|iframe|svg[\s>:]|!doctype)|%PDF-1|<\?php", re.IGNORECASE
)
# Damaged files fail in many ways; these are all that Pillow's two decoders raise.
_BROKEN = (
    *(UnidentifiedImageError, OSError, SyntaxError, ValueError, IndexError, EOFError),
    *(struct.error, TypeError, KeyError),
)
# How a picture is turned upright, by the way in which the camera was held.
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """Hold a picture as we keep it: a JPEG without anything but its pixels."""

    jpeg: bytes
    width: int
    height: int


class PictureRefused(Refused):
    """Be any no about a picture."""


class PictureTooLarge(PictureRefused):
    """Refuse a file of more bytes than a photo needs."""

    code = "picture_too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    sentence = _("图片不能超过 10 MB，没有上传。已填写的文字已保留，请压缩或重新拍照后再选择。")


class PictureUnreadable(PictureRefused):
    """Refuse a file that is empty or broken."""

    code = "picture_unreadable"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("图片无法读取，可能没有传完或已损坏。已填写的文字已保留，请重新选择图片。")


class PictureKind(PictureRefused):
    """Refuse what is neither JPEG nor PNG, whatever it calls itself."""

    code = "picture_kind"
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    sentence = _("仅支持 JPG、PNG 图片，没有上传。已填写的文字已保留，请换一张图片。")


class PictureRider(PictureKind):
    """Refuse a picture that carries a page, a program or a document along."""

    code = "picture_rider"
    sentence = _("这个图片文件里夹带了其他内容，没有上传。已填写的文字已保留，请直接拍照或截图。")


class PictureHuge(PictureUnreadable):
    """Refuse a picture of more pixels than we unpack."""

    code = "picture_huge"
    sentence = _("图片尺寸过大，最多 4000 万像素。已填写的文字已保留，请缩小或重新拍照后再选择。")


def taken(sent: bytes) -> Picture:
    """Return the picture in `sent`, re-encoded: turned upright, at most 2,000 pixels a side.

    Raises `PictureTooLarge`, `PictureUnreadable`, `PictureKind`, `PictureRider` or `PictureHuge`.
    """
    _check(sent)
    try:
        with Image.open(io.BytesIO(sent), formats=KINDS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise PictureHuge
            return _plain(found)
    except _BROKEN as error:
        raise PictureUnreadable from error


def _check(sent: bytes) -> None:
    """Look at the bytes alone: how many, what they begin with, what rides along."""
    if len(sent) > MOST_BYTES:
        raise PictureTooLarge
    if not sent:
        raise PictureUnreadable
    if not sent.startswith(_STARTS):
        raise PictureKind
    if _RIDERS.search(sent):
        raise PictureRider


def _plain(found: Image.Image) -> Picture:
    # A large JPEG is unpacked at the size we want; what is not a JPEG ignores this.
    found.draft("RGB", (SIDE_PX, SIDE_PX))
    turn = _TURNS.get(found.getexif().get(ExifTags.Base.Orientation, 1))
    found.thumbnail((SIDE_PX, SIDE_PX))
    plain = _on_white(found if turn is None else found.transpose(turn))
    kept = io.BytesIO()
    # Pillow would carry a comment over.
    plain.info = {}
    plain.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return Picture(kept.getvalue(), plain.width, plain.height)


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground
