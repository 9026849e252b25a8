"""Show agents what waits, oldest first, and what they have in hand; let them take."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.foundation import clock
from yanxiu.training.support import handling, listing
from yanxiu.training.support.models import Ticket
from yanxiu.web.desk import words
from yanxiu.web.shared import access

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789", " -")


@require_safe
@access.desk
def page(request: access.Desk) -> HttpResponse:
    """Show what waits; a ticket's number leads to it."""
    now, number = clock.now(), request.GET.get("number", "").translate(_DIGITS)[:20]
    known = listing.numbered(number) if number and "\0" not in number else None
    if known:
        return access.see_other("desk_ticket", known.pk)
    topic = _topic(request)
    after = _id(request.GET.get("after", ""))
    found = listing.waiting(topic=topic, after=after, at=now)
    tally = listing.tally(request.user.person_id, at=now)
    facts = {
        "tally": tally,
        "oldest": words.waited(tally.waited),
        "rows": [(row, words.of(row)) for row in found.rows],
        "onward": found.onward,
        "after": after,
        "topic": topic,
        "topics": Ticket.Topic.choices,
        "number": number,
        "unknown": _("没有这个工单号，请核对 9 位数字。") if number else "",
    }
    return render(request, "desk/queue.html", facts)


@require_safe
@access.desk
def mine(request: access.Desk) -> HttpResponse:
    """Show what the agent has in hand: first those who wait for her."""
    rows = listing.in_hand(request.user.person_id, at=clock.now())
    waiting = sum(1 for row in rows if row.state == listing.State.IN_HAND)
    told = {"number": len(rows), "waiting": waiting}
    facts = {
        "headline": _("我手里有 %(number)d 个工单，%(waiting)d 个等我答复") % told
        if rows
        else _("我手里没有工单"),
        "rows": [(row, words.of(row)) for row in rows],
    }
    return render(request, "desk/mine.html", facts)


@require_POST
@access.desk
def onward(request: access.Desk) -> HttpResponse:
    """Take what has waited longest, and lead to it."""
    taken = handling.take_next(by=request.user.person, at=clock.now())
    return access.see_other("desk_ticket", taken.pk) if taken else access.see_other("desk")


def _topic(request: access.Desk) -> str:
    topic = request.GET.get("topic", "")
    return topic if topic in Ticket.Topic.values else ""


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
