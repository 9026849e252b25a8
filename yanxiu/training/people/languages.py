"""Keep which language a person wants, and speak it where she is told something unasked."""

from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation

from yanxiu.training.people.models import Account
from yanxiu.training.trail import entries

TAGS = {"zh-hans": "zh-CN", "en": "en"}


@transaction.atomic
def choose(account: Account, language: str, *, at: datetime) -> None:
    """Keep the language that a person wants, one of the settings' `LANGUAGES`."""
    if language not in dict(settings.LANGUAGES):
        raise LookupError(language)
    if Account.objects.filter(pk=account.pk).exclude(language=language).update(language=language):
        person = account.person_id
        entries.record(
            "language_chosen",
            subject=("person", person),
            by=person,
            at=at,
            detail={"language": language},
        )
    account.language = language


def speaking(account: Account | None) -> AbstractContextManager[None]:
    """Speak meanwhile as the person of an account wants; the source's language is the usual one."""
    chosen = account.language if account else ""
    return translation.override(chosen or settings.LANGUAGE_CODE)


def speaking_to(person_id: UUID) -> AbstractContextManager[None]:
    """Speak meanwhile as a person wants, whoever she is."""
    return speaking(Account.objects.filter(person=person_id).first())


def tag() -> str:
    """Return the name of the language that is spoken, as browsers and screen readers know it."""
    return TAGS[translation.get_language() or settings.LANGUAGE_CODE]
