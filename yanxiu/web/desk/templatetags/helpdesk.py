"""Say which pages the help desk has, which one is looked at, and who looks."""

from django import template
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from yanxiu.training.support.models import Agent
from yanxiu.web.shared import console
from yanxiu.web.shared.console import Entry, Link

register = template.Library()


ENTRIES = (
    Entry(_("队列"), "desk"),
    Entry(_("我手里的"), "desk_mine", ("desk_ticket",)),
    Entry(_("查找老师"), "desk_search", ("desk_look",)),
    Entry(_("换手机号"), "desk_phones", ("desk_phone",)),
    Entry(_("常用答复"), "desk_canned_answers", ("desk_canned",)),
    Entry(_("数字"), "desk_numbers"),
    Entry(_("客服人员"), "desk_agents", ("desk_agent",)),
    Entry(_("记录"), "desk_trail"),
)
# What leads alone come to.
LEADS = {"desk_numbers", "desk_agents", "desk_trail"}


@register.simple_tag
def desk_links(request: HttpRequest) -> list[Link]:
    """Return the entries for this agent, the one that is looked at marked."""
    right: Agent | None = getattr(request, "right", None)
    is_lead = right is not None and right.role == Agent.Role.LEAD
    return console.links(request, [e for e in ENTRIES if is_lead or e.page not in LEADS])
