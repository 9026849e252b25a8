"""Gather what the enrolment sheet shows: her information, what it is for, and every no."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue.models import Training
from yanxiu.training.enrolment import enrolments, refusals
from yanxiu.training.enrolment.enrolments import Sheet
from yanxiu.training.people import identities
from yanxiu.web.shared import platform_frame, platform_ways
from yanxiu.web.shared.platform_ways import Way


def facts(training: Training, sheet: Sheet, *, is_noted: bool, at: datetime) -> dict[str, object]:
    """Return the sheet as the page shows it; `obstacles` is empty where she may enrol.

    `is_noted` says that her school has been asked already to look at its type.
    """
    here = reverse("enrolment", args=[training.slug])
    identity = sheet.identity
    schools = [standing.post.school for standing in sheet.standings]
    is_elsewhere = any(isinstance(each, refusals.OtherPlatform) for each in sheet.refusals)
    return platform_frame.below(training) | {
        "training": training,
        "period": enrolments.period_words(training, with_year=True),
        "name": identity.name if identity else "",
        "document": identity.get_document_kind_display() if identity else "",
        "number": identities.masked_number(identity) if identity else "",
        "schools": schools,
        "mend_url": f"{reverse('information')}?next={here}",
        "obstacles": [_obstacle(refused, here) for refused in sheet.refusals],
        "is_elsewhere": is_elsewhere,
        "way": _way(training, schools[0].type.serves, at) if is_elsewhere else None,
        "is_noted": is_noted,
    }


def _way(training: Training, branch: str, at: datetime) -> Way | None:
    """Return the way to the platform that serves her school, to the same season there."""
    return platform_ways.to(branch, season_id=training.season_id, at=at)


def _obstacle(refused: Refused, here: str) -> dict[str, object]:
    """Return a no with the button that helps."""
    information = f"{reverse('information')}?next={here}"
    ways = {
        refusals.NotATeacher: (reverse("my_persona"), _("切换身份")),
        refusals.InformationMissing: (information, _("去补全信息")),
        refusals.OtherPlatform: (information, _("核对学校信息")),
    }
    url, action = ways.get(type(refused), (reverse("channel"), _("看看其他专题")))
    return {"sentence": refused.message, "code": refused.code, "url": url, "action": action}
