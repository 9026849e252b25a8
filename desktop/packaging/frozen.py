"""Freeze the client with its Python, where the system has none: for Windows and for macOS.

Each is packed on its own system; `desktop/README.md` says what has to be there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from desktop import VERSION
from desktop.packaging import staging
from desktop.packaging.staging import Stage

HERE = Path(__file__).parent
LOCK = "desktop-package.txt"
NAME = "Yanxiu"
# Who signs, as the systems' own tools name them; unset, nothing is signed and each system warns.
WINDOWS_SIGNER, MACOS_SIGNER = "YANXIU_SIGN_SHA1", "YANXIU_SIGN_IDENTITY"


def pack_windows(stage: Stage, out: Path) -> Path:
    """Return an installer for everybody on the machine, made by Inno Setup."""
    program = _freeze(stage)
    package = out / f"yanxiu-desktop-{VERSION}.exe"
    told = {"Version": VERSION, "Program": program, "File": stage.file, "Out": out}
    defines = [f"/D{name}={value}" for name, value in told.items()]
    subprocess.run(["iscc", "/Q", *defines, str(HERE / "windows.iss")], check=True)
    if os.environ.get(WINDOWS_SIGNER):
        key = ["/sha1", os.environ[WINDOWS_SIGNER], "/fd", "sha256", "/td", "sha256"]
        subprocess.run(["signtool", "sign", *key, str(package)], check=True)
    return package


def pack_macos(stage: Stage, out: Path) -> Path:
    """Return a disk image with the application; the county's file stands inside it."""
    application = _freeze(stage).with_suffix(".app")
    shutil.copyfile(stage.file, application / "Contents" / "MacOS" / stage.file.name)
    signer = os.environ.get(MACOS_SIGNER)
    if signer:
        sign = ["codesign", "--deep", "--force", "--options", "runtime", "--sign", signer]
        subprocess.run([*sign, str(application)], check=True)
    package = out / f"yanxiu-desktop-{VERSION}.dmg"
    image = ["hdiutil", "create", "-ov", "-volname", NAME, "-srcfolder", str(application)]
    subprocess.run([*image, str(package)], check=True)
    return package


def _freeze(stage: Stage) -> Path:
    """Return the folder of the frozen program, named without its system's ending."""
    libraries = stage.root / "libraries"
    staging.libraries(libraries, LOCK)
    paths = os.pathsep.join(map(str, (stage.program, libraries)))
    where = ["--distpath", str(stage.root / "dist"), "--workpath", str(stage.root / "work")]
    how = ["--noconfirm", "--clean", "--windowed", "--name", NAME, "--specpath", str(stage.root)]
    picture = ["--icon", str(_icon(stage))]
    # What no import leads to.
    frame = f"{stage.program / 'desktop' / 'frame.html'}{os.pathsep}desktop"
    hidden = ["--collect-all", "webview", "--add-data", frame]
    freeze = [sys.executable, "-m", "PyInstaller", *where, *how, *picture, *hidden]
    start = str(stage.program / "start.py")
    environment = {**os.environ, "PYTHONPATH": paths}
    subprocess.run([*freeze, start], check=True, env=environment)
    return stage.root / "dist" / NAME


def _icon(stage: Stage) -> Path:
    """Return the icon as a picture; PyInstaller turns it into each system's own kind."""
    from yanxiu.foundation import paper  # noqa: PLC0415 - only whoever packs has the platform

    drawn = stage.root / "icon.png"
    drawn.write_bytes(paper.picture(staging.ICON.read_text(encoding="utf-8"), size=512))
    return drawn
