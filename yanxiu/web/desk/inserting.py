"""Put a canned answer below what an agent has written, its places filled from the ticket."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from yanxiu.foundation import clock
from yanxiu.training.support import canned_answers, placeholders
from yanxiu.training.support.models import Ticket
from yanxiu.web.shared import access, help_line, saying


def inserted(request: access.Desk, found: Ticket) -> HttpResponse | None:
    """Keep the draft with the chosen words and lead back to it; None where none were chosen."""
    chosen = request.POST.get("canned")
    if chosen is None:
        return None
    try:
        answer = canned_answers.find(UUID(chosen))
    except ValueError as error:
        raise Http404 from error
    if answer is None:
        raise Http404
    saying.keep(request, found, more=placeholders.fill(answer.text, _facts(found)))
    return access.see_other(f"{request.path}?done=inserted#answer")


def _facts(found: Ticket) -> dict[str, str]:
    """Return what the places stand for; of her name no more than every page shows."""
    name: str = getattr(found, "name", None) or ""
    line = help_line.at(clock.now())
    return {
        "称呼": _("%(name)s老师") % {"name": name[:1]},
        "工单号": found.number,
        "标题": found.title,
        "咨询时间": line.hours,
        "客服电话": line.phone,
    }
