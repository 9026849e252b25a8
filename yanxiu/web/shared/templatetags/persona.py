"""Tell components as what somebody uses the platform, wherever they are included."""

from django import template
from django.http import HttpRequest

register = template.Library()


@register.simple_tag(takes_context=True)
def present_persona(context: template.Context) -> str:
    """Return the kind of the present persona; "" for a visitor."""
    request: HttpRequest | None = getattr(context, "request", None)
    return getattr(getattr(request, "user", None), "persona_kind", None) or ""
