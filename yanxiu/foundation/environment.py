"""Read settings from the environment and fail loudly when one is missing or wrong."""

import os
import secrets
from datetime import date, time
from pathlib import Path


class Misconfigured(Exception):
    """Say which setting is wrong and what it should be."""


def text(name: str, default: str | None = None) -> str:
    """Return the variable's text; without a default a missing one is an error."""
    value = os.environ.get(name, default)
    if value is None:
        msg = f"{name} must be set"
        raise Misconfigured(msg)
    return value


def number(name: str, default: int) -> int:
    """Return the variable as a whole number."""
    value = os.environ.get(name, str(default))
    if not value.isascii() or not value.isdigit():
        msg = f"{name} must be a whole number, not {value!r}"
        raise Misconfigured(msg)
    return int(value)


def switch(name: str, *, default: bool) -> bool:
    """Return the variable as yes or no: 1 and 0, nothing else."""
    value = os.environ.get(name, "1" if default else "0")
    if value not in {"0", "1"}:
        msg = f"{name} must be 1 or 0, not {value!r}"
        raise Misconfigured(msg)
    return value == "1"


def days(name: str) -> frozenset[date]:
    """Return the variable as days, written 2026-10-01 and apart by commas; none when it is not set.

    Raises `Misconfigured` where one of them is no day.
    """
    value = os.environ.get(name, "")
    try:
        return frozenset(map(date.fromisoformat, filter(None, value.replace(" ", "").split(","))))
    except ValueError as error:
        msg = f"{name} must be days like 2026-10-01, apart by commas, not {value!r}"
        raise Misconfigured(msg) from error


def hours(name: str, default: str) -> tuple[time, time]:
    """Return the variable as a stretch of a day, such as 8:30-17:00."""
    value = os.environ.get(name, default)
    try:
        begin, end = (_time(part) for part in value.split("-"))
    except ValueError as error:
        msg = f"{name} must be like 8:30-17:00, not {value!r}"
        raise Misconfigured(msg) from error
    return begin, end


def numbers(name: str, default: str) -> list[int]:
    """Return the variable as whole numbers apart by commas, the largest first."""
    value = os.environ.get(name, default)
    parts = value.replace(" ", "").split(",")
    if not all(part.isascii() and part.isdigit() for part in parts):
        msg = f"{name} must be whole numbers apart by commas, not {value!r}"
        raise Misconfigured(msg)
    return sorted(map(int, parts), reverse=True)


def var() -> Path:
    """Return the folder where this copy keeps its files: YANXIU_VAR, by default ./var."""
    return Path(os.environ.get("YANXIU_VAR", "var")).resolve()


def secret() -> bytes:
    """Return the installation's secret: YANXIU_SECRET, or one made once and kept in var/secret.

    A place with several machines sets the variable; all of them must agree.
    """
    given = os.environ.get("YANXIU_SECRET")
    if given:
        return given.encode()
    kept = var() / "secret"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        _keep(kept)
    return kept.read_bytes()


def _time(text: str) -> time:
    hour, minute = map(int, text.split(":"))
    return time(hour, minute)


def _keep(path: Path) -> None:
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_urlsafe(48))
    try:
        # A link fails when the name exists: of two processes that start at once one wins.
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
