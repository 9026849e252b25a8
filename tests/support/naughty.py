"""Hold texts that have broken forms before, and a strategy for texts nobody has thought of."""

from hypothesis import strategies as st

# What would be read as something else stands alone; what only has to survive stands together.
TEXTS = (
    *("", " ", "\t\r\n", "\0", "a\0b", "\u200b\ufeff\ufffd\u202e反", "NULL", "NaN", "-1", "0"),
    *("1e309", "9" * 5000, "一" * 5000, "١٢٣٤٥٦", "１２３４５６", "%", "_", "\\", "true", "[]"),
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}{% now 'Y' %}%s%n%d%(name)s",
    *("' OR 1=1 --", "../../etc/passwd", "=HYPERLINK(1)", "javascript:1", "//e.com", '{"a":1}'),
    *("张三", "𬱖㼆👩🏽‍🏫Ω≈ç√ﷺZ͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢\U0010ffffﬀıß", "2" * 64, "01a2-"),
    "00000000-0000-0000-0000-000000000000",
)

texts = st.sampled_from(TEXTS) | st.text(st.characters(codec="utf-8"), max_size=80)
