"""Know which desktop clients can be downloaded: what `desktop.packaging` has written of them."""

import logging
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from yanxiu.foundation import media, versions
from yanxiu.foundation.versions import Version

log = logging.getLogger(__name__)

# Beside the files themselves, so that one copied folder publishes a version.
FOLDER, FILE = "clients", "releases.json"

type Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
type Name = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$")]


class Package(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold one file to install: for which system, how large in bytes, and its checksum."""

    system: Literal["windows", "macos", "linux"]
    name: Name
    size: Annotated[int, msgspec.Meta(gt=0)]
    sha256: Sha256

    @property
    def address(self) -> str:
        """Return where it is downloaded."""
        return media.address(f"{FOLDER}/{self.name}")


class Release(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold the version that is given out, with its files."""

    version: str
    packages: tuple[Package, ...]

    def is_newer_than(self, other: Version) -> bool:
        """Tell whether whoever has the other version may want this one."""
        return other < versions.read(self.version)


def newest() -> Release | None:
    """Return what can be downloaded; None where this place gives out no client."""
    path = media.root() / FOLDER / FILE
    try:
        written = path.stat()
    except OSError:
        return None
    return _read(path, written.st_mtime_ns, written.st_size)


@cache
def _read(path: Path, written_ns: int, size: int) -> Release | None:
    """Read it again whenever it was written; what makes no sense is an alarm and no release."""
    del written_ns, size
    try:
        release = msgspec.json.decode(path.read_bytes(), type=Release)
        versions.read(release.version)
    except (OSError, ValueError) as error:
        log.error("clients cannot be given out: %s: %s", path, error)  # noqa: TRY400 - no traceback: the file is wrong, not the program
        return None
    return release
