"""Decide where an address opens: in the window, in the system's browser, or nowhere."""

from __future__ import annotations

from urllib.parse import urlsplit

# What the system may be asked to open; nothing that could start a program.
OUTSIDE = frozenset({"http", "https", "mailto", "tel"})
# What a page may show of itself.
OWN = frozenset({"about", "blob", "data"})


def is_inside(address: str, hosts: frozenset[str]) -> bool:
    """Tell whether the window shows it itself."""
    parts = urlsplit(address)
    if parts.scheme in OWN:
        return True
    return parts.scheme in {"http", "https"} and parts.netloc.lower() in hosts


def is_outside(address: str) -> bool:
    """Tell whether the system's own programs may open it."""
    return urlsplit(address).scheme in OUTSIDE
