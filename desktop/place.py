"""Read the one file that a county's IT person writes: where the platform is, and its name."""

from __future__ import annotations

import configparser
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

FILE = "client.ini"
# For whoever starts the client with another file than the machine's.
NAMED_BY = "YANXIU_DESKTOP_CONFIG"


class Misconfigured(Exception):
    """Say what the file lacks; its text stands in the window."""


@dataclass(frozen=True)
class Place:
    """Hold what the file says."""

    address: str
    name: str = "智慧研修"
    # Hosts besides the address's own that open inside: other platforms and the portal.
    also: tuple[str, ...] = ()
    # Where downloads go; None leaves it to the person.
    downloads: Path | None = None

    @property
    def hosts(self) -> frozenset[str]:
        """Return the hosts that open in the window; all others open in the system's browser."""
        return frozenset({str(urlsplit(self.address).netloc).lower(), *self.also})


def candidates(system: str, environment: dict[str, str]) -> list[Path]:
    """Return where the file may lie, the first that is there counts."""
    beside = Path(sys.argv[0] or ".").resolve().parent / FILE
    machine = {
        "Windows": Path(environment.get("PROGRAMDATA", r"C:\ProgramData")) / "Yanxiu" / FILE,
        "Darwin": Path("/Library/Application Support/Yanxiu") / FILE,
    }.get(system, Path("/etc/yanxiu-desktop") / FILE)
    named = environment.get(NAMED_BY)
    return [*([Path(named)] if named else []), machine, beside, Path(__file__).with_name(FILE)]


def read(paths: list[Path]) -> Place:
    """Return what the first file says that is there; raise `Misconfigured` when none will do."""
    path = next((each for each in paths if each.is_file()), None)
    if path is None:
        raise Misconfigured(str(paths[0]))
    file = configparser.ConfigParser(interpolation=None)
    try:
        file.read_string(path.read_text(encoding="utf-8-sig"))
        said = dict(file["platform"])
    except (configparser.Error, KeyError, UnicodeDecodeError) as error:
        raise Misconfigured(str(path)) from error
    address = said.get("address", "").rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Misconfigured(str(path))
    also = tuple(host.strip().lower() for host in said.get("also", "").split(",") if host.strip())
    downloads = os.path.expandvars(said.get("downloads", ""))
    return Place(
        address=address,
        name=said.get("name") or Place.name,
        also=also,
        downloads=Path(downloads).expanduser() if downloads else None,
    )


def profile(system: str, environment: dict[str, str]) -> Path:
    """Return the folder in which this person's sign-in and settings are kept."""
    home = Path.home()
    if system == "Windows":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData/Local") / "Yanxiu"
    if system == "Darwin":
        return home / "Library/Application Support/Yanxiu"
    return Path(environment.get("XDG_DATA_HOME") or home / ".local/share") / "yanxiu-desktop"
