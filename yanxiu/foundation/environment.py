"""Read settings from the environment and fail loudly when one is missing or wrong."""

import os
import secrets
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
