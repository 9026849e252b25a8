"""Write what was packed for the platform, which hands it out: version, sizes, checksums."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from desktop import VERSION

FILE = "releases.json"
SYSTEMS = {"Linux": "linux", "Windows": "windows", "Darwin": "macos"}


def write(out: Path, package: Path, system: str) -> None:
    """Add a package; those of other systems stay if they are of the same version."""
    path = out / FILE
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    others = kept.get("packages", []) if kept.get("version") == VERSION else []
    content = package.read_bytes()
    packed = {
        "system": SYSTEMS[system],
        "name": package.name,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    packages = [each for each in others if each["system"] != packed["system"]]
    said = {"version": VERSION, "packages": [*packages, packed]}
    path.write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
