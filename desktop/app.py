"""Put the client together: one window, one profile, one platform."""

from __future__ import annotations

import os
import platform
import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import webview
from webview.menu import Menu, MenuAction, MenuSeparator

from desktop import agent, engine, links, memory, pages, place, single
from desktop.place import Place
from desktop.words import say

SMALLEST = (720, 520)
# What Django calls the cookie of a session, without and with TLS.
SESSIONS = frozenset({"sessionid", "__Host-sessionid"})
SYSTEM = platform.system()


class Shell:
    """Be one window on the platform."""

    def __init__(self, where: Place, profile: Path) -> None:
        """Make the window; it is shown by `run`."""
        self.where, self.profile = where, profile
        self.memory = memory.read(profile)
        self.was_signed_in = False
        self.window = webview.create_window(
            where.name,
            html=pages.waiting(where.name, f"{where.address}/"),
            width=self.memory.width,
            height=self.memory.height,
            min_size=SMALLEST,
            text_select=True,
            zoomable=True,
            background_color="#f7f5f0",
        )
        self.engine = _engine(self.window, self)
        events = self.window.events
        events.before_show += self.engine.attach
        events.shown += self.home
        events.loaded += self._loaded
        events.resized += self._resized
        events.closing += self._keep

    @property
    def hosts(self) -> frozenset[str]:
        """Return the hosts that open in the window."""
        return self.where.hosts

    def run(self, meanwhile: Callable[[], object] | None = None) -> None:
        """Show the window until it is closed; do something else beside it, if asked."""
        webview.settings["ALLOW_DOWNLOADS"] = not self.engine.tells
        webview.start(
            meanwhile,
            user_agent=agent.text(SYSTEM),
            private_mode=False,
            storage_path=str(self.profile),
            menu=self._menu(),
        )

    def downloads(self) -> Path:
        """Return the folder where downloads go: the county's, hers, or the system's."""
        chosen = Path(self.memory.downloads) if self.memory.downloads else None
        return self.where.downloads or chosen or _system_downloads()

    def outside(self, address: str) -> None:
        """Open with the system's own programs what does not belong into the window."""
        if links.is_outside(address):
            # Some browsers keep whoever opens them waiting.
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    def instead(self, why: str, address: str) -> str:
        """Return the page that stands in place of one that cannot be shown."""
        written = {"offline": pages.offline, "unsafe": pages.unsafe, "crashed": pages.crashed}
        return written[why](self.where.name, address)

    def does(self, act: str) -> None:
        """Do what a key or a line of the menu is for."""
        steps = {"larger": 1, "smaller": -1, "plain": 0}
        if act in steps:
            self.memory.zoom = memory.stepped(self.memory.zoom, steps[act])
            self.engine.zoom(self.memory.zoom)
        else:
            {
                "home": self.home,
                "back": self.engine.back,
                "forward": self.engine.forward,
                "again": self.engine.again,
                "print": self.engine.print,
                "full": self.window.toggle_fullscreen,
                "quit": self.window.destroy,
                "downloads": self._choose_folder,
            }[act]()

    def home(self) -> None:
        """Open the platform's first page."""
        self.window.load_url(f"{self.where.address}/")

    def _menu(self) -> list[Menu]:
        def line(act: str) -> MenuAction:
            return MenuAction(say(act), lambda: self.does(act))

        return [
            Menu(say("file"), [line("downloads"), line("print"), MenuSeparator(), line("quit")]),
            Menu(
                say("view"),
                [line("larger"), line("smaller"), line("plain"), MenuSeparator(), line("full")],
            ),
            Menu(say("go"), [line("home"), line("back"), line("forward"), line("again")]),
        ]

    def _choose_folder(self) -> None:
        chosen = self.window.create_file_dialog(
            webview.FileDialog.FOLDER, directory=str(self.downloads())
        )
        if chosen:
            self.memory.downloads = str(chosen[0])
            memory.write(self.profile, self.memory)

    def _loaded(self) -> None:
        """See what was loaded: whoever has signed out leaves nothing of herself behind."""
        address = self.window.get_current_url() or ""
        if not self.engine.tells:
            self._look_at(address)
        if links.is_inside(address, self.hosts):
            is_signed_in = any(SESSIONS & set(cookie) for cookie in self.window.get_cookies())
            if self.was_signed_in and not is_signed_in:
                self.engine.forget()
            self.was_signed_in = is_signed_in

    def _look_at(self, address: str) -> None:
        """Where the engine does not ask first: lead back from outside, set the size of letters."""
        if address and not links.is_inside(address, self.hosts):
            self.outside(address)
            self.home()
        self.engine.zoom(self.memory.zoom)

    def _resized(self, width: int, height: int) -> None:
        self.memory.width, self.memory.height = int(width), int(height)

    def _keep(self) -> None:
        memory.write(self.profile, self.memory)


def main(meanwhile: Callable[[Shell], object] | None = None) -> int:
    """Run the client; a second start shows the window of the first. Return the process's status."""
    environment = dict(os.environ)
    profile = place.profile(SYSTEM, environment)
    profile.mkdir(parents=True, exist_ok=True, mode=0o700)
    running = single.Running(profile, SYSTEM)
    if running.calls_the_first():
        return 0
    try:
        where = place.read(place.candidates(SYSTEM, environment))
    except place.Misconfigured as missing:
        webview.create_window("", html=pages.unset(str(missing)))
        webview.start()
        return 1
    shell = Shell(where, profile)
    running.listens(shell.engine.raised)
    shell.run((lambda: meanwhile(shell)) if meanwhile else None)
    return 0


def leave(status: int) -> NoReturn:
    """End the process, now that its window is closed.

    A window closed while a page loads leaves threads that wait for that page: they would keep the
    process for ever, and whoever starts the client again would be shown a window that is gone.
    """
    sys.stdout.flush()
    os._exit(status)


def _engine(window: webview.Window, asked: engine.Asked) -> engine.Engine:
    """Return the engine of this system."""
    if SYSTEM == "Linux":
        # Only there are its libraries.
        from desktop import gtk  # noqa: PLC0415 - another system has no GTK

        return gtk.Engine(window, asked)
    return engine.Engine(window, asked)


def _system_downloads() -> Path:
    if SYSTEM == "Linux":
        from gi.repository import GLib  # noqa: PLC0415 - another system has no GLib

        named = GLib.get_user_special_dir(GLib.UserDirectory.DIRECTORY_DOWNLOAD)
        if named:
            return Path(named)
    return Path.home() / "Downloads"
