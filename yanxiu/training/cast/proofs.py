"""Draw the photo that an invented teacher hands in: a specimen of a card, and nobody's."""

import io

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

from yanxiu.training.cast.names import Invented

SIZE = (1200, 760)
PAPER, EDGE, INK, FAINT = "#f4efe4", "#b9ab8d", "#22303a", "#d8ccb4"


def card(who: Invented) -> bytes:
    """Return a picture of a card with this name and number, as a JPEG."""
    picture = Image.new("RGB", SIZE, "#6b6f70")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((60, 60, SIZE[0] - 60, SIZE[1] - 60), 36, fill=PAPER, outline=EDGE)
    pen.text((330, 300), "样张 · 仅供演示", font=_font(90), fill=FAINT)
    pen.text((140, 150), f"姓名  {who.name}", font=_font(64), fill=INK)
    pen.text((140, 520), "证件号码", font=_font(36), fill=INK)
    pen.text((140, 580), who.number, font=_font(60), fill=INK)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), size)
