"""Bring official codes up to date: what is new is added, what has changed is changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from yanxiu.training.organisations.models import Region, SchoolType


@dataclass(frozen=True, slots=True)
class Brought:
    """Say how many codes were added, how many were changed, and how many were right already."""

    added: int
    changed: int
    untouched: int


@transaction.atomic
def bring[Coded: (Region, SchoolType)](
    into: type[Coded], rows: Sequence[Coded], fields: Sequence[str]
) -> Brought:
    """Add the rows whose code is not there, and bring these fields of the others up to date.

    What is right already is not written, and no code is taken away.
    """
    found = {code: facts for code, *facts in into.objects.values_list("code", *fields)}
    due = [row for row in rows if found.get(row.code) != [getattr(row, name) for name in fields]]
    into.objects.bulk_create(
        due, update_conflicts=True, unique_fields=["code"], update_fields=fields
    )
    added = sum(row.code not in found for row in due)
    return Brought(added, len(due) - added, len(rows) - len(due))
