"""Let a person ask the help desk: write with pictures, keep a draft, follow the answer."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.foundation import clock
from yanxiu.training.support import attachments, drafts, listing, tickets
from yanxiu.training.support.models import Draft, Ticket
from yanxiu.training.support.tickets import Said
from yanxiu.web.shared import access, saying, ticket_words
from yanxiu.web.shared.saying import Saying


class Asking(Saying):
    """Take a topic and a text."""

    topic = forms.ChoiceField(
        label=gettext_lazy("问题类别"),
        choices=Ticket.Topic.choices,
        error_messages={
            "required": gettext_lazy("请选择问题类别。"),
            "invalid_choice": gettext_lazy("请从列表中选择问题类别。"),
        },
    )
    field_order = ("topic", "text", "pictures")


@require_safe
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """List her tickets with whose turn it is, the latest first."""
    now = clock.now()
    found = listing.of(request.user.person_id, after=_id(request.GET.get("after", "")), at=now)
    facts = {
        "rows": [(row, ticket_words.of(row)) for row in found.rows],
        "onward": f"{request.path}?after={found.onward}" if found.onward else None,
        "is_first": "after" not in request.GET,
        "draft": drafts.of(request.user.person_id, None),
        "now": now,
    }
    return render(request, "teacher/me_tickets.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@saying.with_pictures
def new(request: access.SignedIn) -> HttpResponse:
    """Show the form for a new ticket with what was drafted; open it."""
    if request.method != "POST":
        return _new(request, None)
    if kept := saying.kept(request, None):
        return kept
    form, by = Asking(request.POST), request.user.person

    def ask(said: Said) -> Ticket:
        return tickets.open_new(by, form.cleaned_data["topic"], said, at=clock.now())

    status, opened = saying.send(request, form, None, ask)
    if opened is None:
        return _new(request, form, status=status)
    return access.see_other(f"{reverse('my_ticket', args=[opened.pk])}?done=opened")


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@saying.with_pictures
def ticket(request: access.SignedIn, ticket_id: UUID) -> HttpResponse:
    """Show what was said in a ticket of hers; add to it."""
    found = _found(request, ticket_id)
    if request.method != "POST":
        return _ticket(request, found, None)
    if kept := saying.kept(request, found):
        return kept
    form, by = Saying(request.POST), request.user.person

    def write(said: Said) -> bool:
        tickets.write(found, said, by=by, at=clock.now())
        return True

    status, written = saying.send(request, form, found, write)
    if not written:
        return _ticket(request, found, form, status=status)
    return access.see_other(f"{request.path}?done=written")


@require_POST
@access.signed_in
def closing(request: access.SignedIn, ticket_id: UUID) -> HttpResponse:
    """End a ticket of hers: solved, or not wanted any more."""
    found = _found(request, ticket_id)
    tickets.withdraw(found, by=request.user.person, at=clock.now())
    return access.see_other(f"{reverse('my_ticket', args=[found.pk])}?done=closed")


@require_safe
@access.signed_in
def picture(request: access.SignedIn, attachment_id: UUID) -> HttpResponse:
    """Hand out a picture of one of her own tickets."""
    found = attachments.own(request.user.person_id, attachment_id)
    if found is None:
        raise Http404
    return saying.picture(found)


def _new(
    request: access.SignedIn, form: Asking | None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    draft = drafts.of(request.user.person_id, None)
    topic = request.GET.get("topic", "")
    initial = {"topic": draft.topic if draft else topic, "text": draft.text if draft else ""}
    facts = {"form": form or Asking(initial=initial)} | _drafted(request, form, draft)
    return render(request, "teacher/ticket_new.html", facts, status=status)


def _ticket(
    request: access.SignedIn, found: Ticket, form: Saying | None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    now, draft = clock.now(), drafts.of(request.user.person_id, found)
    row = listing.row(found, at=now)
    facts = {
        "row": row,
        "said": ticket_words.of(row),
        "is_closed": row.state == listing.State.CLOSED,
        "into": found.merge.into if hasattr(found, "merge") else None,
        "messages": tickets.conversation(found),
        "form": form or Saying(initial={"text": draft.text if draft else ""}),
        "reopens_days": tickets.REOPENS_FOR.days,
    }
    facts |= _drafted(request, form, draft)
    return render(request, "teacher/ticket.html", facts, status=status)


def _drafted(
    request: access.SignedIn, form: Saying | None, draft: Draft | None
) -> dict[str, object]:
    words = {
        "kept": _("草稿已保存，随时可以接着写。"),
        "opened": _("工单已提交。有了答复会通知您，您不用等在这里。"),
        "written": _("补充的内容已提交。"),
        "closed": _("工单已办结。谢谢您告诉我们。"),
    }
    done = words.get(request.GET.get("done", ""))
    return {
        "draft": None if form else draft,
        "now": clock.now(),
        "notices": [{"kind": "done", "text": done}] if done else [],
    }


def _found(request: access.SignedIn, ticket_id: UUID) -> Ticket:
    found = listing.own(request.user.person_id, ticket_id)
    if found is None:
        raise Http404
    return found


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
