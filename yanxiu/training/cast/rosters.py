"""Let a school's roster know people of the cast, exactly so or a little wrong."""

from datetime import datetime

from yanxiu.training.cast.names import Invented
from yanxiu.training.organisations.models import RosterEntry, School
from yanxiu.training.people import identities
from yanxiu.training.people.models import Identity


def enter(
    school: School, who: Invented, *, role: str = "", subject: str = "", at: datetime
) -> RosterEntry:
    """Enter somebody in the roster of a school by name and number."""
    kind = Identity.Document.RESIDENT_ID
    return RosterEntry.objects.create(
        school=school,
        name=who.name,
        document_kind=kind,
        number_sealed=identities.sealed(who.number),
        number_fingerprint=identities.fingerprint(kind, who.number),
        role=role,
        subject=subject,
        listed_at=at,
    )
