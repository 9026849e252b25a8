"""Say what a certificate's paper says: the snapshot, with number, code and where to check it."""

from datetime import date, datetime

from yanxiu.foundation import periods
from yanxiu.training.certificates import snapshots
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.certificates.paper import Facts


def facts(certificate: Certificate, *, address: str) -> Facts:
    """Return the paper's facts; `address` is where this platform is reached, without a slash."""
    told = snapshots.of(certificate)
    return Facts(
        holder_name=told.holder_name,
        document_kind=told.document_kind,
        document_number=told.document_number,
        training_title=told.training_title,
        enrolled_on=_day(told.enrolled_at),
        completed_on=_day(told.completed_at),
        courses=tuple((title, hours) for title, hours in told.courses),
        hours_text=told.hours,
        school_name=told.school_name,
        number=certificate.number,
        check_code=certificate.check_code,
        verify_url=f"{address}/verify/{certificate.token}/",
        edition=certificate.edition,
        authority=told.authority,
        issued_on=certificate.issued_at.astimezone(periods.CHINA).date(),
    )


def _day(instant: str) -> date:
    return datetime.fromisoformat(instant).astimezone(periods.CHINA).date()
