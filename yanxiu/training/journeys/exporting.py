"""Ask for an export: noted down and handed to its job in one transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction

from yanxiu.training.journeys import jobs
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Person
from yanxiu.training.reports import exports
from yanxiu.training.reports.models import Export


@transaction.atomic
def ask(
    kind: str, *, path: str, wanted: dict[str, Any], held: list[Officer], by: Person, at: datetime
) -> Export:
    """Begin an export; raises what `exports.ask` does."""
    export = exports.ask(kind, path=path, wanted=wanted, held=held, by=by, at=at)
    jobs.start("export", export_id=str(export.id))
    return export
