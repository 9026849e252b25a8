"""Gather what the enrolment sheet shows: her information, what it is for, and every no."""

from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue.models import Training
from yanxiu.training.enrolment import enrolments, refusals
from yanxiu.training.enrolment.enrolments import Sheet
from yanxiu.training.people import identities


def facts(training: Training, sheet: Sheet, *, is_noted: bool) -> dict[str, object]:
    """Return the sheet as the page shows it; `obstacles` is empty where she may enrol.

    `is_noted` says that her school has been asked already to look at its type.
    """
    here = reverse("enrolment", args=[training.slug])
    identity = sheet.identity
    return {
        "training": training,
        "period": enrolments.period_words(training, with_year=True),
        "name": identity.name if identity else "",
        "document": identity.get_document_kind_display() if identity else "",
        "number": identities.masked_number(identity) if identity else "",
        "schools": [standing.post.school for standing in sheet.standings],
        "mend_url": f"{reverse('information')}?next={here}",
        "obstacles": [_obstacle(refused, here) for refused in sheet.refusals],
        "is_elsewhere": any(isinstance(each, refusals.OtherPlatform) for each in sheet.refusals),
        "is_noted": is_noted,
        "crumbs": [
            (_("教师研修"), reverse("channel")),
            (training.title, reverse("training", args=[training.slug])),
        ],
    }


def _obstacle(refused: Refused, here: str) -> dict[str, object]:
    """Return a no with the button that helps."""
    information = f"{reverse('information')}?next={here}"
    ways = {
        refusals.NotATeacher: (reverse("my_account"), _("去账号设置")),
        refusals.InformationMissing: (information, _("去补全信息")),
        refusals.OtherPlatform: (information, _("核对学校信息")),
    }
    url, action = ways.get(type(refused), (reverse("channel"), _("看看其他专题")))
    return {"sentence": refused.message, "code": refused.code, "url": url, "action": action}
