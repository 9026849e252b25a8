"""Let the job of an import begin with its confirmation, in one transaction."""

from datetime import datetime

from django.db import transaction

from yanxiu.training.journeys import jobs
from yanxiu.training.organisations.imports import handing_in
from yanxiu.training.organisations.models import Import, Officer
from yanxiu.training.people.models import Person


@transaction.atomic
def confirm(sheet: Import, *, held: list[Officer], by: Person, at: datetime) -> None:
    """Confirm a sheet; raises what `handing_in.confirm` raises."""
    handing_in.confirm(sheet, held=held, by=by, at=at)
    jobs.start("import", import_id=str(sheet.id))
