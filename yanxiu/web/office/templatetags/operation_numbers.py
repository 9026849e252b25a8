"""Say measured numbers the way the operators' page says them."""

from django import template
from django.template.defaultfilters import filesizeformat

from yanxiu.web.office import operation_panels

register = template.Library()


@register.filter
def measured(value: float | None) -> str:
    """Return a measured number as it is read; a dash where nothing was measured."""
    return operation_panels.number(value)


@register.filter
def size(number: int) -> str:
    """Return a number of bytes as people say it: 1.4 GB."""
    return str(filesizeformat(number)).replace("\xa0", " ")
