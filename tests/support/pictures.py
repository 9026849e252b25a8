"""Draw the pictures of docs/ from the program's own: `python -m tests.support.pictures`."""

import re
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from tests.support.sources import ROOT
from yanxiu.training.learning.allowance import Terms
from yanxiu.web.shared import law_picture

WATCHING = ROOT / "docs" / "pictures" / "watching.svg"
STYLES = ROOT / "yanxiu" / "web" / "static" / "css"
HOUR_MS = 3_600_000
# The season of 2025, as docs/rules/allowance.md tells it.
TERMS = Terms(
    rulebook_version=1,
    max_rate_milli=2_000,
    beat_every_s=30,
    closes_at_ms=1_759_248_000_000,
    late_ms=72 * HOUR_MS,
    open_for_ms=2 * HOUR_MS,
    offline_allowance_ms=4 * HOUR_MS,
    tolerance_ms=2_000,
    grace_ms=10_000,
)


def watching() -> str:
    """Return the picture of the law, in English, with the colours of light and dark inside."""
    with translation.override("en"):
        told = {"picture": law_picture.draw(TERMS)}
        drawn = render_to_string("components/law_picture.html", told)
    style = f"<style>{_colours()}{_rules()}text{{font-family:sans-serif}}</style>"
    opening = '<svg xmlns="http://www.w3.org/2000/svg" class="law"'
    body = drawn.strip().replace('<svg class="law"', opening, 1)
    return re.sub(r"\s*\n\s*", "\n", body.replace("<defs>", f"{style}\n<defs>", 1)) + "\n"


def _rules() -> str:
    sheet = (STYLES / "watching.css").read_text()
    found = re.findall(r"^  (\.law-(?:\w+|band\.law-even) {[^}]*})$", sheet, re.MULTILINE)
    return "".join(each for each in found if "fill:" in each)


def _colours() -> str:
    """Return the tokens that the picture uses, as they are by day and by night."""
    used = set(re.findall(r"var\((--[\w-]+)\)", _rules()))
    day, night = (STYLES / "tokens.css").read_text().split("prefers-color-scheme: dark", 1)
    light, dark = (_named(text, used) for text in (day, night))
    return f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"


def _named(sheet: str, used: set[str]) -> str:
    found = re.findall(r"(--[\w-]+): (#\w+);", sheet)
    return "".join(f"{name}:{value};" for name, value in dict(found[::-1]).items() if name in used)


if __name__ == "__main__":
    import django

    django.setup()
    Path(WATCHING).write_text(watching())
