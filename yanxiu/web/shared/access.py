"""Load through the person: who may come in, and what she may see of it."""

import ipaddress
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Concatenate
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware import csrf
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from yanxiu.foundation import clock
from yanxiu.training.organisations import grants, walls
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Account
from yanxiu.training.support import agents, refusals
from yanxiu.training.support.models import Agent


class SignedIn(HttpRequest):
    """Be a request whose person is known."""

    user: Account


class Office(SignedIn):
    """Be a request of an officer; `held` are the grants that hold now, the widest first."""

    held: list[Officer]


class Desk(SignedIn):
    """Be a request of an agent of the help desk; `right` is what lets her in now."""

    right: Agent


LOOKING = {"GET", "HEAD"}
# Where a session keeps when a second factor was last given.
SECOND_FACTOR = "second_factor_at"
# It opens `/office/` for a working day; what changes who can come in asks for a fresh one.
FACTOR_LASTS, FACTOR_FRESH = timedelta(hours=12), timedelta(minutes=10)
# When she last proved by whatever way that it is she: what changes her own account asks for it.
PROVED, PROOF_FRESH = "proved_at", timedelta(minutes=10)

type View[**P] = Callable[Concatenate[SignedIn, P], HttpResponse]


def signed_in[**P](view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Lead visitors to the sign-in page before anything is looked up."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _led(request, redirect_to_login(request.get_full_path()))
        return view(request, *args, **kwargs)  # type: ignore[arg-type]  # now it is SignedIn

    return guarded  # type: ignore[return-value]  # same call, but for the request's name


def serving[**P](
    view: Callable[Concatenate[Office, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let officers in with their grants, before they have given a second factor."""

    @wraps(view)
    @signed_in
    def guarded(request: SignedIn, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        held = grants.held(request.user.person_id, at=clock.now())
        if not held:
            raise PermissionDenied
        request.held = held  # type: ignore[attr-defined]  # now it is Office
        return view(request, *args, **kwargs)  # type: ignore[arg-type]  # now it is Office

    return guarded


def office[**P](
    view: Callable[Concatenate[Office, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let officers in: their grants come along, and the second factor is asked for first.

    What they look at is read behind the second wall. Acts are not: a verb has to know the whole
    truth, such as a teacher's other posts, and decides by itself who may do it.
    """

    @wraps(view)
    @serving
    def guarded(request: Office, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not has_second_factor(request):
            return ask_factor(request)
        if request.method not in LOOKING:
            return view(request, *args, **kwargs)
        with walls.standing(request.held):
            return view(request, *args, **kwargs)

    return guarded


def desk[**P](
    view: Callable[Concatenate[Desk, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let agents of the help desk in, and ask for the second factor first."""

    @wraps(view)
    @signed_in
    def guarded(request: SignedIn, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        right = agents.held(request.user.person_id, at=clock.now())
        if right is None:
            raise PermissionDenied
        if getattr(request.user, "serves", False):
            raise refusals.ServesNow
        if not has_second_factor(request):
            return ask_factor(request)
        request.right = right  # type: ignore[attr-defined]  # now it is Desk
        return view(request, *args, **kwargs)  # type: ignore[arg-type]  # now it is Desk

    return guarded


def lead[**P](
    view: Callable[Concatenate[Desk, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let leads of the help desk in, and nobody else."""

    @wraps(view)
    @desk
    def guarded(request: Desk, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.right.role != Agent.Role.LEAD:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def ask_factor(request: HttpRequest, *, onward: str = "") -> HttpResponse:
    """Lead to where a second factor is given, and from there onward, or back here."""
    to = redirect_to_login(onward or request.get_full_path(), resolve_url("second_factor"))
    return _led(request, to)


def _led(request: HttpRequest, to: HttpResponseRedirect) -> HttpResponse:
    """Lead the whole page away, not only the part of it that a script asks for."""
    if request.headers.get("HX-Request") != "true":
        return to
    return HttpResponse(headers={"HX-Redirect": to.url})


def ask_proof(request: HttpRequest) -> HttpResponse:
    """Lead to where she proves that it is she, and from there back here."""
    return redirect_to_login(request.get_full_path(), resolve_url("my_proof"))


def prove(request: HttpRequest) -> None:
    """Note that who sits here has just proved that it is she."""
    request.session[PROVED] = clock.now().isoformat()


def is_proved(request: HttpRequest) -> bool:
    """Tell whether she has proved it within the last ten minutes."""
    return _age(request, PROVED) < PROOF_FRESH


def proved[**P](view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Ask for a fresh proof before what a thief of the session must not do, and lead back."""

    @wraps(view)
    @signed_in
    def guarded(request: SignedIn, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_proved(request):
            return ask_proof(request)
        return view(request, *args, **kwargs)

    return guarded


def give_factor(request: HttpRequest) -> None:
    """Note that a second factor was given just now; the session gets a new name."""
    request.session.cycle_key()
    csrf.rotate_token(request)
    request.session[SECOND_FACTOR] = clock.now().isoformat()
    prove(request)


def has_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session has given a second factor in the last twelve hours."""
    return _age(request, SECOND_FACTOR) < FACTOR_LASTS


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether this session has given a second factor in the last ten minutes."""
    return _age(request, SECOND_FACTOR) < FACTOR_FRESH


def _age(request: HttpRequest, key: str) -> timedelta:
    given = request.session.get(key)
    return clock.now() - datetime.fromisoformat(given) if given else timedelta.max


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
