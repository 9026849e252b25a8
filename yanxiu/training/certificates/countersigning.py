"""Share what each deed needs that two officers do: one proposes, another countersigns."""

from datetime import datetime

from yanxiu.foundation import periods
from yanxiu.foundation.refusals import Refused
from yanxiu.training.certificates import editions, refusals, standing
from yanxiu.training.certificates.models import Certificate


def alone(certificate: Certificate) -> Certificate:
    """Return the certificate as it stands, while no edition of its holder's can be made."""
    editions.alone(certificate.person_id)
    return standing.told().get(pk=certificate.pk)


def check(refused: Refused | None) -> None:
    """Raise what stands against a deed, where something does."""
    if refused:
        raise refused


def settled(at: datetime) -> refusals.AlreadySettled:
    """Return the no to whoever answers what was answered before."""
    return refusals.AlreadySettled(when=f"{at.astimezone(periods.CHINA):%m-%d %H:%M}")
