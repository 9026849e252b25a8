"""Check that locks follow pyproject.toml and that nothing is committed which must not be."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LARGEST_BYTES = 1_000_000

# A lock must hold a version of every direct dependency; a registry's host belongs nowhere.
NAME = re.compile(r"^[A-Za-z0-9._-]+")
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
    run = project["project"]["dependencies"]
    groups = {"run": run, "dev": [*run, *project["dependency-groups"]["dev"]]}
    said = []
    for lock, wanted in groups.items():
        text = (ROOT / "requirements" / f"{lock}.txt").read_text()
        locked = {_plain(line) for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)}
        missing = [each for each in wanted if _plain(each) not in locked]
        said += [f"requirements/{lock}.txt lacks {each}" for each in missing]
        if "--hash=" not in text:
            said.append(f"requirements/{lock}.txt has no hashes")
    return said


def _plain(requirement: str) -> str:
    found = NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


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
    found = complaints()
    print(*found, sep="\n")  # noqa: T201 - this is a command
    sys.exit(bool(found))
