"""Check that locks follow pyproject.toml and that nothing is committed which must not be."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LARGEST_BYTES = 1_000_000

PIN = re.compile(r"^(\S+)==(\S+)[^\n]*\\\n    --hash=", re.MULTILINE)
# A lock that names a registry's host would send every reader there.
HOST = re.compile(
    r"https?://[^\s\"')]*(?:registry|pypi|npmjs|pythonhosted|mirror)[^\s\"')]*", re.IGNORECASE
)
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}")


def complaints() -> list[str]:
    """Return every complaint in a sentence; none means clean."""
    files = [ROOT / name for name in _tracked() if (ROOT / name).is_file()]
    return [*_locks(), *_npm_lock(), *(said for path in files for said in _file(path))]


def _tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return listed.stdout.splitlines()


def _locks() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run, groups = project["project"]["dependencies"], project["dependency-groups"]
    locks = groups | {"run": run, "dev": [*run, *groups["dev"]]}
    pinned = {name: _pinned(ROOT / "requirements" / f"{name}.txt") for name in locks}
    said = [
        f"requirements/{name}.txt has no {wanted}"
        for name, requirements in locks.items()
        for wanted in map(Requirement, requirements)
        if not _has(pinned[name], wanted)
    ]
    if not pinned["run"].items() <= pinned["dev"].items():
        said.append("requirements/run.txt and requirements/dev.txt pin different versions")
    return said


def _has(pinned: dict[str, str], wanted: Requirement) -> bool:
    version = pinned.get(canonicalize_name(wanted.name))
    return version is not None and wanted.specifier.contains(version, prereleases=True)


def _pinned(lock: Path) -> dict[str, str]:
    """Return the version of each package in a lock; one without a hash does not count."""
    return {canonicalize_name(name): version for name, version in PIN.findall(lock.read_text())}


def _npm_lock() -> list[str]:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    named = [name for name, package in lock["packages"].items() if "resolved" in package]
    return [f"package-lock.json names an address for {name}" for name in named]


def _file(path: Path) -> list[str]:
    name = path.relative_to(ROOT)
    if path.stat().st_size > LARGEST_BYTES:
        return [f"{name} is larger than a megabyte"]
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return []
    said = [f"{name} names a registry: {found[0]}" for found in HOST.finditer(text)]
    return [*said, *(f"{name} holds a secret" for _ in SECRET.finditer(text))]


if __name__ == "__main__":
    sys.exit("\n".join(complaints()) or 0)
