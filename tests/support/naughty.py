"""Hold texts that have broken forms before, and a strategy for texts nobody has thought of."""

from hypothesis import strategies as st

TEXTS = (
    *("", " ", "\t\r\n", "\0", "a\0b", "\u200b", "\ufeff", "\ufffd", "\u202e反", "NULL", "null"),
    *("undefined", "NaN", "-1", "0", "1e309", "9" * 5000, "一" * 5000, "١٢٣٤٥٦", "１２３４５６"),
    *("<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{7*7}}", "{% now 'Y' %}"),
    *("%s%n%d", "%(name)s", "%", "_", "\\", "' OR 1=1 --", "1;DROP TABLE people_account", "$(id)"),
    *("../../etc/passwd", "C:\\x", "=HYPERLINK(1)", "＝1+1", "@x", "javascript:1", "//e.com"),
    *("张三", "𬱖", "㼆", "👩🏽‍🏫", "Ω≈ç√", "ﷺ", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢", "\U0010ffff", "ﬀ", "ı", "ß"),
    *("00000000-0000-0000-0000-000000000000", "2" * 64, "01a2-", "true", "on", "[]", '{"a":1}'),
)

texts = st.sampled_from(TEXTS) | st.text(st.characters(codec="utf-8"), max_size=80)
