"""Be the inbox: what a person was told, and what she has read of it."""

from datetime import datetime

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.training.notices import kinds, notes
from yanxiu.training.notices.models import Notice
from yanxiu.web.shared import access


class Reading(forms.Form):
    """Name one notice that she opens, or the latest of those that she has seen."""

    notice = forms.UUIDField(required=False)
    seen = forms.UUIDField(required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """Show what she was told, the latest first; looking changes nothing."""
    now = clock.now()
    if request.method == "POST":
        return _read(request, now)
    found = notes.page(request.user.person_id, after=request.GET.get("after", ""))
    facts = {
        "rows": [_row(notice) for notice in found.rows],
        "latest": found.rows[0].id if found.rows else None,
        "onward": _address(found.onward),
        "is_first": not request.GET.get("after"),
        "now": now,
    }
    return render(request, "teacher/me_notices.html", facts)


def _read(request: access.SignedIn, now: datetime) -> HttpResponse:
    """Put aside one notice and lead to where it points, or all that she has seen."""
    form = Reading(request.POST)
    if form.is_valid() and (notice_id := form.cleaned_data["notice"]):
        notice = notes.read(request.user.person_id, notice_id, at=now)
        return access.see_other(notice.link if notice and notice.link else "my_notices")
    if form.is_valid() and (seen := form.cleaned_data["seen"]):
        notes.read_all(request.user.person_id, seen, at=now)
    return access.see_other("my_notices")


def _row(notice: Notice) -> dict[str, object]:
    return {
        "id": notice.id,
        "text": kinds.told(notice.kind, notice.facts),
        "at": notice.at,
        "link": notice.link,
        "is_new": notice.read_at is None,
        "lost": getattr(notice, "lost", False),
    }


def _address(onward: str | None) -> str | None:
    if onward is None:
        return None
    query = QueryDict(mutable=True)
    query["after"] = onward
    return f"{reverse('my_notices')}?{query.urlencode()}"
