"""Take in sheets of schools, officers and rosters: handed in, previewed, confirmed, then by a job.

Every row ends as taken or refused, with the cell and the reason. Rule: docs/rules/imports.md.
"""

from datetime import datetime
from uuid import UUID

from yanxiu.foundation import clock
from yanxiu.training.organisations.imports import refusals as no
from yanxiu.training.organisations.imports import staging, stopping, taking
from yanxiu.training.organisations.models import Import

__all__ = ["carry_on"]


def carry_on(import_id: UUID, *, at: datetime) -> None:
    """Take in a confirmed import from where it stands to its end; again changes nothing.

    `at` is when this run begins; each batch has its own instant, for rights may end meanwhile.
    """
    sheet = Import.objects.get(pk=import_id)
    if sheet.started_at is None or sheet.started_at > at or sheet.finished_at:
        return
    try:
        if sheet.read_at is None:
            staging.stage(sheet)
        taking.take(sheet)
    except stopping.Stopped as stopped:
        stopping.stop(import_id, str(stopped), at=clock.now())
    except no.SheetUnreadable as refused:
        facts = {"why": str(refused.facts["why"])}
        stopping.stop(import_id, stopping.UNREADABLE, facts=facts, at=clock.now())
    stopping.finish(import_id, at=clock.now())
