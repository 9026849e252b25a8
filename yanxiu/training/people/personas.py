"""Know as what somebody uses the platform, and change it. Rule: docs/rules/personas.md."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import refusals
from yanxiu.training.people.models import Account, Person, Persona
from yanxiu.training.trail import entries


def current(person_id: UUID) -> str | None:
    """Return the kind of the present persona."""
    present = Persona.objects.filter(person=person_id, until=None)
    return present.values_list("kind", flat=True).first()


def against(account: Account, kind: str, to: str) -> Refused | None:
    """Return what stands against a change from `kind` to `to`, or None."""
    if kind == to:
        return refusals.SamePersona()
    return None if account.has_phone else refusals.StudentsOwn()


@transaction.atomic
def change(account: Account, to: str, *, at: datetime) -> str:
    """Be `to` from now on; return what she was before. Raises what `against` returns.

    Two presses at once: the second finds that she is so already.
    """
    person = account.person
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    before = current(person.id) or ""
    refused = against(account, before, to)
    if refused:
        raise refused
    Persona.objects.filter(person=person, until=None).update(until=at)
    Persona.objects.create(person=person, kind=to, since=at)
    entries.record(
        "persona_switched",
        subject=("person", person.id),
        by=person.id,
        at=at,
        detail={"before": before, "persona": to},
    )
    return before
