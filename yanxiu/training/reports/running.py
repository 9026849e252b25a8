"""Say what is under way by virtue of a right, and so ends with it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Import, Officer
from yanxiu.training.reports.models import Export


@dataclass(frozen=True, slots=True)
class Running:
    """Count what stops when a right is taken: deputies, sheets, exports, links to download."""

    deputies: int
    imports: int
    exports: int
    links: int


def of(grant: Officer, *, at: datetime) -> Running:
    """Return what stops when this right is taken now."""
    made = Export.objects.filter(grant_id=grant.id, stopped_at=None)
    counted = made.aggregate(
        exports=Count("pk", filter=Q(finished_at=None)),
        links=Count("pk", filter=Q(finished_at__isnull=False, expires_at__gt=at)),
    )
    sheets = Import.objects.filter(grants.branch([grant]), by=grant.person_id)
    deputies = Officer.objects.filter(grants.current(at), stands_in_for=grant)
    return Running(
        deputies=deputies.count(),
        imports=sheets.filter(finished_at=None, stopped_at=None).count(),
        **counted,
    )
