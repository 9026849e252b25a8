"""Load through the person: who may come in, and what she may see of it."""

import ipaddress
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from yanxiu.training.people.models import Account


class SignedIn(HttpRequest):
    """Be a request whose person is known."""

    user: Account


type View[**P] = Callable[Concatenate[SignedIn, P], HttpResponse]


def signed_in[**P](view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Lead visitors to the sign-in page before anything is looked up."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)  # type: ignore[arg-type]  # now it is SignedIn

    return guarded  # type: ignore[return-value]  # same call, but for the request's name


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
