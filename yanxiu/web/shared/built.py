"""Read files of ours that are handed out at an address of their own."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404


@cache
def read(name: str) -> bytes:
    """Return a static file's content, kept while the process lives; answer 404 where it is not."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise Http404
    return Path(found).read_bytes()
