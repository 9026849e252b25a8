"""Load through the person: who may come in, and what she may see of it."""

import ipaddress
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from yanxiu.foundation import clock
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Account


class SignedIn(HttpRequest):
    """Be a request whose person is known."""

    user: Account


class Office(SignedIn):
    """Be a request of an officer; `held` are the grants that hold now, the widest first."""

    held: list[Officer]


# Where a session keeps when a second factor was last given.
SECOND_FACTOR = "second_factor_at"

type View[**P] = Callable[Concatenate[SignedIn, P], HttpResponse]


def signed_in[**P](view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Lead visitors to the sign-in page before anything is looked up."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)  # type: ignore[arg-type]  # now it is SignedIn

    return guarded  # type: ignore[return-value]  # same call, but for the request's name


def office[**P](
    view: Callable[Concatenate[Office, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let officers in: their grants come along, and the second factor is asked for first."""

    @wraps(view)
    @signed_in
    def guarded(request: SignedIn, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        held = grants.held(request.user.person_id, at=clock.now())
        if not held:
            raise PermissionDenied
        if not has_second_factor(request):
            return redirect_to_login(request.get_full_path(), resolve_url("second_factor"))
        request.held = held  # type: ignore[attr-defined]  # now it is Office
        return view(request, *args, **kwargs)  # type: ignore[arg-type]  # now it is Office

    return guarded


def has_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session has given a second factor."""
    return SECOND_FACTOR in request.session


def person_id(request: HttpRequest) -> UUID | None:
    """Return who is signed in, or None for a visitor."""
    return request.user.person_id if isinstance(request.user, Account) else None


def onward(request: HttpRequest, default: str = "/") -> str:
    """Return where `next` leads if that is a path of ours, else `default`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else default


def see_other(to: str, *args: object) -> HttpResponse:
    """Lead on after a form has done its work; `to` is the name of a page or an address."""
    return HttpResponseRedirect(resolve_url(to, *args), status=HTTPStatus.SEE_OTHER)


def network(request: HttpRequest, *, proxies: int) -> str:
    """Return the network a request comes from: IPv4 by its /24, IPv6 by its /56.

    Only as many forwarded addresses are believed as proxies of ours stand before the server.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if proxies:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = hops[-proxies].strip() if len(hops) >= proxies else address
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    prefix = 24 if known.version == 4 else 56  # noqa: PLR2004 - version numbers of the protocol
    return str(ipaddress.ip_network((known, prefix), strict=False))
