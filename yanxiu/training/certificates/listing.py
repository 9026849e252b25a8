"""List the certificates of an officer's branch: by training, state, name or number."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yanxiu.training.certificates import numbering, snapshots, standing
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.certificates.snapshots import Snapshot
from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.models import Officer, School
from yanxiu.training.people.models import Identity

PAGE = 30

STATES = {
    "valid": (_("有效"), Q(supersession=None, revocation=None)),
    "superseded": (_("已作废"), Q(supersession__isnull=False)),
    "revoked": (_("已撤销"), Q(revocation__isnull=False)),
    "all": (_("全部"), Q()),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Say which certificates are wanted; `text` is a part of a name, or a number."""

    training_id: UUID
    state: str = "valid"
    text: str = ""
    school: School | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Be a certificate with what it says and how it stands."""

    certificate: Certificate
    told: Snapshot
    state: str

    @property
    def school_code(self) -> str:
        """Return the code of its school: the last part of the path."""
        return self.certificate.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Page:
    """Hold a page, the latest first; `onward` is where the next one begins, None at the end."""

    rows: list[Row]
    onward: UUID | None


def page(held: list[Officer], wanted: Wanted, *, after: UUID | None = None) -> Page:
    """Return a page of the branch of these grants, in one query."""
    found = _wanted(standing.told(), wanted).filter(scopes.certificates.visible(held))
    beyond = found.filter(pk__lt=after) if after else found
    certificates = list(beyond.order_by("-id")[: PAGE + 1])
    more = len(certificates) > PAGE
    rows = [Row(each, snapshots.of(each), standing.state(each)) for each in certificates[:PAGE]]
    return Page(rows, rows[-1].certificate.id if more else None)


def papers(training_id: UUID, path: str) -> QuerySet[Certificate]:
    """Return the valid certificates of a school whose papers are there, in the order of ids."""
    valid = standing.told().filter(STATES["valid"][1], training_id=training_id, path=path)
    return valid.filter(paper__isnull=False).order_by("id")


def _wanted(found: QuerySet[Certificate], wanted: Wanted) -> QuerySet[Certificate]:
    found = found.filter(STATES[wanted.state][1], training_id=wanted.training_id)
    if wanted.school:
        found = found.filter(path=wanted.school.path)
    if not wanted.text:
        return found
    if numbering.is_wellformed(wanted.text):
        return found.filter(number=numbering.normalise(wanted.text))
    named = Identity.objects.filter(until=None, name__contains=wanted.text)
    return found.filter(person_id__in=named.values("person_id"))
