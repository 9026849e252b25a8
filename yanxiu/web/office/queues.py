"""Give the county one shape for what it answers about schools: a queue, its cases, an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations.missing import Tally
from yanxiu.training.organisations.models import Officer, SchoolAnswer, TypeAnswer
from yanxiu.training.organisations.scopes import Scope
from yanxiu.web.shared import access

# The oldest come first; what is answered makes room for the next ones.
MOST = 50
type Answer = SchoolAnswer | TypeAnswer


@dataclass(frozen=True, slots=True)
class Queue[Asked: Model]:
    """Be one kind of what is asked: where it is read, on which pages, and what its answer says.

    `page` and `case` name the addresses; the templates are called the same behind "office".
    """

    label: str | Promise
    page: str
    case: str
    waiting: Callable[[list[Officer]], QuerySet[Asked]]
    tally: Callable[[list[Officer]], Tally]
    find: Callable[[list[Officer], UUID], Asked | None]
    scope: Scope
    said: Callable[[Asked, Answer], str]

    def listed(self, request: access.Office) -> HttpResponse:
        """Show what waits in the branch, the oldest first."""
        rows = list(self.waiting(request.held)[: MOST + 1])
        facts = {
            "queue": self,
            "rows": rows[:MOST],
            "more": len(rows) > MOST,
            "tally": self.tally(request.held),
            "now": clock.now(),
            "notices": self._notices(request),
        }
        return render(request, _template(self.page), facts)

    def found(self, request: access.Office, asked_id: UUID) -> Asked:
        """Return what is asked, whatever its state; outside of the branch nothing is there."""
        asked = self.find(request.held, asked_id)
        if asked is None:
            raise Http404
        return asked

    def shown(
        self,
        request: access.Office,
        asked: Asked,
        facts: dict[str, object],
        *,
        refused: Refused | None = None,
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        """Show one case with what helps to answer it."""
        facts |= {
            "queue": self,
            "asked": asked,
            "answer": getattr(asked, "answer", None),
            "is_open": is_open(asked),
            "may_answer": self.scope.may("answer", request.held, asked),
            "refused": refused,
            "now": clock.now(),
        }
        status = refused.status if refused else status
        return render(request, _template(self.case), facts, status=status)

    def answered(self, asked: Asked) -> HttpResponse:
        """Lead back to the list, which says what was answered."""
        return access.see_other(f"{reverse(self.page)}?done={asked.pk}")

    def _notices(self, request: access.Office) -> list[dict[str, str]]:
        try:
            asked = self.find(request.held, UUID(request.GET.get("done", "")))
        except ValueError:
            return []
        answer: Answer | None = getattr(asked, "answer", None)
        if asked is None or answer is None or answer.by_id != request.user.person_id:
            return []
        return [{"kind": "done", "text": self.said(asked, answer)}]


def is_open(asked: Model) -> bool:
    """Tell whether an answer is still wanted."""
    return getattr(asked, "answer", None) is None and vars(asked)["withdrawn_at"] is None


def _template(page: str) -> str:
    return f"office/{page.removeprefix('office_')}.html"
