"""Publish desktop clients that nobody has built, in a folder of a test's own."""

import json
from pathlib import Path

import pytest

from yanxiu.foundation import media

SUM = "0123456789abcdef" * 4


def publish(monkeypatch: pytest.MonkeyPatch, folder: Path, *, version: str, **said: object) -> Path:
    """Publish a version of three files, or what is said instead; return where it is written."""
    monkeypatch.setattr(media, "root", lambda: folder)
    packages = [
        {"system": system, "name": f"yanxiu-{version}{end}", "size": 2_400_000, "sha256": SUM}
        for system, end in (("linux", ".deb"), ("windows", ".exe"), ("macos", ".dmg"))
    ]
    path = folder / "clients" / "releases.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"version": version, "packages": packages} | said))
    return path
