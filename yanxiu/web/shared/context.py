"""Give every template what the frame of the page needs, without a query of its own."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from yanxiu.foundation import clock
from yanxiu.training.people import masking
from yanxiu.training.people.models import Account
from yanxiu.web.shared import devices, handshake, help_line, languages, platform_frame

# The pages that navigation, tabs and rail lead to.
_OF_A_PLATFORM = {"home", "channel", "platform", "platform_channel"}
ENTRIES = {*_OF_A_PLATFORM, "my_trainings", "me", "help", "workbench", "my_notices"}


def _name(account: Account) -> str:
    """Return by what she is greeted: her name, a student's from her school, or her number."""
    known = getattr(account, "name", "") or getattr(account, "student_name", "")
    reached = masking.phone(account.phone) if account.has_phone else str(_("同学"))
    return known or reached


def _entry(request: HttpRequest) -> str:
    """Return the path of a page that the frame leads to, so that it is marked there; else ""."""
    match = request.resolver_match
    return request.path if match and match.view_name in ENTRIES else ""


def everywhere(request: HttpRequest) -> dict[str, object]:
    """Return who looks, with what, how the help line is reached, and which platform this is."""
    # A request that is turned away early, for its Host or its size, has no user yet.
    user = getattr(request, "user", None)
    account = user if user and user.is_authenticated else None
    name = _name(account) if account else ""
    return {
        "signed_in": account is not None,
        "account": account,
        "persona_kind": getattr(account, "persona_kind", None),
        "device_owner": devices.owner(request) if account else "",
        "display_name": name,
        "unread_notices": getattr(account, "unread", 0),
        "is_officer": bool(getattr(account, "serves", False)),
        "is_agent": bool(getattr(account, "answers", False)),
        "help_line": help_line.at(clock.now()),
        "demo": settings.YANXIU_DEMO,
        **handshake.facts(request),
        **languages.facts(),
        "entry": _entry(request),
    } | platform_frame.facts(platform_frame.here(request))
