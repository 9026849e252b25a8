"""Lay the program out as it is packed: the client, its libraries, its icon, the county's file."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from desktop import place

ROOT = Path(__file__).resolve().parents[2]
ICON = ROOT / "yanxiu" / "web" / "static" / "art" / "site-icon.svg"
# Where the interpreter puts the folder of a script, whatever folder somebody is in.
START = "import sys\n\nfrom desktop.app import main\n\nsys.exit(main())\n"


@dataclass(frozen=True)
class Stage:
    """Hold where everything lies."""

    root: Path

    @property
    def program(self) -> Path:
        """Return the folder with the client and `start.py`."""
        return self.root / "program"

    @property
    def file(self) -> Path:
        """Return the county's file."""
        return self.root / place.FILE


def prepare(root: Path, address: str, name: str, also: str = "") -> Stage:
    """Copy the client and write the county's file; an address that is none stops it."""
    stage = Stage(root)
    left_out = shutil.ignore_patterns(
        "tests", "packaging", "__pycache__", "*.md", "*.toml", "*.ini"
    )
    shutil.copytree(ROOT / "desktop", stage.program / "desktop", ignore=left_out)
    (stage.program / "start.py").write_text(START, encoding="utf-8")
    said = configparser.ConfigParser(interpolation=None)
    said["platform"] = {"address": address, "name": name, "also": also, "downloads": ""}
    with stage.file.open("w", encoding="utf-8") as file:
        file.write(_comments())
        said.write(file)
    place.read([stage.file])
    return stage


def libraries(goal: Path, lock: str, python: str = sys.executable) -> None:
    """Put the libraries of a lock into a folder, each checked against its hash."""
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", python]
    locked = ["--require-hashes", "--requirement", str(ROOT / "requirements" / lock)]
    subprocess.run([*uv, "--target", str(goal), *locked], check=True)


def _comments() -> str:
    """Return what the file of the repository says above its values."""
    written = (ROOT / "desktop" / place.FILE).read_text(encoding="utf-8")
    return written.partition("[platform]")[0]
