"""Let agents answer a ticket, take it, hand it over, put it back, merge it, and end it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.foundation import clock
from yanxiu.training.people.models import Person
from yanxiu.training.support import agents, attachments, handling, merging, tickets
from yanxiu.training.support.tickets import Said
from yanxiu.web.desk import case, inserting
from yanxiu.web.desk.case import Sent
from yanxiu.web.desk.ticket_forms import AnswerForm, EndForm, IntoForm, ToForm
from yanxiu.web.shared import access, saying


@require_http_methods(["GET", "HEAD", "POST"])
@access.desk
@saying.with_pictures
def page(request: access.Desk, ticket_id: UUID) -> HttpResponse:
    """Show a ticket; answer it."""
    found = case.find(ticket_id)
    if request.method != "POST":
        return case.show(request, found)
    if kept := saying.kept(request, found) or inserting.inserted(request, found):
        return kept
    form, by = AnswerForm(request.POST), request.user.person

    def answer(said: Said) -> bool:
        tickets.answer(found, said, by=by, at=clock.now())
        return True

    status, is_answered = saying.send(request, form, found, answer)
    if not is_answered:
        return case.show(request, case.find(ticket_id), Sent(answer=form, status=status))
    return access.see_other(f"{request.path}?done=answered")


@require_safe
@access.desk
def picture(request: access.Desk, attachment_id: UUID) -> HttpResponse:
    """Hand out a picture of a ticket."""
    del request
    found = attachments.any_of(attachment_id)
    if found is None:
        raise Http404
    return saying.picture(found)


@require_POST
@access.desk
def taking(request: access.Desk, ticket_id: UUID) -> HttpResponse:
    """Take a ticket in hand."""
    found, by = case.find(ticket_id), request.user.person
    return case.act(request, found, "taken", lambda: handling.take(found, by=by, at=clock.now()))


@require_POST
@access.desk
def releasing(request: access.Desk, ticket_id: UUID) -> HttpResponse:
    """Put a ticket back into the queue."""
    found, by = case.find(ticket_id), request.user.person

    def put_back() -> None:
        handling.put_back(found, by=by, at=clock.now())

    return case.act(request, found, "released", put_back)


@require_POST
@access.desk
def handing(request: access.Desk, ticket_id: UUID) -> HttpResponse:
    """Hand a ticket over to a colleague."""
    found, by, at = case.find(ticket_id), request.user.person, clock.now()
    form = ToForm(request.POST, colleagues=agents.others(by.id, at=at))
    if not form.is_valid():
        return case.show(request, found, Sent(to=form))
    to = Person.objects.get(pk=form.cleaned_data["to"])
    return case.act(request, found, "handed", lambda: handling.hand_over(found, to, by=by, at=at))


@require_POST
@access.desk
def closing(request: access.Desk, ticket_id: UUID) -> HttpResponse:
    """End a ticket with a code, and perhaps a sentence."""
    found, form, by = case.find(ticket_id), EndForm(request.POST), request.user.person
    if not form.is_valid():
        return case.show(request, found, Sent(end=form))

    def close() -> None:
        code, sentence = form.cleaned_data["code"], form.cleaned_data["sentence"]
        tickets.close(found, code, sentence=sentence, by=by, at=clock.now())

    return case.act(request, found, "closed", close)


@require_POST
@access.desk
def joining(request: access.Desk, ticket_id: UUID) -> HttpResponse:
    """Let a ticket go on in another one of the same person, and lead there."""
    found, by = case.find(ticket_id), request.user.person
    others = list(merging.candidates(found))
    form = IntoForm(request.POST, others=others)
    if not form.is_valid():
        return case.show(request, found, Sent(into=form))
    into = next(each for each in others if each.pk == form.cleaned_data["into"])

    def merge() -> None:
        merging.merge(found, into, by=by, at=clock.now())

    return case.act(request, found, "merged", merge, then=case.address(into))
