"""Draw the pictures of the demonstration videos: a title card beside a dial that keeps moving."""

import math
import re
from dataclasses import dataclass
from functools import cache, cached_property

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

type Colour = tuple[int, int, int]

DEEP: Colour = (15, 52, 79)
AZURITE: Colour = (28, 93, 134)
PAPER: Colour = (247, 245, 240)
CINNABAR: Colour = (185, 58, 43)
MIST: Colour = (166, 196, 216)

# Drawn larger and made smaller: Pillow does not smooth lines.
_SCALE = 2
_TURN_S = 10
_PAUSE = re.compile(r"(?<=[：，、》])(?=.)")


@dataclass(frozen=True)
class Scene:
    """Hold what one video shows; sizes are shares of the height: all renditions look alike."""

    title: str
    subtitle: str
    width: int
    height: int
    length_s: int

    def frame(self, at_s: float) -> Image.Image:
        """Return the picture at a moment: dial, clock and progress have moved on."""
        picture = self.card.copy()
        box, corner = _dial_box(self.width, self.height)
        steps = round(at_s % _TURN_S * 100)
        picture.paste(_dial(box, self.height, steps), corner)
        self._draw_progress(ImageDraw.Draw(picture), at_s)
        return picture

    def still(self, second: int) -> Image.Image:
        """Return the picture of a long lesson: the card and a dial that turns once a minute."""
        picture = self.card.copy()
        box, corner = _dial_box(self.width, self.height)
        picture.paste(_dial(box, self.height, second % 60 * _TURN_S * 100 // 60), corner)
        return picture

    @cached_property
    def card(self) -> Image.Image:
        """Return what does not move."""
        large = _ground(self.width * _SCALE, self.height * _SCALE).copy()
        draw = ImageDraw.Draw(large)
        unit = self.height * _SCALE / 100
        left, room = 8 * unit, self.width * _SCALE * 0.5
        draw.rounded_rectangle(
            (left, 11 * unit, left + 7 * unit, 18 * unit), unit * 1.4, fill=CINNABAR
        )
        draw.text((left + 3.5 * unit, 14.4 * unit), "研", PAPER, _serif(4.8 * unit), anchor="mm")
        draw.text((left + 9.5 * unit, 14.5 * unit), "教师研修", MIST, _sans(4 * unit), anchor="lm")
        lines, font = _set_title(self.title, room, unit)
        top = 46 * unit - (len(lines) - 1) * font.size * 0.7
        for place, line in enumerate(lines):
            draw.text((left, top + place * font.size * 1.4), line, PAPER, font, anchor="lm")
        below = top + (len(lines) - 1) * font.size * 1.4 + font.size * 0.75 + 4.5 * unit
        draw.text((left, below), self.subtitle, MIST, _sans(4 * unit), anchor="lm")
        return large.resize((self.width, self.height), Image.Resampling.LANCZOS)

    def _draw_progress(self, draw: ImageDraw.ImageDraw, at_s: float) -> None:
        unit = self.height / 100
        left, right, y = 8 * unit, self.width - 8 * unit, 86 * unit
        done = left + (right - left) * min(1.0, at_s / self.length_s)
        draw.line((left, y, right, y), fill=(58, 114, 150), width=max(2, round(unit * 0.7)))
        draw.line((left, y, done, y), fill=PAPER, width=max(2, round(unit * 0.7)))
        clock = f"{_clock(at_s)} / {_clock(self.length_s)}"
        draw.text((left, y + 5 * unit), clock, MIST, _sans(3.4 * unit), anchor="lm")


def _clock(at_s: float) -> str:
    return f"{int(at_s) // 60:02d}:{int(at_s) % 60:02d}"


def _set_title(title: str, room: float, unit: float) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """Return the title in as few lines as it needs, in the largest size that allows them."""
    for count, sizes in ((1, (10, 9)), (2, (10, 9, 8, 7)), (3, (8, 7, 6))):
        lines = _broken(title, count)
        for size in sizes:
            font = _serif(size * unit)
            if max(map(font.getlength, lines), default=0) <= room:
                return lines, font
    return lines, font


def _broken(title: str, count: int) -> list[str]:
    """Return at most `count` lines, broken behind a punctuation mark, or else evenly."""
    part = _PAUSE.split(title, maxsplit=1)
    if count > 1 and len(part) > 1:
        return [part[0], *_broken(part[1], count - 1)]
    step = max(1, math.ceil(len(title) / count))
    return [title[at : at + step] for at in range(0, len(title), step)]


@cache
def _ground(width: int, height: int) -> Image.Image:
    """Return the azurite gradient, falling from the upper left."""
    small = Image.new("RGB", (64, 36))
    for x in range(64):
        for y in range(36):
            share = (x / 63 + y / 35) / 2
            mixed = [round(a + (b - a) * share) for a, b in zip(AZURITE, DEEP, strict=True)]
            small.putpixel((x, y), (mixed[0], mixed[1], mixed[2]))
    return small.resize((width, height), Image.Resampling.BICUBIC)


def _dial_box(width: int, height: int) -> tuple[tuple[int, int, int, int], tuple[int, int]]:
    radius = round(height * 0.28)
    middle = (round(width * 0.775), round(height * 0.46))
    corner = (middle[0] - radius, middle[1] - radius)
    return (*corner, corner[0] + 2 * radius, corner[1] + 2 * radius), corner


@cache
def _dial(box: tuple[int, int, int, int], height: int, step: int) -> Image.Image:
    """Return the dial with its hand, for one of the thousand steps of a turn."""
    large = _face(box, height).copy()
    draw = ImageDraw.Draw(large)
    middle = large.width / 2
    angle = 2 * math.pi * step / (_TURN_S * 100)
    reach = middle * 0.80
    tip = (middle + reach * math.sin(angle), middle - reach * math.cos(angle))
    draw.line((middle, middle, *tip), fill=PAPER, width=round(middle * 0.02))
    for x, y, r, colour in ((*tip, 0.045, CINNABAR), (middle, middle, 0.035, PAPER)):
        draw.circle((x, y), middle * r, fill=colour)
    return large.resize((large.width // _SCALE,) * 2, Image.Resampling.LANCZOS)


@cache
def _face(box: tuple[int, int, int, int], height: int) -> Image.Image:
    """Return the dial's ground: petals of fine lines and ten marks, as on the certificate."""
    width = round(height * 16 / 9)
    ground = _ground(width * _SCALE, height * _SCALE).crop(
        (_SCALE * box[0], _SCALE * box[1], _SCALE * box[2], _SCALE * box[3])
    )
    draw = ImageDraw.Draw(ground)
    middle = ground.width / 2
    for ring in range(9):
        for side in (ring, -ring):
            draw.line(_petals(middle, 0.30 + 0.035 * ring, side / 9), fill=(62, 122, 160), width=1)
    for mark in range(10):
        angle = 2 * math.pi * mark / 10
        points = [
            middle + middle * reach * part
            for reach in (0.90, 0.97)
            for part in (math.sin(angle), -math.cos(angle))
        ]
        draw.line(points, fill=MIST, width=max(2, round(middle * 0.016)))
    return ground


def _petals(middle: float, radius: float, turn: float) -> list[float]:
    lobes, depth = 10, 0.09
    points: list[float] = []
    for place in range(361):
        angle = math.radians(place)
        r = middle * (radius + depth * math.cos(lobes * angle + 2 * math.pi * turn))
        points += [middle + r * math.cos(angle), middle + r * math.sin(angle)]
    return points


@cache
def _serif(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.serif_path()), size)


@cache
def _sans(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), size)
