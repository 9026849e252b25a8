"""Say which pages the help desk has, which one is looked at, and who looks."""

from dataclasses import dataclass

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yanxiu.training.support.models import Agent

register = template.Library()


@dataclass(frozen=True, slots=True)
class Entry:
    """Be an entry of the navigation; `names` are the beginnings of the pages that belong to it."""

    label: str | Promise
    page: str
    names: tuple[str, ...] = ()
    leads_only: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Be an entry as it is shown."""

    label: str | Promise
    url: str
    is_current: bool


ENTRIES = (
    Entry(_("队列"), "desk"),
    Entry(_("我手里的"), "desk_mine", ("desk_ticket",)),
    Entry(_("查找老师"), "desk_search", ("desk_look",)),
    Entry(_("换手机号"), "desk_phones", ("desk_phone",)),
    Entry(_("常用答复"), "desk_canned_answers", ("desk_canned",)),
    Entry(_("数字"), "desk_numbers", leads_only=True),
    Entry(_("客服人员"), "desk_agents", ("desk_agent",), leads_only=True),
    Entry(_("记录"), "desk_trail", leads_only=True),
)


@register.simple_tag
def desk_links(request: HttpRequest) -> list[Link]:
    """Return the entries whose pages are there for this agent, the one that is looked at marked."""
    right: Agent | None = getattr(request, "right", None)
    is_lead = right is not None and right.role == Agent.Role.LEAD
    match = request.resolver_match
    name = (match.url_name if match else None) or ""
    mine = (entry for entry in ENTRIES if is_lead or not entry.leads_only)
    found = ((entry, _address(entry.page)) for entry in mine)
    return [Link(entry.label, url, _is_at(entry, name)) for entry, url in found if url]


def _address(page: str) -> str:
    """Return the address of a page by its name, "" where there is no such page."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def _is_at(entry: Entry, name: str) -> bool:
    return name == entry.page or any(name.startswith(each) for each in entry.names)
