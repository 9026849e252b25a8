"""Pack the client: `python -m desktop.packaging --address https://… --name …`."""

from __future__ import annotations

import argparse
import platform
import tempfile
from pathlib import Path

from desktop.packaging import debian, frozen, releases, staging

ROOT = Path(__file__).resolve().parents[2]
PACKERS = {"Linux": debian.pack, "Windows": frozen.pack_windows, "Darwin": frozen.pack_macos}


def main() -> None:
    """Read the command line, pack, and write `releases.json` beside the package."""
    asked = _arguments()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="yanxiu-desktop-") as folder:
        stage = staging.prepare(Path(folder), asked.address, asked.name, asked.also)
        package = PACKERS[platform.system()](stage, asked.out)
    releases.write(asked.out, package, platform.system())
    print(package)


def _arguments() -> argparse.Namespace:
    read = argparse.ArgumentParser(prog="python -m desktop.packaging", description=__doc__)
    read.add_argument("--address", required=True, help="where everybody reaches the platform")
    read.add_argument("--name", default="智慧研修", help="what stands in the window's title")
    read.add_argument("--also", default="", help="hosts besides, comma between")
    read.add_argument("--out", type=Path, default=ROOT / "dist" / "clients")
    return read.parse_args()


main()
