"""Write across a picture what it is for, so that it serves nobody for anything else."""

import io
import math
from functools import cache

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

from yanxiu.foundation.pictures import QUALITY, Picture

# Lines a picture's height, how dark they are of 255, and by how much they rise.
LINES, INK, ANGLE = 9, 105, 24
_SMALLEST_PX = 12


def put(picture: Picture, text: str) -> Picture:
    """Return the picture with the text all over it, dark and light by turns: seen on any ground."""
    with Image.open(io.BytesIO(picture.jpeg)) as found:
        plain = found.convert("RGBA")
    marked = Image.alpha_composite(plain, _veil(plain.size, text)).convert("RGB")
    kept = io.BytesIO()
    marked.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return Picture(kept.getvalue(), marked.width, marked.height)


def _veil(size: tuple[int, int], text: str) -> Image.Image:
    width, height = size
    side = math.ceil(math.hypot(width, height))
    step = max(_SMALLEST_PX * 2, min(size) // LINES)
    font = _font(max(_SMALLEST_PX, step // 2))
    veil = Image.new("RGBA", (side, side))
    pen = ImageDraw.Draw(veil)
    apart = max(1, int(font.getlength(text)) + step)
    for line, top in enumerate(range(0, side, step)):
        shade = (0, 0, 0, INK) if line % 2 else (255, 255, 255, INK)
        for left in range(-(line % 3) * apart // 3, side, apart):
            pen.text((left, top), text, font=font, fill=shade)
    turned = veil.rotate(ANGLE)
    left, top = (side - width) // 2, (side - height) // 2
    return turned.crop((left, top, left + width, top + height))


@cache
def _font(size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), size_px)
