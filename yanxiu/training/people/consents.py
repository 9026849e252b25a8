"""Keep which text somebody has agreed to, in which version, and when.

A text that changes gets another version: what was agreed to before stays what it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yanxiu.training.people.models import Consent, Person

REGISTRATION = "registration"


@dataclass(frozen=True, slots=True)
class Text:
    """Be what somebody agrees to, as the page shows it."""

    version: str
    title: Promise | str
    paragraphs: tuple[Promise | str, ...]


# What is asked for now, by name.
TEXTS: Mapping[str, Text] = {
    REGISTRATION: Text(
        "2025-07-20",
        _("注册说明：保存哪些信息，给谁看"),
        (
            _(
                "手机号用来登录。姓名、证件号码和任教学校用来记录学时、由学校审核身份、发放证书；"
                "证件号码加密保存。"
            ),
            _(
                "只有您本人、您学校的管理员和负责这所学校的上级管理员能看到这些信息。"
                "别人核验证书时，看不到您的个人信息。"
            ),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Given:
    """Be a consent as its giver sees it; `text` is None where the version is no longer shown."""

    title: str
    version: str
    at: datetime
    text: Text | None


def give(person: Person, name: str, *, at: datetime) -> None:
    """Note that somebody agrees to a text as it is now; once for each version."""
    facts = {"person": person, "text": name, "version": TEXTS[name].version}
    Consent.objects.get_or_create(**facts, defaults={"at": at})


def given(person_id: UUID) -> list[Given]:
    """Return what somebody has agreed to, the latest first."""
    found = Consent.objects.filter(person=person_id).order_by("-at", "id")
    return [_shown(row) for row in found]


def _shown(row: Consent) -> Given:
    known = TEXTS.get(row.text)
    is_current = known is not None and known.version == row.version
    title = str(known.title) if known else row.text
    return Given(title, row.version, row.at, known if is_current else None)
