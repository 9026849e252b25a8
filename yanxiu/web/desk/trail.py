"""Show a lead what agents did: whom they looked at and why, what they took, answered and ended."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock
from yanxiu.training.reports import acts
from yanxiu.training.trail import words
from yanxiu.web.shared import access

# Entries are numbered with 63 bits.
LAST = 2**63 - 1
FIRST_GROUP = "seen"


@require_safe
@access.lead
def page(request: access.Desk) -> HttpResponse:
    """Show the acts of the desk, the latest first; names of teachers are covered."""
    wanted = request.GET.get("what", FIRST_GROUP)
    group = wanted if wanted in words.DESK else FIRST_GROUP
    before = _number(request.GET.get("before", ""))
    facts = {
        "page": acts.at_desk(group, before=before),
        "group": group,
        "groups": [(code, label) for code, (label, _beginnings) in words.DESK.items()],
        "before": before,
        "now": clock.now(),
    }
    return render(request, "desk/trail.html", facts)


def _number(text: str) -> int | None:
    if not (text.isascii() and text.isdecimal() and len(text) < len(str(LAST))):
        return None
    return int(text)
