"""Let the jobs of an import begin with the deed that needs them, in one transaction."""

from datetime import datetime

from django.db import transaction

from yanxiu.training.journeys import jobs
from yanxiu.training.organisations.imports import handing_in
from yanxiu.training.organisations.imports.handing_in import Handed
from yanxiu.training.organisations.models import Import, Officer
from yanxiu.training.people.models import Person


@transaction.atomic
def hand_in(handed: Handed, *, by: Person, at: datetime) -> Import:
    """Keep a sheet; a job looks at a large one. Raises what `handing_in.hand_in` raises."""
    made = handing_in.hand_in(handed, by=by, at=at)
    if made.rows is None:
        jobs.start("look", import_id=str(made.id))
    return made


@transaction.atomic
def confirm(sheet: Import, *, held: list[Officer], by: Person, at: datetime) -> None:
    """Confirm a sheet; raises what `handing_in.confirm` raises."""
    handing_in.confirm(sheet, held=held, by=by, at=at)
    jobs.start("import", import_id=str(sheet.id))
