"""Let a person say by which ways she is told what, when not, and on which browsers."""

import base64
import binascii
from datetime import time
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.foundation import clock, webpush
from yanxiu.training.notices import groups, preferences, quiet, refusals, subscriptions
from yanxiu.training.notices.groups import Group, Way
from yanxiu.web.shared import access, built

WAYS = {
    Way.INBOX: gettext_lazy("站内消息"),
    Way.TEXT: gettext_lazy("短信"),
    Way.PUSH: gettext_lazy("浏览器通知"),
}
_WRONG = {"invalid": gettext_lazy("时间请按“22:00”这样填写，其他选择已保留。")}


class Wanted(forms.Form):
    """Take the ways of each group, as "group:way", and the quiet hours."""

    wanted = forms.MultipleChoiceField(
        choices=[(f"{group.code}:{way}", "") for group in groups.GROUPS for way in Way],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("没有这种消息。请刷新页面后重新选择。")},
    )
    is_quiet = forms.BooleanField(required=False, label=gettext_lazy("免打扰"))
    begins = forms.TimeField(
        label=gettext_lazy("从"),
        error_messages=_WRONG | {"required": gettext_lazy("请填写开始时间。")},
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=gettext_lazy("到"),
        error_messages=_WRONG | {"required": gettext_lazy("请填写结束时间。")},
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    @property
    def chosen(self) -> dict[str, frozenset[Way]]:
        """Return the ways that were ticked, by the code of their group."""
        ticked = {tuple(each.split(":")) for each in self.cleaned_data["wanted"]}
        return {
            group.code: frozenset(way for way in Way if (group.code, way.value) in ticked)
            for group in groups.GROUPS
        }

    @property
    def hours(self) -> tuple[time, time]:
        """Return when she wants quiet; from and to the same moment where never."""
        begins, ends = self.cleaned_data["begins"], self.cleaned_data["ends"]
        return (begins, ends) if self.cleaned_data["is_quiet"] else (begins, begins)


class Subscribed(forms.Form):
    """Take what a browser tells of its subscription."""

    endpoint = forms.CharField(max_length=700)
    key = forms.CharField(max_length=100)
    secret = forms.CharField(max_length=40)

    @property
    def browser(self) -> webpush.Browser:
        """Return the browser; raise `NoPushService` where its keys are no keys."""
        try:
            key, secret = (_plain(self.cleaned_data[name]) for name in ("key", "secret"))
        except (ValueError, binascii.Error) as error:
            raise refusals.NoPushService from error
        return webpush.Browser(self.cleaned_data["endpoint"], key, secret)


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """Show what she has chosen; keep what she chooses."""
    if request.method != "POST":
        return _page(request, _form(request.user.person_id))
    form = Wanted(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    preferences.choose(request.user.person, form.chosen, form.hours, at=clock.now())
    return access.see_other(f"{request.path}?done=saved")


@require_POST
@access.signed_in
def browsers(request: access.SignedIn) -> HttpResponse:
    """Show her notices on the browser that asks."""
    form = Subscribed(request.POST)
    if not form.is_valid():
        raise refusals.NoPushService
    device = _device(request.headers.get("User-Agent", ""))
    subscriptions.begin(request.user.person, form.browser, device=device, at=clock.now())
    return access.see_other("/me/notices/settings/?done=begun")


@require_POST
@access.signed_in
def browser_ending(request: access.SignedIn, subscription_id: UUID) -> HttpResponse:
    """Show her notices no more on one of her browsers."""
    subscriptions.end(request.user.person, subscription_id, at=clock.now())
    return access.see_other("/me/notices/settings/?done=ended")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Hand out the script that shows notices while no page is open; it reaches no other page."""
    del request
    headers = {"Cache-Control": "no-cache"}
    script = built.read("built/notices-worker.js")
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=headers)


def _form(person_id: UUID) -> Wanted:
    hours = preferences.quiet_of([person_id])[person_id]
    is_quiet = hours.begins != hours.ends
    shown = hours if is_quiet else quiet.USUAL
    ways = preferences.choice(person_id)
    initial = {
        "wanted": [f"{code}:{way}" for code, each in ways.items() for way in each],
        "is_quiet": is_quiet,
        "begins": shown.begins,
        "ends": shown.ends,
    }
    return Wanted(initial=initial)


def _page(request: access.SignedIn, form: Wanted, *, status: int = 200) -> HttpResponse:
    ticked = set(form["wanted"].value() or [])
    facts = {
        "form": form,
        "ways": list(WAYS.values()),
        "groups": [_row(group, ticked) for group in groups.GROUPS if _concerns(request, group)],
        "hidden": [each for each in ticked if not _is_listed(request, each)],
        "browsers": subscriptions.of(request.user.person_id),
        "public_key": webpush.public_key(),
        "now": clock.now(),
        "notices": _said(request.GET.get("done", "")),
    }
    return render(request, "teacher/me_telling.html", facts, status=status)


def _row(group: Group, ticked: set[str]) -> dict[str, object]:
    return {
        "group": group,
        "boxes": [
            {
                "value": f"{group.code}:{way}",
                "way": label,
                "is_fixed": way in group.fixed,
                "is_on": way in group.fixed or f"{group.code}:{way}" in ticked,
            }
            for way, label in WAYS.items()
        ],
    }


def _concerns(request: access.SignedIn, group: Group) -> bool:
    """Tell whether a group is shown: the console's only to officers, the desk's to agents."""
    duty = {"office": "serves", "desk": "answers"}.get(group.code)
    return duty is None or bool(getattr(request.user, duty, False))


def _is_listed(request: access.SignedIn, ticked: str) -> bool:
    group = groups.OF_CODE.get(ticked.partition(":")[0])
    return group is None or _concerns(request, group)


def _said(done: str) -> list[dict[str, str]]:
    words = {
        "saved": _("已保存。以后的消息按新的选择发送。"),
        "begun": _("已在这台设备上开启通知。"),
        "ended": _("已关闭那台设备上的通知。"),
    }
    return [{"kind": "done", "text": words[done]}] if done in words else []


def _plain(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))


def _device(agent: str) -> str:
    """Return in a few words what kind of browser that is, as she would call it."""
    system = next((name for mark, name in _SYSTEMS if mark in agent), _("其他设备"))
    browser = next((name for mark, name in _BROWSERS if mark in agent), _("浏览器"))
    return f"{system} · {browser}"


_SYSTEMS = (
    *(("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")),
)
_BROWSERS = (
    *(("Edg", "Edge"), ("Firefox", "Firefox"), ("OPR", "Opera"), ("Chrome", "Chrome")),
    ("Safari", "Safari"),
)
