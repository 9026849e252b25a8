"""Open Debian's Chromium as a desk or a phone would show it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock

from playwright.sync_api import Browser, BrowserContext, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"phone": 390, "desk": 1280}

# While asyncio starts a process it changes which warnings count, for all threads at once.
_STARTING = Lock()


@contextmanager
def opened() -> Iterator[Browser]:
    """Keep a browser open meanwhile."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "install chromium"
    with ExitStack() as opened:
        with _STARTING:
            playwright = opened.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        opened.callback(browser.close)
        yield browser


def seat(
    browser: Browser, kind: str, *, has_scripts: bool = True, is_installed: bool = False
) -> BrowserContext:
    """Return a fresh window at the width of a phone or a desk.

    Only where the platform is installed its worker stands between page and network: a story that
    cuts the network or kills the page would wait for a worker that sleeps.
    """
    phone = kind == "phone"
    return browser.new_context(
        viewport={"width": WIDTHS[kind], "height": 844 if phone else 900},
        has_touch=phone,
        is_mobile=phone,
        java_script_enabled=has_scripts,
        service_workers="allow" if is_installed else "block",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
