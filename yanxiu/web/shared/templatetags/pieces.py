"""Keep pieces of pages rendered that are the same for many people."""

from collections.abc import Hashable
from functools import lru_cache

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

# Pieces times languages times what they show, of two or three kilobytes each: some hundred of the
# frame, and courses that nobody has begun, or many have finished alike.
MOST = 4_096


@register.simple_tag
def piece(name: str, **facts: Hashable) -> SafeString:
    """Include a template that sees these facts alone; the same facts are rendered once.

    Nothing of who asks reaches it, so nothing of one person can stand on another's page.
    """
    return _rendered(name, get_language(), tuple(facts.items()))


def forget() -> None:
    """Let go of all pieces."""
    _rendered.cache_clear()


@lru_cache(maxsize=MOST)
def _rendered(
    name: str, language: str | None, facts: tuple[tuple[str, Hashable], ...]
) -> SafeString:
    del language  # Rendering asks for it.
    return mark_safe(get_template(name).render(dict(facts)))  # noqa: S308 - a template has escaped
