"""Gather what the page of a ticket shows, and lead back to it after each act."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import masking
from yanxiu.training.support import agents, canned_answers, drafts, listing, merging, tickets
from yanxiu.training.support.listing import State
from yanxiu.training.support.models import Ticket
from yanxiu.web.desk import words
from yanxiu.web.desk.ticket_forms import AnswerForm, EndForm, IntoForm, ToForm
from yanxiu.web.shared import access


@dataclass(frozen=True, slots=True)
class Sent:
    """Hold the form that was sent, to be shown again with what is wrong, and the no."""

    answer: AnswerForm | None = None
    end: EndForm | None = None
    to: ToForm | None = None
    into: IntoForm | None = None
    refused: Refused | None = None
    status: int = HTTPStatus.BAD_REQUEST


NOTHING = Sent(status=HTTPStatus.OK)


def find(ticket_id: UUID) -> Ticket:
    """Return a ticket as the desk sees it, or answer that there is none."""
    found = listing.find(ticket_id)
    if found is None:
        raise Http404
    return found


def address(found: Ticket) -> str:
    """Return the address of a ticket at the desk."""
    return reverse("desk_ticket", args=[found.pk])


def act(
    request: access.Desk, found: Ticket, word: str, deed: Callable[[], object], *, then: str = ""
) -> HttpResponse:
    """Do what was asked and lead back to the ticket, or onward; a no is shown with the ticket."""
    try:
        deed()
    except Refused as refused:
        return show(request, find(found.pk), Sent(refused=refused, status=refused.status))
    return access.see_other(f"{then or address(found)}?done={word}")


def show(request: access.Desk, found: Ticket, sent: Sent = NOTHING) -> HttpResponse:
    """Show a ticket: what was said, whose it is, and what this agent can do with it."""
    now, me = clock.now(), request.user.person_id
    row = listing.row(found, at=now)
    is_open, is_mine = row.state != State.CLOSED, row.agent_id == me
    facts: dict[str, object] = {
        "row": row,
        "said": words.of(row),
        "owner": _owner(found),
        "messages": tickets.conversation(found),
        "is_own": found.person_id == me,
        "is_open": is_open,
        "is_mine": is_mine,
        "may_take": is_open and not row.agent_id and found.person_id != me,
        "into": found.merge.into if hasattr(found, "merge") else None,
        "refused": sent.refused,
        "notices": _told(request),
        "now": now,
    }
    if is_open and is_mine:
        facts |= _forms(request, found, sent)
    return render(request, "desk/ticket.html", facts, status=sent.status)


def _forms(request: access.Desk, found: Ticket, sent: Sent) -> dict[str, object]:
    me, at = request.user.person_id, clock.now()
    draft = drafts.of(me, found)
    others = list(merging.candidates(found))
    return {
        "form": sent.answer or AnswerForm(initial={"text": draft.text if draft else ""}),
        "draft": None if sent.answer or request.GET.get("done") else draft,
        "end": sent.end or EndForm(),
        "to": sent.to or ToForm(colleagues=agents.others(me, at=at)),
        "canned": canned_answers.every(topic=found.topic),
        "into_form": (sent.into or IntoForm(others=others)) if others else None,
    }


def _owner(found: Ticket) -> dict[str, str]:
    """Return who asks, covered."""
    name: str = getattr(found, "name", None) or ""
    phone = found.person.account.phone
    return {
        "name": masking.name(name) if name else _("还没有填写姓名"),
        "phone": masking.phone(phone),
    }


def _told(request: access.Desk) -> list[dict[str, str]]:
    """Say what has just been done."""
    said = {
        "taken": _("已领取，由您负责到办结。"),
        "released": _("已放回队列，其他客服可以领取。"),
        "handed": _("已移交，对方会收到消息。"),
        "answered": _("已答复，老师会收到通知。她回复后，工单仍在您手里。"),
        "closed": _("已办结，老师会收到通知。30 天内她再补充，会重新打开。"),
        "merged": _("已合并，两个工单的内容都在这里。"),
        "inserted": _("常用答复已填入答复框，发出前还可以改。"),
        "kept": _("草稿已保存，随时可以接着写。"),
    }
    text = said.get(request.GET.get("done", ""))
    return [{"kind": "done", "text": text}] if text else []
