"""Write the few pages that the client shows without the platform, and without the net."""

from __future__ import annotations

import html
from pathlib import Path
from string import Template

from desktop.words import say

# Seconds after which a page that could not be opened is tried again.
AGAIN_S = 20
# A platform that has answered by then is shown instead; else the page says what is the matter.
PATIENCE_S = 6

FRAME = Template(Path(__file__).with_name("frame.html").read_text(encoding="utf-8"))


def waiting(name: str, address: str) -> str:
    """Return what is shown until the platform's first page comes, and why it does not come."""
    first = f'<p class="first soft" role="status">{_said("connecting", name=name)}</p>'
    return _framed(name, f'{first}<div class="later">{_offline(name, address)}</div>')


def offline(name: str, address: str) -> str:
    """Return what stands in place of a page that could not be reached, and leads to it."""
    again = f'<meta http-equiv="refresh" content="{AGAIN_S};url={html.escape(address)}">'
    itself = f'<p class="soft">{_said("offline_itself", seconds=AGAIN_S)}</p>'
    return _framed(name, _offline(name, address) + itself, head=again)


def unsafe(name: str, address: str) -> str:
    """Return what stands in place of a page whose sender nobody vouches for."""
    return _framed(name, _message("unsafe", "unsafe_why") + _button(address))


def crashed(name: str, address: str) -> str:
    """Return what stands in place of a page whose process has ended."""
    return _framed(name, _message("crashed", "crashed_why") + _button(address))


def unset(path: str) -> str:
    """Return what is shown where nobody has said where the platform is."""
    return _framed("", f"{_message('unset', 'unset_why')}<p><code>{html.escape(path)}</code></p>")


def _offline(name: str, address: str) -> str:
    return f"<h1>{_said('offline', name=name)}</h1><p>{_said('offline_why')}</p>{_button(address)}"


def _message(title: str, why: str) -> str:
    return f"<h1>{_said(title)}</h1><p>{_said(why)}</p>"


def _button(address: str) -> str:
    return f'<p><a href="{html.escape(address)}">{_said("offline_again")}</a></p>'


def _said(word: str, **facts: object) -> str:
    return html.escape(say(word, **facts))


def _framed(title: str, body: str, *, head: str = "") -> str:
    facts = {"head": head, "title": html.escape(title), "patience": PATIENCE_S, "body": body}
    return FRAME.substitute(facts)
