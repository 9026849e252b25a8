"""Lead through the pages of a console: the entries of its navigation, as its header shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """Be an entry of the navigation; `names` are the beginnings of the pages that belong to it."""

    label: str | Promise
    page: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Be an entry as it is shown."""

    label: str | Promise
    url: str
    is_current: bool


def links(request: HttpRequest, entries: Iterable[Entry]) -> list[Link]:
    """Return the entries with the one that is looked at marked."""
    match = request.resolver_match
    name = (match.url_name if match else None) or ""
    return [Link(entry.label, reverse(entry.page), _is_at(entry, name)) for entry in entries]


def _is_at(entry: Entry, name: str) -> bool:
    return name == entry.page or any(name.startswith(each) for each in entry.names)
