"""Show a lead how the desk keeps up: what waits, what was answered, how tickets ended."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock
from yanxiu.training.support import agents, listing, workload
from yanxiu.training.support.models import Closure
from yanxiu.training.support.workload import Workload
from yanxiu.web.desk import words
from yanxiu.web.shared import access

# The length of the longest bar; all begin at nothing.
WIDTH = 200


@dataclass(frozen=True, slots=True)
class Bar:
    """Be a row of the chart: what it counts, how many, and how long that is drawn."""

    label: str
    number: int
    width: float


@require_safe
@access.lead
def page(request: access.Desk) -> HttpResponse:
    """Show today's numbers, the last fourteen days, and who has how many in hand."""
    now = clock.now()
    tally = listing.tally(request.user.person_id, at=now)
    found = workload.read(at=now)
    facts = {
        "tally": tally,
        "oldest": words.waited(tally.waited) if tally.waiting else "",
        "today": found.today,
        "days": found.days,
        "bars": _bars(found),
        "ended": sum(found.codes.values()),
        "agents": agents.everybody(at=now),
        "number_of_days": workload.DAYS,
        "now": now,
    }
    return render(request, "desk/numbers.html", facts)


def _bars(found: Workload) -> list[Bar]:
    """Return how tickets ended, the most frequent first; a code that nothing ended with too."""
    most = max(found.codes.values(), default=0) or 1
    numbers = {code: found.codes.get(code, 0) for code in Closure.Code.values}
    return [
        Bar(words.end(code), number, round(number * WIDTH / most, 1))
        for code, number in sorted(numbers.items(), key=lambda pair: -pair[1])
    ]
