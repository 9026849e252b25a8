"""Let officers give rights: who, at which level, where; then whom it will be, and yes."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import grants, levels, officers, refusals
from yanxiu.training.people import masking
from yanxiu.training.people.models import Account
from yanxiu.web.office.officer_forms import GrantForm
from yanxiu.web.shared import access


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def page(request: access.Office) -> HttpResponse:
    """Ask for person and node, say whom it will be, and give the right."""
    offered = levels.below([grants.served(each) for each in request.held])
    if not offered:
        raise PermissionDenied
    if not access.is_fresh(request):
        return access.ask_factor(request, onward=reverse("office_grant_new"))
    if request.method != "POST":
        return _page(request, GrantForm(levels=offered, initial=request.GET.dict()))
    form = GrantForm(request.POST, levels=offered)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.BAD_REQUEST)
    try:
        return _give_or_show(request, form)
    except Refused as refused:
        return _page(request, form, refused=refused, status=refused.status)


def _give_or_show(request: access.Office, form: GrantForm) -> HttpResponse:
    """Give the right where both node and person are the ones that were shown; else show them."""
    typed, by, at = form.cleaned_data, request.user.person, clock.now()
    found = officers.seek(typed["phone"], held=request.held, by=by, at=at)
    nodes = officers.nodes(request.held, typed["level"], typed["place"])
    chosen = officers.node(request.held, typed["node"]) if typed["node"] else None
    if chosen is None or typed["seen"] != found.person_id:
        if not nodes.rows:
            raise refusals.NowhereThere
        return _page(request, form, found=found, nodes=nodes)
    person = found.person
    grant = grants.give(person, level=typed["level"], node=chosen, by=by, at=at)
    return access.see_other(f"{reverse('office_officer', args=[grant.id])}?done=given")


def _page(
    request: access.Office,
    form: GrantForm,
    *,
    found: Account | None = None,
    nodes: officers.Nodes | None = None,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    facts: dict[str, object] = {"form": form, "nodes": nodes, "refused": refused}
    if found:
        facts |= {
            "person_id": found.person_id,
            "name": masking.name(officers.name_of(found.person_id)),
            "phone": masking.phone(found.phone),
            "is_oneself": found.person_id == request.user.person_id,
        }
    return render(request, "office/grant_new.html", facts, status=status)
