"""Be 账号设置: how she signs in, where she is signed in, and what is kept of her."""

from http import HTTPStatus

from django import forms
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.journeys import securing
from yanxiu.training.organisations import phone_changes, phone_links, posts, student_accounts
from yanxiu.training.people import factors, identities, masking, passwords, sessions
from yanxiu.training.people.models import Persona
from yanxiu.web.shared import access
from yanxiu.web.shared.code_forms import NewPasswordForm

_PAGE = require_http_methods(["GET", "HEAD", "POST"])
# So much of a document's number is no secret to whoever knows her.
_TAIL = 6


class EndingForm(forms.Form):
    """Take which session is to end: one by its handle, or all others."""

    session = forms.CharField(max_length=40, required=False)
    others = forms.CharField(max_length=10, required=False)


@require_safe
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """Show what she signs in with, as what she uses the platform, and what she can change."""
    kind = getattr(request.user, "persona_kind", None)
    running = phone_changes.running(request.user.person_id)
    facts = {
        "phone": masking.phone(request.user.phone) if request.user.has_phone else "",
        "student_number": _student_number(request),
        "persona": Persona.Kind(kind).label if kind else _("未选择"),
        "is_teacher": kind == Persona.Kind.TEACHER,
        "since": request.user.created_at,
        "has_password": passwords.has_one(request.user),
        "has_factor": factors.of(request.user).exists(),
        "running": running,
        "stop": phone_links.path(running, phone_links.STOP) if running else "",
        "notices": _notices(request),
    }
    return render(request, "teacher/me_account.html", facts)


@_PAGE
@access.proved
def password(request: access.SignedIn) -> HttpResponse:
    """Set a password, change it, or sign in by code alone again; other sessions end."""
    if request.method != "POST":
        return _password(request, NewPasswordForm())
    keep, at = str(request.session.session_key), clock.now()
    if "forget" in request.POST and request.user.has_phone:
        securing.forget_password(request.user, keep=keep, at=at)
        return _kept(request, "password_forgotten")
    form = NewPasswordForm(request.POST)
    if not form.is_valid():
        return _password(request, form, status=HTTPStatus.BAD_REQUEST)
    try:
        plain = passwords.check(
            request.user, form.cleaned_data["new"], personal=_others_know(request)
        )
    except Refused as refused:
        form.add_error("new", refused.message)
        return _password(request, form, status=refused.status)
    securing.set_password(request.user, plain, keep=keep, at=at)
    return _kept(request, "password_set")


@_PAGE
@access.signed_in
def devices(request: access.SignedIn) -> HttpResponse:
    """Show where she is signed in; end one session, or all but this."""
    key, now = str(request.session.session_key), clock.now()
    if request.method == "POST":
        form = EndingForm(request.POST)
        typed = form.cleaned_data if form.is_valid() else {}
        if typed.get("others"):
            sessions.end_others(request.user, keep=key, at=now)
        else:
            sessions.end(request.user, typed.get("session", ""), at=now)
        return access.see_other("my_sessions")
    facts = {"sessions": sessions.listed(request.user, this=key, at=now), "now": now}
    return render(request, "teacher/me_sessions.html", facts)


def _kept(request: access.SignedIn, said: str) -> HttpResponse:
    """Keep this session under a new name, and say what was done."""
    update_session_auth_hash(request, request.user)
    answer = access.see_other("my_account")
    answer["Location"] += f"?done={said}"
    return answer


def _others_know(request: access.SignedIn) -> tuple[str, ...]:
    """Return what others know of her beside name and number: her schools, her document's end."""
    identity = identities.current(request.user.person_id)
    number = identities.number(identity) if identity else ""
    schools = [post.school.name for post in posts.current(request.user.person_id)]
    return tuple(filter(None, (*schools, number, number[-_TAIL:])))


def _password(
    request: access.SignedIn, form: NewPasswordForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    facts = {
        "form": form,
        "has_password": passwords.has_one(request.user),
        "has_phone": request.user.has_phone,
    }
    return render(request, "teacher/me_password.html", facts, status=status)


def _student_number(request: access.SignedIn) -> str:
    has_phone = request.user.has_phone
    return "" if has_phone else student_accounts.masked_number(request.user.person_id)


def _notices(request: access.SignedIn) -> list[dict[str, str]]:
    words = {
        "phone_changed": _("手机号已更换，以后用新号码登录。其他设备上的登录已全部结束。"),
        "password_set": _("密码已保存。其他设备上的登录已全部结束。"),
        "password_forgotten": _("密码已取消，以后用短信验证码登录。其他设备上的登录已全部结束。"),
    }
    said = words.get(request.GET.get("done", ""))
    return [{"kind": "done", "text": said}] if said else []
