"""Drive WebKitGTK itself, on Linux: links, lost network, keys, zoom, what is kept of a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
try:
    gi.require_version("WebKit2", "4.1")
except ValueError:
    gi.require_version("WebKit2", "4.0")

import webview
from gi.repository import Gdk, GLib, Gtk, WebKit2
from webview.platforms.gtk import BrowserView

from desktop import engine, gtk_downloads, links

# Her session's cookie the platform has taken already. Spans that are not sent yet stay: they are
# in IndexedDB, under a lease, nameless.
OF_A_PERSON = (
    WebKit2.WebsiteDataTypes.DISK_CACHE
    | WebKit2.WebsiteDataTypes.MEMORY_CACHE
    | WebKit2.WebsiteDataTypes.LOCAL_STORAGE
    | WebKit2.WebsiteDataTypes.SESSION_STORAGE
    | WebKit2.WebsiteDataTypes.DOM_CACHE
)
# A lesson asks the platform before it plays: by then WebKit has forgotten that somebody pressed.
MAY_PLAY = WebKit2.WebsitePolicies(autoplay=WebKit2.AutoplayPolicy.ALLOW)
# No failures: a download began, a link led outside, or another was pressed meanwhile.
FINE = ("WebKitPolicyError", "WebKitNetworkError", "WebKitPluginError")
CANCELLED, INTERRUPTED, TAKEN_OVER = 302, 102, 204

CONTROL, ALT = Gdk.ModifierType.CONTROL_MASK, Gdk.ModifierType.MOD1_MASK
# What a key does, by the names of the shell's own acts.
KEYS = {
    (CONTROL, "plus"): "larger",
    (CONTROL, "equal"): "larger",
    (CONTROL, "KP_Add"): "larger",
    (CONTROL, "minus"): "smaller",
    (CONTROL, "KP_Subtract"): "smaller",
    (CONTROL, "0"): "plain",
    (CONTROL, "KP_0"): "plain",
    (CONTROL, "r"): "again",
    (CONTROL, "p"): "print",
    (CONTROL, "q"): "quit",
    (CONTROL, "w"): "quit",
    (ALT, "Left"): "back",
    (ALT, "Right"): "forward",
    (ALT, "Home"): "home",
    (0, "F5"): "again",
    (0, "F11"): "full",
}


class Engine(engine.Engine):
    """Be WebKitGTK in one window; all of GTK's own is done in GTK's own thread."""

    tells = True

    def __init__(self, window: webview.Window, asked: engine.Asked) -> None:
        """Belong to a window; its class leads the system to its name and icon."""
        super().__init__(window, asked)
        GLib.set_prgname("yanxiu-desktop")
        Gdk.set_program_class("yanxiu-desktop")

    def attach(self) -> None:
        """Take hold of the window's parts, just before it is shown."""
        view = BrowserView.instances[self.window.uid]
        self.frame, self.web = view.window, view.webview
        # pywebview opens every new window outside, and forgets that a paper may be a download.
        self.web.disconnect_by_func(view.on_navigation)
        self.web.connect("decide-policy", self._decide)
        self.web.connect("load-failed", self._failed)
        self.web.connect("load-failed-with-tls-errors", self._unsafe)
        self.web.connect("web-process-terminated", self._crashed)
        self.frame.connect("key-press-event", self._pressed)
        gtk_downloads.Downloads(self.frame, self.web, self.asked.downloads)

    def raised(self) -> None:
        """Bring the window before all others."""
        _soon(self.frame.present)

    def back(self) -> None:
        """Go one page back."""
        _soon(self.web.go_back)

    def forward(self) -> None:
        """Go one page forward."""
        _soon(self.web.go_forward)

    def again(self) -> None:
        """Load the page anew."""
        _soon(self.web.reload)

    def print(self) -> None:
        """Print the page."""
        _soon(lambda: WebKit2.PrintOperation.new(self.web).run_dialog(self.frame))

    def zoom(self, level: float) -> None:
        """Show everything at so many times its size."""
        _soon(lambda: self.web.set_zoom_level(level))

    def forget(self) -> None:
        """Remove what the engine keeps of whoever was signed in; the page stays as it is."""

        def forgetting() -> None:
            manager = self.web.get_context().get_website_data_manager()
            manager.clear(OF_A_PERSON, 0, None, None)

        _soon(forgetting)

    def _decide(self, web: Any, decision: Any, kind: Any) -> bool:
        if kind == WebKit2.PolicyDecisionType.RESPONSE:
            return gtk_downloads.taken(decision)
        address = decision.get_navigation_action().get_request().get_uri()
        is_inside = links.is_inside(address, self.asked.hosts)
        if is_inside and kind == WebKit2.PolicyDecisionType.NAVIGATION_ACTION:
            decision.use_with_policies(MAY_PLAY)
            return True
        decision.ignore()
        if is_inside:
            web.load_uri(address)
        else:
            self.asked.outside(address)
        return True

    def _failed(self, web: Any, event: Any, address: str, error: Any) -> bool:
        del event
        if error.domain in FINE and error.code in {CANCELLED, INTERRUPTED, TAKEN_OVER}:
            return False
        web.load_alternate_html(self.asked.instead("offline", address), address, None)
        return True

    def _unsafe(self, web: Any, address: str, certificate: Any, errors: Any) -> bool:
        del certificate, errors
        web.load_alternate_html(self.asked.instead("unsafe", address), address, None)
        return True

    def _crashed(self, web: Any, reason: Any) -> None:
        del reason
        address = web.get_uri()
        web.load_alternate_html(self.asked.instead("crashed", address), address, None)

    def _pressed(self, frame: Any, event: Any) -> bool:
        del frame
        held = event.state & Gtk.accelerator_get_default_mod_mask() & ~Gdk.ModifierType.SHIFT_MASK
        act = KEYS.get((held, Gdk.keyval_name(event.keyval)))
        if act:
            self.asked.does(act)
        return bool(act)


def _soon(act: Callable[[], object]) -> None:
    """Do it in GTK's own thread, once."""

    def done() -> bool:
        act()
        return bool(GLib.SOURCE_REMOVE)

    GLib.idle_add(done)
