"""Turn what a cell holds into text, and find the text that cannot be trusted."""

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from yanxiu.foundation.sheets import safety
from yanxiu.foundation.sheets.lines import Flaw

# Excel keeps 15 digits of a number and turns the rest into zeros.
# Source: Microsoft, "Excel specifications and limits".
EXACT_MOST = Decimal(10) ** 15
DAYS_MOST = 2_958_465  # 9999-12-31

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a serial number has no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - likewise
# How a sheet writes a character that XML cannot hold. Source: ECMA-376 part 1, 22.9.2.19.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SHORTENED = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]{2,3}")
_UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
# Numbers of formats that show days. Source: ECMA-376 part 1, 18.8.30, with the Chinese ones.
_DAYS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])


def text(written: str) -> tuple[str, Flaw | None]:
    """Return a text cell as it is meant, without blanks around it or what guards a formula."""
    kept = written.strip()
    if (kept.isdigit() or kept.isalpha()) and len(kept) <= safety.CELL_MOST:
        return kept, None
    kept = safety.restored(_UNSEEN.sub("\ufffd", kept))
    if len(kept) > safety.CELL_MOST:
        return kept[:100], Flaw.TOO_LONG
    return kept, Flaw.LOST_DIGITS if _SHORTENED.fullmatch(kept) else None


def number(written: str) -> tuple[str, Flaw | None]:
    """Return a number as a person would type it; what has lost digits is no number any more."""
    try:
        value = Decimal(written.strip())
    except InvalidOperation:
        return written.strip()[:100], Flaw.FAILED
    if not value.is_finite() or abs(value) >= EXACT_MOST:
        return written.strip()[:100], Flaw.LOST_DIGITS
    # A broken number is kept as the nearest of 64 bits: 1.1 as 1.1000000000000001.
    return f"{Decimal(f'{value:.15g}').normalize():f}" if value else "0", None


def day(written: str, *, since_1904: bool) -> tuple[str, Flaw | None]:
    """Return a serial number as its day, with the time where it has one."""
    try:
        days = float(written)
    except ValueError:
        return written.strip()[:100], Flaw.FAILED
    if not 0 <= days <= DAYS_MOST:
        return number(written)
    moment = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(seconds=round(days * 86_400))
    is_midnight = not (moment.hour or moment.minute or moment.second)
    return (moment.date().isoformat() if is_midnight else moment.isoformat(sep=" ")), None


def shows_days(number: int, code: str) -> bool:
    """Tell whether a number format shows its number as a day."""
    if code:
        plain = _QUOTED.sub("", code.lower())
        return "general" not in plain and any(sign in plain for sign in ("y", "d", "h", "m:s"))
    return number in _DAYS
