"""Show who serves where in an officer's branch, and let her take rights and lend her own."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import grants, levels, officers, scopes
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people import masking
from yanxiu.training.reports import acts, running
from yanxiu.web.office.officer_forms import DeputyForm, FindForm
from yanxiu.web.shared import access


@dataclass(frozen=True, slots=True)
class Row:
    """Be a right as the list shows it."""

    grant: Officer
    way: str
    phone: str
    has_ended: bool


@require_safe
@access.office
def listed(request: access.Office) -> HttpResponse:
    """Show who serves where, down the tree; whoever looks finds her own rights first."""
    at, form = clock.now(), FindForm(request.GET)
    is_sound = form.is_valid()
    typed = form.cleaned_data
    wanted = officers.Wanted(
        text=typed.get("q", ""),
        level=typed.get("level", ""),
        has_ended=typed.get("state") == "ended",
    )
    page = officers.page(request.held, wanted, after=typed.get("after"), at=at)
    facts = {
        "form": form,
        "wanted": wanted,
        "own": request.held,
        "rows": [_row(each) for each in page.rows],
        "after": page.after,
        "gives": scopes.officers.ever("give", request.held),
        "now": at,
    }
    status = HTTPStatus.OK if is_sound else HTTPStatus.BAD_REQUEST
    return render(request, "office/officers.html", facts, status=status)


@require_safe
@access.office
def one(request: access.Office, grant_id: UUID) -> HttpResponse:
    """Show one right: whose, where, since when, given by whom, and what became of it."""
    return _page(request, _found(request, grant_id))


@require_POST
@access.office
def ending(request: access.Office, grant_id: UUID) -> HttpResponse:
    """Take a right, and with it those that stand in for it."""
    grant = _found(request, grant_id)
    by = request.user.person
    return _done(request, grant, "ended", lambda: grants.withdraw(grant, by=by, at=clock.now()))


@require_POST
@access.office
def deputies(request: access.Office, grant_id: UUID) -> HttpResponse:
    """Let somebody stand in until a day."""
    grant, form = _found(request, grant_id), DeputyForm(request.POST)
    by, at = request.user.person, clock.now()
    if not form.is_valid():
        return _page(request, grant, form=form, status=HTTPStatus.BAD_REQUEST)

    def deputise() -> None:
        deputy = officers.seek(form.cleaned_data["phone"], held=request.held, by=by, at=at)
        until = form.cleaned_data["until"]
        grants.deputise(grant, deputy.person, until=until, by=by, at=at)

    return _done(request, grant, "deputised", deputise, form=form)


@require_POST
@access.office
def factor_reset(request: access.Office, grant_id: UUID) -> HttpResponse:
    """Forget the officer's second factors: her device is lost, or stolen."""
    grant = _found(request, grant_id)
    by = request.user.person
    return _done(
        request, grant, "reset", lambda: grants.reset_factors(grant, by=by, at=clock.now())
    )


def _found(request: access.Office, grant_id: UUID) -> Officer:
    grant = officers.find(request.held, grant_id, at=clock.now())
    if grant is None:
        raise Http404
    return grant


def _done(
    request: access.Office,
    grant: Officer,
    word: str,
    act: Callable[[], None],
    *,
    form: DeputyForm | None = None,
) -> HttpResponse:
    """Do what was asked, with a fresh second factor, and lead back to the right."""
    address = reverse("office_officer", args=[grant.id])
    if not access.is_fresh(request):
        return access.ask_factor(request, onward=address)
    try:
        act()
    except Refused as refused:
        return _page(request, grant, form=form, refused=refused, status=refused.status)
    return access.see_other(f"{address}?done={word}")


def _page(
    request: access.Office,
    grant: Officer,
    *,
    form: DeputyForm | None = None,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    at, is_own = clock.now(), grant.person_id == request.user.person_id
    stands = grants.standing(grant, at)
    own = [grants.served(each) for each in request.held]
    against = levels.against(own, grants.served(grant), is_oneself=is_own)
    standing_in = grant.standing_in  # type: ignore[attr-defined]  # added by `officers.find`
    facts = {
        "row": _row(grant),
        "is_own": is_own,
        "stands": stands,
        "may_take": stands and (against is None or _is_my_deputy(request, grant)),
        "may_reset": stands and against is None,
        "may_deputise": stands and not grant.stands_in_for_id and (is_own or against is None),
        "stops": running.of(grant, at=at) if stands else None,
        "acts": acts.of_grants(request.held, [grant.id, *(each.id for each in standing_in)]),
        "form": form or DeputyForm(),
        "refused": refused,
        "notices": _said(request),
        "now": at,
    }
    return render(request, "office/officer.html", facts, status=status)


def _is_my_deputy(request: access.Office, grant: Officer) -> bool:
    return grant.stands_in_for_id in {each.id for each in request.held}


def _row(grant: Officer) -> Row:
    return Row(
        grant=grant,
        way=" › ".join(grants.way_down(grant)[1:]) or grants.node_name(grant),
        phone=masking.phone(grant.person.account.phone),
        has_ended=not grants.standing(grant, clock.now()),
    )


def _said(request: access.Office) -> list[dict[str, str]]:
    """Say what has just been done."""
    words = {
        "given": _("已授权，对方会收到通知。首次进入平台管理系统时，须设置二次验证。"),
        "ended": _("已收回。对方正在进行的导入、导出和下载会在几秒内停止。"),
        "deputised": _("已设置代理，对方会收到通知。到期自动结束，也可以随时收回。"),
        "reset": _("已重置二次验证，并结束了对方的全部登录。对方下次进入时须重新设置。"),
    }
    text = words.get(request.GET.get("done", ""))
    return [{"kind": "done", "text": text}] if text else []
