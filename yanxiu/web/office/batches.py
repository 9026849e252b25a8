"""Let officers answer many requests at once: first who they are, then what became of each."""

from collections.abc import Iterable
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.training.journeys import batches
from yanxiu.training.organisations import waiting
from yanxiu.training.organisations.models import Decision
from yanxiu.web.office import verifications
from yanxiu.web.office.forms import BatchForm
from yanxiu.web.shared import access

# So many stand on the page by name before it says how many more there are.
NAMED = 100


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def asking(request: access.Office) -> HttpResponse:
    """Say who would be answered and what it means, and take the answer."""
    if request.method != "POST":
        return _asking(request, BatchForm(initial=_wished(request)), _picked(request))
    form = BatchForm({**request.POST.dict(), "ids": " ".join(request.POST.getlist("ids"))})
    if not form.is_valid():
        ids = form.cleaned_data.get("ids", [])
        return _asking(request, form, ids, status=HTTPStatus.BAD_REQUEST)
    typed = form.cleaned_data
    answer = batches.Answer(
        typed["outcome"], typed["reason"], typed["sentence"], only_matching=typed["matching"]
    )
    by, at = request.user.person, clock.now()
    given = batches.give(typed["batch"], typed["ids"], answer, held=request.held, by=by, at=at)
    return access.see_other("office_batch", given.pk)


@require_safe
@access.office
def page(request: access.Office, batch_id: UUID) -> HttpResponse:
    """Show what became of each request of a batch, those not done first."""
    by = request.user.person
    batch = batches.find(batch_id, by=by)
    if batch is None:
        raise Http404
    start = _start(request.GET.get("start", ""), len(batch.answers))
    done = batches.done(batch)
    facts = {
        "batch": batch,
        "done": done,
        "not_done": len(batch.answers) - done,
        "outcomes": batches.outcomes(batch, held=request.held, start=start),
        "start": start,
        "before": max(0, start - batches.PAGE) if start else None,
        "after": start + batches.PAGE if start + batches.PAGE < len(batch.answers) else None,
        "tally": waiting.tally(request.held, by=by, at=clock.now()),
        "now": clock.now(),
    }
    return render(request, "office/batch.html", facts)


def _wished(request: access.Office) -> dict[str, object]:
    """Return what the list was left with: yes or no, and whether it is for all matches."""
    rejects = request.GET.get("outcome") == Decision.Outcome.REJECTED
    outcome = Decision.Outcome.REJECTED if rejects else Decision.Outcome.APPROVED
    return {"outcome": outcome, "matching": request.GET.get("matching") == "1" and not rejects}


def _picked(request: access.Office) -> list[UUID]:
    """Return which requests are meant: those that were picked, or all matches."""
    if _wished(request)["matching"]:
        found = waiting.matches(request.held, by=request.user.person, at=clock.now())
        return list(found.values_list("pk", flat=True)[: batches.MOST])
    return list(_ids(request.GET.getlist("ids")))


def _ids(texts: Iterable[str]) -> Iterable[UUID]:
    """Return what can be an id; anything else was never one of ours."""
    for text in dict.fromkeys(texts):
        try:
            yield UUID(text)
        except ValueError:
            continue


def _asking(
    request: access.Office,
    form: BatchForm,
    ids: list[UUID],
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    found = verifications.rows(request, list(waiting.chosen(request.held, ids[:NAMED])))
    facts = {
        "form": form,
        "ids": " ".join(each.hex for each in ids),
        "many": len(ids),
        "more": max(0, len(ids) - NAMED),
        "gone": len(ids) - len(found) if len(ids) <= NAMED else 0,
        "rows": found,
        "unlike": sum(1 for row in found if row.compared.kind != "match"),
        "rejects": form["outcome"].value() == Decision.Outcome.REJECTED,
        "matching": bool(form["matching"].value()),
        "one_school": len(request.held) == 1 and request.held[0].school_id is not None,
        "now": clock.now(),
    }
    return render(request, "office/batch_asking.html", facts, status=status)


def _start(text: str, many: int) -> int:
    """Return where a page of outcomes begins; what makes no sense begins at the beginning."""
    place = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(many)) else 0
    return place - place % batches.PAGE if place < many else 0
