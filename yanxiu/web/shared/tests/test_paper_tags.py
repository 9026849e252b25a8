"""Check the seal and the code that the certificate on the screen bears."""

import re

import zxingcpp
from PIL import Image, ImageDraw

from yanxiu.web.shared.templatetags import papers

ADDRESS = "https://yanxiu.example.cn/verify/q3H0pYt8Tn2ZxkQ1mVb7Ag/"


def test_the_code_on_the_screen_leads_to_the_verification() -> None:
    drawn = papers.qr(ADDRESS)
    picture = Image.new("L", (8 * int(str(drawn["width"])),) * 2, "white")
    pen = ImageDraw.Draw(picture)
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1", str(drawn["modules"])):
        left, top = 16 + 8 * int(x), 16 + 8 * int(y)
        pen.rectangle((left, top, left + 8 * int(run) - 1, top + 7), "black")
    [code] = zxingcpp.read_barcodes(picture)
    assert code.text == ADDRESS


def test_a_long_name_keeps_to_the_upper_arc_of_the_seal_and_a_short_one_to_its_middle() -> None:
    for name in ("青禾省教育厅", "克孜勒苏柯尔克孜自治州教育局教师工作办公室", "厅", ""):
        letters = papers.seal(name)["letters"]
        assert isinstance(letters, list)
        assert "".join(letter for letter, _turn in letters) == name
        turns = [turn for _letter, turn in letters]
        assert turns == sorted(turns)
        assert all(abs(turn) <= 102 for turn in turns)
        assert abs(sum(turns)) < 1
