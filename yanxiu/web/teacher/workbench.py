"""Be the workbench of phone and desktop client: tools for every day, and trainings below."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Training
from yanxiu.training.enrolment import enrolments
from yanxiu.web.shared import access, platform_frame

# So many trainings fit below the tools of a phone; the rest stands one press further.
SHOWN = 3


@require_safe
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """Show the tools, then 培训: her own trainings first, and open ones she could enrol in."""
    mine = [each.training for each in enrolments.of(request.user.person_id)]
    others = [each for each in _open(request) if each not in mine]
    rows = [*(_row(each, is_mine=True) for each in mine), *(_row(each) for each in others)]
    facts = {"tools": _tools(request), "rows": rows[:SHOWN]}
    return render(request, "teacher/workbench.html", facts)


def _open(request: HttpRequest) -> list[Training]:
    at = clock.now()
    every = trainings.every(platform_frame.here(request).serves)
    return [each for each in every if trainings.is_open(each, at)]


def _row(training: Training, *, is_mine: bool = False) -> dict[str, object]:
    return {
        "title": training.title,
        "url": reverse("training", args=[training.slug]),
        "period": enrolments.period_words(training, with_year=True),
        "is_mine": is_mine,
        "is_open": trainings.is_open(training, clock.now()),
    }


def _tools(request: access.SignedIn) -> list[dict[str, str]]:
    tools = [
        ("valid", "my_certificates", _("我的证书")),
        ("me", "information", _("个人信息")),
        ("unknown", "help", _("帮助")),
        ("messages", "my_tickets", _("我的工单")),
        ("search", "verify", _("核验证书")),
        ("lock", "my_account", _("账号设置")),
    ]
    if getattr(request.user, "serves", False):
        tools.insert(0, ("bench", "office", _("平台管理系统")))
    return [{"icon": icon, "url": reverse(name), "label": label} for icon, name, label in tools]
