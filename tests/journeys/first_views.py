"""Count what the first view of a page transfers."""

from typing import Any

from playwright.sync_api import Page

# Source: the promise for a first view on a phone, compressed, without pictures and media.
MOST_BYTES = 120 * 1024
PICTURES, FILMS = "Image", "Media"


def count_bytes(page: Page) -> dict[str, int]:
    """Return a book that fills with the bytes the page transfers, by kind of resource; no films."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    book: dict[str, int] = {}

    def note(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def count(event: dict[str, Any]) -> None:
        kind = kinds.get(event["requestId"], "Other")
        if kind != FILMS:
            book[kind] = book.get(kind, 0) + int(event["encodedDataLength"])

    session.on("Network.responseReceived", note)
    session.on("Network.loadingFinished", count)
    return book


def needed(book: dict[str, int]) -> int:
    """Return the bytes without which nothing can be read or done."""
    return sum(count for kind, count in book.items() if kind != PICTURES)
