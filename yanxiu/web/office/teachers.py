"""List the teachers of the officer's branch, and show each of them whole."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock
from yanxiu.training.catalogue import trainings as catalogue
from yanxiu.training.catalogue.models import Training
from yanxiu.training.reports import figures, teachers
from yanxiu.training.reports import teacher as one
from yanxiu.training.reports.models import Figures
from yanxiu.training.reports.nodes import Node
from yanxiu.training.reports.teachers import Wanted
from yanxiu.web.office import places, teacher_page, teacher_rows
from yanxiu.web.office.report_forms import ListForm
from yanxiu.web.shared import access


@require_safe
@access.office
def listing(request: access.Office) -> HttpResponse:
    """List teachers by state, name and order; all of it stands in the address."""
    now = clock.now()
    form = ListForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    every = catalogue.every()
    training = places.chosen(every, asked.get("training", ""))
    place = places.node(request, asked.get("node", ""))
    wanted = _wanted(training, place, asked)
    page = teachers.page(wanted, after=asked.get("after"), before=asked.get("before"))
    when = None if place.is_school else figures.as_of(now)
    facts = {
        "form": form,
        "trainings": every,
        "training": training,
        "node": place,
        "wanted": wanted,
        "state": teachers.STATES[wanted.state].label,
        "page": page,
        "many": _many(wanted, page, when),
        "rows": teacher_rows.of(page.rows, training, now=now, has_schools=not place.is_school),
        "as_of": when.at if when else now,
        "now": now,
    }
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.BAD_REQUEST
    return render(request, "office/teachers.html", facts, status=status)


@require_safe
@access.office
def page(request: access.Office, person_id: UUID) -> HttpResponse:
    """Show one teacher: who she is, where she teaches, how far she is and why, what she holds."""
    now = clock.now()
    seen = one.find(request.held, person_id)
    if seen is None:
        raise Http404
    return render(
        request, "office/teacher.html", teacher_page.facts(seen, held=request.held, now=now)
    )


def _wanted(training: Training, place: Node, asked: dict[str, str]) -> Wanted:
    known = {"state": asked.get("state"), "text": asked.get("q"), "sort": asked.get("sort")}
    return Wanted(training.id, place.path, **{name: v for name, v in known.items() if v})


def _many(wanted: Wanted, page: teachers.Page, when: figures.AsOf | None) -> int:
    """Return how many rows there are: what the figure says where one counts the same."""
    if page.many is not None:
        return page.many
    told: Figures | None = None
    if when and not wanted.text and hasattr(Figures, wanted.state):
        told = figures.of(wanted.training_id, [wanted.path], on=when.on).get(wanted.path)
    return getattr(told, wanted.state) if told else teachers.many(wanted)
