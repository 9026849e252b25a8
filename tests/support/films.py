"""Do without films: whoever runs inside the program takes this without the tests' environment."""

from collections.abc import Sequence

from yanxiu.training.cast.videos import Made, Rendition, Wish


def unfilmed(wanted: Sequence[Wish]) -> list[Made]:
    """Give every recording its length without making a video: these tests play nothing."""
    rendition = Rendition(src="films/none.mp4", type="video/mp4", width=640, height=360)
    return [
        Made(duration_ms=wish.length_s * 1000, renditions=[rendition], captions=[], poster="")
        for wish in wanted
    ]
