"""Show an officer first of all what waits for her and since when; below, how her branch stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock
from yanxiu.training.organisations import correction_queue, grants, waiting
from yanxiu.training.organisations.comparison import Comparison
from yanxiu.training.organisations.models import Correction, Officer, Verification
from yanxiu.training.reports import branch, tasks
from yanxiu.training.reports.tasks import Kind, Task
from yanxiu.web.office import verifications
from yanxiu.web.shared import access

# A right that ends within so many days is said on the first page.
SOON = timedelta(days=30)
ROWS, QUEUES = 5, 5


@dataclass(frozen=True, slots=True)
class Words:
    """Say of a kind of task what it is, what helps, and on which page."""

    label: str | Promise
    action: str | Promise
    page: str


WORDS = {
    Kind.VERIFICATIONS: Words(_("身份审核"), _("去审核"), "office_verifications"),
    Kind.CORRECTIONS: Words(_("更正申请"), _("去审核"), "office_corrections"),
    Kind.PHONE_CHANGES: Words(_("更换手机号"), _("去办理"), "office_phone_changes"),
    Kind.MISSING_SCHOOLS: Words(_("找不到的学校"), _("去答复"), "office_missing"),
    Kind.TYPE_PROPOSALS: Words(_("学制更正"), _("去确认"), "office_types"),
    Kind.APPEALS: Words(_("学时申诉"), _("去答复"), "office_holds"),
    Kind.DOUBTS: Words(_("学习记录的疑点"), _("去核查"), "office_doubts"),
    Kind.AMENDMENTS: Words(_("学时更正待确认"), _("去确认"), "office_amendments"),
    Kind.REVOCATIONS: Words(_("证书撤销待会签"), _("去会签"), "office_revocations"),
    Kind.READMISSIONS: Words(_("准予重领待会签"), _("去会签"), "office_revocations"),
    Kind.IMPORTS: Words(_("未完成的导入"), _("查看进度"), "office_imports"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """Be a kind of task as the page shows it."""

    task: Task
    words: Words
    url: str


@dataclass(frozen=True, slots=True)
class Ending:
    """Be a right of the officer's own that ends soon, or one that she holds for another."""

    grant: Officer
    node: str
    is_deputy: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """Be a teacher who waits for this officer, with what, since when, and where it is answered."""

    asked: Verification | Correction
    url: str
    compared: Comparison | None = None


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """Show what waits for the officer, since when, and the one step that helps."""
    held, by, at = request.held, request.user.person, clock.now()
    tally = waiting.tally(held, by=by, at=at)
    cards = [_card(task) for task in tasks.waiting(held, tally, by=by, at=at)]
    above = any(grant.school_id is None for grant in held)
    kinds = {card.task.kind for card in cards}
    facts = {
        "tally": tally,
        "rows": _oldest(request, kinds, at),
        "cards": cards if kinds - {Kind.VERIFICATIONS} else [],
        "oldest": min(cards, key=lambda card: card.task.oldest_at, default=None),
        "number": sum(card.task.number for card in cards),
        "queues": waiting.queues(held, most=QUEUES) if above and tally.waiting else [],
        "one_school": not above and len(held) == 1,
        "glance": branch.glance(held[0].path, at=at),
        "code": held[0].path.rpartition("/")[2],
        "glance_url": reverse("office_trainings"),
        "lent": grants.lent(held, at=at),
        "endings": list(_endings(held, at)),
        "officers_url": reverse("office_officers"),
        "now": at,
    }
    return render(request, "office/overview.html", facts)


def _card(task: Task) -> Card:
    words = WORDS[task.kind]
    return Card(task, words, reverse(words.page))


def _oldest(request: access.Office, kinds: set[Kind], at: datetime) -> list[Waiting]:
    """Return who waits longest for this officer, to be confirmed or to be corrected."""
    held, by = request.held, request.user.person
    found: list[Waiting] = []
    if Kind.VERIFICATIONS in kinds:
        rows = verifications.rows(request, waiting.oldest(held, by=by, at=at, most=ROWS))
        cases = ((row, reverse("office_case", args=[row.asked.id])) for row in rows)
        found += [Waiting(row.asked, url, row.compared) for row, url in cases]
    if Kind.CORRECTIONS in kinds:
        asked = correction_queue.oldest(held, by=by, at=at, most=ROWS)
        found += [Waiting(each, reverse("office_correction", args=[each.id])) for each in asked]
    return sorted(found, key=lambda row: row.asked.requested_at)[:ROWS]


def _endings(held: list[Officer], at: datetime) -> Iterator[Ending]:
    """Give the rights that end soon, and all that are held for somebody else."""
    for grant in held:
        is_deputy = grant.stands_in_for_id is not None
        if grant.until and (is_deputy or grant.until <= at + SOON):
            yield Ending(grant, grants.node_name(grant), is_deputy)
