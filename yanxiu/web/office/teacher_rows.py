"""Turn rows of standings into what a list of teachers shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Training
from yanxiu.training.organisations.models import School
from yanxiu.training.people import identities
from yanxiu.training.people.models import Identity
from yanxiu.training.reports.models import Standing
from yanxiu.web.shared.templatetags import yx


@dataclass(frozen=True, slots=True)
class Row:
    """Be a teacher as a list shows her; tags are pairs of kind and words."""

    standing: Standing
    number: str
    school: str
    verified: tuple[str, str]
    stands: tuple[str, str]
    recognised: str
    required: str


def of(
    standings: Sequence[Standing], training: Training, *, now: datetime, has_schools: bool = True
) -> list[Row]:
    """Return the rows with numbers covered; two or three queries for all of them."""
    people = [each.person_id for each in standings]
    found = Identity.objects.filter(person__in=people, until=None)
    numbers = {each.person_id: identities.masked_number(each) for each in found}
    names = _schools(standings) if has_schools else {}
    book = trainings.several([training.id])[0].rulebook

    def said(seconds: int) -> str:
        return yx.hours(seconds, book.seconds_per_credit_hour)

    return [
        Row(
            each,
            numbers.get(each.person_id, ""),
            names.get(each.path, ""),
            verified(each, now),
            stands(each),
            said(each.recognised_s),
            said(book.required_s),
        )
        for each in standings
    ]


def verified(row: Standing, now: datetime) -> tuple[str, str]:
    """Return how her verification stands: a tag's kind and words."""
    if row.verified_at:
        return "done", _("已认证")
    if row.waiting_since:
        return "wait", _("审核%(age)s") % {"age": yx.age_words(row.waiting_since, now)}
    return "off", _("未认证")


def stands(row: Standing) -> tuple[str, str]:
    """Return how far she is in the training: a tag's kind and words."""
    if row.certified_at:
        return "done", _("已领证书")
    if row.held_since:
        return "wait", _("暂缓认定")
    if row.completed_at:
        return "", _("已达标")
    if row.enrolled_at is None:
        return "off", _("未报名")
    return "no", _("学习中") if row.begun_at else _("未开始")


def _schools(standings: Sequence[Standing]) -> dict[str, str]:
    found = School.objects.filter(path__in={each.path for each in standings})
    return dict(found.values_list("path", "name"))
