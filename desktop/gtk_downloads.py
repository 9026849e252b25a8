"""Save what is downloaded, on Linux, and tell of it in a bar below the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from gi.repository import Gdk, GLib, Gtk

from desktop import downloads
from desktop.words import say

OPEN_FOLDER = 1


def taken(decision: Any) -> bool:
    """Download what is meant to be saved or cannot be shown; tell whether it was so."""
    headers = decision.get_response().get_http_headers()
    disposition = (headers.get_one("Content-Disposition") if headers else None) or ""
    is_paper = disposition.lower().startswith("attachment")
    if is_paper or not decision.is_mime_type_supported():
        decision.download()
        return True
    return False


class Downloads:
    """Be the downloads of one window."""

    def __init__(self, frame: Gtk.Window, web: Any, folder: Callable[[], Path]) -> None:
        """Follow each download of the page to the folder that counts when it begins."""
        self.folder = folder
        self.bar, self.told = Gtk.InfoBar(), Gtk.Label(wrap=True, xalign=0, selectable=True)
        self.last = folder()
        self._seat(frame)
        web.get_context().connect("download-started", self._started)

    def _seat(self, frame: Gtk.Window) -> None:
        """Put the bar below the page: nothing jumps when it comes."""
        page = frame.get_child()
        column = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        frame.remove(page)
        column.pack_start(page, expand=True, fill=True, padding=0)
        column.pack_start(self.bar, expand=False, fill=True, padding=0)
        frame.add(column)
        self.bar.get_content_area().add(self.told)
        self.bar.add_button(say("open_folder"), OPEN_FOLDER)
        self.bar.set_show_close_button(True)
        self.bar.connect("response", self._answered)
        self.told.show()
        self.bar.set_no_show_all(True)

    def _started(self, context: Any, download: Any) -> None:
        del context
        download.connect("decide-destination", self._goes)
        download.connect("finished", self._finished)
        download.connect("failed", self._failed)

    def _goes(self, download: Any, suggested: str) -> bool:
        folder = self.folder()
        folder.mkdir(parents=True, exist_ok=True)
        download.set_destination(GLib.filename_to_uri(str(downloads.goal(folder, suggested)), None))
        return True

    def _finished(self, download: Any) -> None:
        path, _ = GLib.filename_from_uri(download.get_destination())
        self.last = Path(path).parent
        self._tell(say("saved", path=path), Gtk.MessageType.INFO)

    def _failed(self, download: Any, error: Any) -> None:
        # It is told as finished afterwards as well.
        del error
        download.disconnect_by_func(self._finished)
        self._tell(say("not_saved"), Gtk.MessageType.WARNING)

    def _tell(self, sentence: str, kind: Gtk.MessageType) -> None:
        self.told.set_text(sentence)
        self.bar.set_message_type(kind)
        self.bar.show()

    def _answered(self, bar: Gtk.InfoBar, response: int) -> None:
        if response == OPEN_FOLDER:
            Gtk.show_uri_on_window(
                None, GLib.filename_to_uri(str(self.last), None), Gdk.CURRENT_TIME
            )
        bar.hide()
