"""Pack the desktop client, install it into a folder, and use it on a screen that nobody sees."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support import sources

PYTHON = "/usr/bin/python3"
LIBRARIES = "import gi; [gi.require_version(n, v) for n, v in (('Gtk', '3.0'), ('WebKit2', '4.1'))]"
PACKAGES = "python3-gi gir1.2-webkit2-4.1 gstreamer1.0-libav gstreamer1.0-plugins-good xvfb xdotool"
DRIVER = Path(__file__).with_name("desktop_driver.py")
# A start has to load WebKit; a step may wait for a busy machine.
PATIENCE_S = 40
TRIES = 4


def missing() -> str:
    """Return which packages have to be installed before the client can be tried; usually none."""
    tools = all(map(shutil.which, ("Xvfb", "xdotool", "dpkg-deb", PYTHON)))
    load = [PYTHON, "-c", LIBRARIES]
    has = tools and not subprocess.run(load, check=False, capture_output=True).returncode
    return "" if has else f"apt-get install {PACKAGES}"


@dataclass(frozen=True)
class Installed:
    """Be a client that was installed: where its files lie, and whose home it is used from."""

    root: Path
    home: Path

    @property
    def program(self) -> Path:
        """Return the folder of its Python."""
        return self.root / "usr" / "lib" / "yanxiu-desktop"

    @property
    def downloads(self) -> Path:
        """Return the folder for downloads."""
        return self.home / "Downloads"

    def downloaded(self, pattern: str) -> Path:
        """Wait until a download is there whole, and return it."""
        wait(lambda: any(self.downloads.glob(pattern)))
        return next(self.downloads.glob(pattern))

    def went_outside(self) -> str:
        """Wait until an address was opened in the system's browser, and return it."""
        noted = self.home / "opened"
        wait(noted.exists)
        return noted.read_text().strip()

    def kept(self) -> str:
        """Return the cookies that it keeps for the next start."""
        cookies = self.home / ".local/share/yanxiu-desktop/cookies"
        return cookies.read_text() if cookies.exists() else ""

    def be(self, version: str) -> None:
        """Become another version."""
        said = self.program / "desktop" / "__init__.py"
        said.write_text(f'"""Be another one."""\n\nVERSION = "{version}"\n')


def wait(
    comes_true: Callable[[], bool],
    told: Callable[[], str] = str,
    *,
    within_s: float = PATIENCE_S,
) -> None:
    """Wait until something comes true; fail after the given seconds with what is told then."""
    until = time.monotonic() + within_s
    while not comes_true():
        assert time.monotonic() < until, told()
        time.sleep(0.1)


def pack(out: Path, address: str) -> Path:
    """Return a package for the platform at the address, with `releases.json` beside it."""
    command = [sys.executable, "-m", "desktop.packaging", "--address", address, "--out", str(out)]
    done = subprocess.run(command, cwd=sources.ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return Path(done.stdout.strip())


def install(package: Path, folder: Path) -> Installed:
    """Unpack a package into a folder; where it has to stand in the machine, it would need root."""
    home = folder / "home"
    (home / "Downloads").mkdir(parents=True)
    subprocess.run(["dpkg-deb", "-x", str(package), str(folder / "root")], check=True)
    return Installed(folder / "root", home)


@dataclass
class Desktop:
    """Be a client whose window is open."""

    process: subprocess.Popen[str]
    display: str

    def js(self, script: str) -> Any:
        """Run the body of a function in the page and return what it returns."""
        # pywebview counts characters where WebKit counts bytes.
        plain = "".join(c if c.isascii() else f"\\u{ord(c):04x}" for c in script)
        return self._say({"js": f"(() => {{ {plain} }})()"})

    def do(self, act: str) -> None:
        """Do what a line of the menu does."""
        self._say({"do": act})

    def zoom(self) -> float:
        """Return at how many times its size everything is shown."""
        return float(self._say({"zoom": True}))

    def press(self, keys: str) -> None:
        """Press keys as the keyboard does."""
        window = self._tool("search", "--onlyvisible", "--class", "yanxiu-desktop").split()[-1]
        self._tool("windowfocus", window)
        self._tool("key", keys)

    def wait(self, comes_true: str, *, within_s: float = PATIENCE_S) -> None:
        """Wait until an expression is true in the page."""
        wait(lambda: bool(self.js(f"return !!({comes_true})")), self.text, within_s=within_s)

    def read(self, words: str) -> None:
        """Wait until the page says something."""
        self.wait(f"document.body && document.body.innerText.includes('{words}')")

    def reach(self, path: str) -> None:
        """Wait until a page is there whose address ends like this."""
        self.wait(
            f"location.pathname.endsWith('{path}') && document.readyState === 'complete'"
            " && location.protocol !== 'about:'"
        )

    def press_on(self, words: str, within: str = "body") -> None:
        """Press the link or the button with these words."""
        found = (
            f"[...document.querySelectorAll('{within}')].flatMap(part =>"
            " [...part.querySelectorAll('a, button, summary')]).find(one =>"
            f" one.textContent.includes('{words}') || one.ariaLabel === '{words}')"
        )
        self.wait(found)
        self.js(f"{found}.click()")

    def press_through(self, words: str, within: str, path: str) -> None:
        """Press what leads to a page until it is there: a page that is being left may miss it."""
        arrived = f"location.pathname.endsWith('{path}')"
        for _ in range(TRIES):
            self.press_on(words, within)
            with suppress(AssertionError):
                self.wait(arrived, within_s=PATIENCE_S / TRIES)
                break
        self.reach(path)

    def fill(self, name: str, value: str) -> None:
        """Write into a field."""
        self.js(f"document.querySelector('[name={name}]').value = '{value}'")

    def text(self) -> str:
        """Return what the page says."""
        return str(self.js("return location.href + ' ' + (document.body || {}).innerText"))

    def _tool(self, *said: str) -> str:
        told = {**os.environ, "DISPLAY": self.display}
        command = ["xdotool", *said]
        done = subprocess.run(
            command, env=told, stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE_S
        )
        return done.stdout

    def _say(self, line: dict[str, object]) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@contextmanager
def screen() -> Iterator[str]:
    """Give a screen that nobody sees, by the name that X calls it."""
    shown = ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(shown, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            assert server.stdout
            yield f":{int(server.stdout.readline())}"
        finally:
            server.terminate()


def environment(client: Installed, display: str) -> dict[str, str]:
    """Return in which surroundings a client starts: a home of its own, and a browser that notes."""
    noted = client.home / "opened"
    browser = client.home / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {noted}\n')
    browser.chmod(0o755)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(client.home),
        "DISPLAY": display,
        "LANG": "C.UTF-8",
        "BROWSER": f"{browser} %s",
        "YANXIU_DESKTOP_CONFIG": str(client.root / "etc/yanxiu-desktop/client.ini"),
    }


@contextmanager
def opened(client: Installed, display: str) -> Iterator[Desktop]:
    """Start a client, and close its window at the end."""
    command = [PYTHON, str(DRIVER), str(client.program)]
    told = environment(client, display)
    with (
        (client.home / "log").open("a") as log,
        subprocess.Popen(command, env=told, stdin=-1, stdout=-1, stderr=log, text=True) as process,
    ):
        try:
            yield Desktop(process, display)
        finally:
            assert process.stdin
            process.stdin.close()
            try:
                process.wait(timeout=PATIENCE_S)
            finally:
                # One that stays must not keep the tests waiting; the error says so.
                process.kill()
