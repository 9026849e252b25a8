"""Say to the platform who asks: the handshake is in the User-Agent of every request."""

from __future__ import annotations

from desktop import VERSION

# As browsers name their systems; the platform reads no more of it than that.
SYSTEMS = {
    "Windows": "Windows NT 10.0; Win64; x64",
    "Darwin": "Macintosh; Intel Mac OS X 10_15_7",
    "Linux": "X11; Linux",
}


def text(system: str, version: str = VERSION) -> str:
    """Return the client's User-Agent; `system` is what `platform.system()` says."""
    return f"Mozilla/5.0 ({SYSTEMS.get(system, system)}) YanxiuDesktop/{version}"
