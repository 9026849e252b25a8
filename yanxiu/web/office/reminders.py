"""Let officers see whom a reminder would reach, send it, and read what was sent when."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue import trainings as catalogue
from yanxiu.training.journeys import reminding
from yanxiu.training.reports import figures, reminders
from yanxiu.web.office import places
from yanxiu.web.shared import access


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def page(request: access.Office, slug: str, code: str) -> HttpResponse:
    """Show whom a reminder reaches, and send it."""
    now = clock.now()
    node, training = places.node(request, code), places.outline(slug).training
    refused: Refused | None = None
    if request.method == "POST":
        try:
            by = request.user.person
            reminding.call(training, node, held=request.held, by=by, at=now)
            return access.see_other(reverse("office_reminders", args=[slug, code]))
        except Refused as error:
            refused = error
    when = None if node.is_school else figures.as_of(now)
    sent = reminders.sent(training.id, node.path)
    facts = {
        "training": training,
        "node": node,
        "crumbs": places.crumbs(request, training, node),
        "preview": reminders.preview(training, node, at=now),
        "sent": sent,
        "is_running": any(each.finished_at is None for each in sent),
        "rest_days": reminders.rest().days,
        "is_open": catalogue.is_open(training, now),
        "refused": refused,
        "as_of": when.at if when else now,
        "now": now,
    }
    status = refused.status if refused else 200
    return render(request, "office/reminders.html", facts, status=status)
