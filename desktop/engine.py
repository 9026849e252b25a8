"""Do to the page what every engine can: WebView2 and WKWebView by what pywebview offers of them."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import webview

# Scripts are run, never evaluated: the platform's pages forbid that to everybody.
FORGET = """
localStorage.clear(); sessionStorage.clear();
caches.keys().then(names => names.forEach(name => caches.delete(name)));
"""


class Asked(Protocol):
    """Be whoever is told what happens in the window, and answers for it."""

    @property
    def hosts(self) -> frozenset[str]:
        """Return the hosts that open in the window."""

    def downloads(self) -> Path:
        """Return the folder where downloads go."""

    def outside(self, address: str) -> None:
        """Open with the system's own programs what does not belong into the window."""

    def instead(self, why: str, address: str) -> str:
        """Return the page that stands in place of one that cannot be shown."""

    def does(self, act: str) -> None:
        """Do what a key or a line of the menu is for."""


class Engine:
    """Be the engine of one window."""

    # Whether links and failed pages are told of as they happen, or seen only once shown.
    tells = False

    def __init__(self, window: webview.Window, asked: Asked) -> None:
        """Belong to a window that is not shown yet."""
        self.window, self.asked = window, asked

    def attach(self) -> None:
        """Take hold of the window's parts, just before it is shown."""

    def raised(self) -> None:
        """Bring the window before all others."""
        self.window.restore()
        self.window.show()

    def back(self) -> None:
        """Go one page back."""
        self.window.run_js("history.back()")

    def forward(self) -> None:
        """Go one page forward."""
        self.window.run_js("history.forward()")

    def again(self) -> None:
        """Load the page anew."""
        self.window.run_js("location.reload()")

    def print(self) -> None:
        """Print the page."""
        self.window.run_js("print()")

    def zoom(self, level: float) -> None:
        """Show everything at so many times its size."""
        self.window.run_js(f"document.documentElement.style.zoom = {level}")

    def forget(self) -> None:
        """Remove what the engine keeps of whoever was signed in; spans not yet sent stay."""
        self.window.run_js(FORGET)
