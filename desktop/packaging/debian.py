"""Pack a .deb that every Debian has its libraries for: 统信 UOS, 银河麒麟, Debian, Ubuntu.

WebKitGTK comes from the distribution, with its security updates: the package holds Python alone,
and so serves every kind of processor.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from desktop import VERSION
from desktop.packaging import staging
from desktop.packaging.staging import Stage

NAME = "yanxiu-desktop"
# Its GTK and WebKit belong to it; another interpreter of the machine would not find them.
PYTHON = "/usr/bin/python3"
LOCK = "desktop.txt"
# Of pywebview, what only other systems need.
NEEDLESS = ("bin", "webview/lib", "webview/platforms/android", "webview/__pyinstaller")

CONTROL = f"""\
Package: {NAME}
Version: {VERSION}
Architecture: all
Maintainer: Yanxiu <yanxiu@localhost>
Section: education
Priority: optional
Depends: python3 (>= 3.9), python3-gi, gir1.2-gtk-3.0, gir1.2-webkit2-4.1 | gir1.2-webkit2-4.0,
 gstreamer1.0-libav, gstreamer1.0-plugins-good
Recommends: xdg-utils, fonts-noto-cjk
Description: desktop client of the Yanxiu training platform
 Shows the platform in a window of its own; signed in once, it stays so.
"""
LAUNCHER = f"""\
#!/bin/sh
exec {PYTHON} "$(dirname "$(dirname "$(readlink -f "$0")")")/lib/{NAME}/start.py" "$@"
"""
ENTRY = """\
[Desktop Entry]
Type=Application
Name={name}
Name[en]=Yanxiu
Comment=教师研修学习平台
Exec=yanxiu-desktop
Icon=yanxiu-desktop
Terminal=false
Categories=Education;
StartupWMClass=yanxiu-desktop
"""


def pack(stage: Stage, out: Path) -> Path:
    """Return the package, written into `out`."""
    root = stage.root / "deb"
    lib = root / "usr" / "lib" / NAME
    shutil.copytree(stage.program, lib)
    staging.libraries(lib, LOCK, PYTHON)
    for needless in NEEDLESS:
        shutil.rmtree(lib / needless, ignore_errors=True)
    _write(root / "usr" / "bin" / NAME, LAUNCHER, mode=0o755)
    _write(root / "usr/share/applications" / f"{NAME}.desktop", ENTRY.format(name="智慧研修"))
    _copy(staging.ICON, root / "usr/share/icons/hicolor/scalable/apps" / f"{NAME}.svg")
    _copy(stage.file, root / "etc" / NAME / stage.file.name)
    _write(root / "DEBIAN" / "control", CONTROL)
    # What the county has changed is kept when a new version is installed.
    _write(root / "DEBIAN" / "conffiles", f"/etc/{NAME}/{stage.file.name}\n")
    package = out / f"{NAME}_{VERSION}_all.deb"
    build = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(package)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    return package


def _write(path: Path, text: str, *, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def _copy(source: Path, goal: Path) -> None:
    goal.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, goal)
