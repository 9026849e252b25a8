"""Look teachers who wait up in the rosters of their schools."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from yanxiu.training.organisations import comparison
from yanxiu.training.organisations.comparison import Comparison, Listed
from yanxiu.training.organisations.competence import Case
from yanxiu.training.organisations.models import RosterEntry, Verification
from yanxiu.training.people import identities
from yanxiu.training.people.models import Identity


def entries(prefix: str = "") -> QuerySet[RosterEntry]:
    """Return the entries that say exactly what a request says; `prefix` leads to the request."""
    return RosterEntry.objects.filter(
        school=OuterRef(f"{prefix}post__school"),
        number_fingerprint=OuterRef(f"{prefix}identity__number_fingerprint"),
        name=OuterRef(f"{prefix}identity__name"),
        ended_at=None,
    )


def exact() -> Exists:
    """Return whether the roster says exactly what a request says, for a query of requests."""
    return Exists(entries())


def listed() -> Exists:
    """Return whether a request's school has a roster at all, for a query of requests."""
    return Exists(RosterEntry.objects.filter(school=OuterRef("post__school"), ended_at=None))


def of(cases: Sequence[Verification]) -> dict[UUID, Comparison]:
    """Return how each request compares with its school's roster, in one query at most.

    They were read with `has_roster`, as `waiting.rows` does.
    """
    with_roster = {case.post.school_id for case in cases if getattr(case, "has_roster", False)}
    asked: list[tuple[Case, Identity]] = [(case, case.identity) for case in cases]
    return {case.id: found for case, found in _compared(asked, with_roster)}


def one(case: Case, identity: Identity) -> Comparison:
    """Return how an identity compares with the roster of a case's school, in two queries."""
    school = case.post.school_id
    with_roster = {school} if _current({school}).exists() else set()
    return next(found for _case, found in _compared([(case, identity)], with_roster))


def _compared(
    asked: list[tuple[Case, Identity]], with_roster: set[UUID]
) -> Iterable[tuple[Case, Comparison]]:
    near = _near(asked) if with_roster else []
    for case, identity in asked:
        school = case.post.school_id
        listed = [_listed(entry, identity) for entry in near if _concerns(entry, school, identity)]
        number = identities.number(identity) if listed else ""
        yield (
            case,
            comparison.compare(identity.name, number, listed, has_roster=school in with_roster),
        )


def _near(asked: list[tuple[Case, Identity]]) -> list[RosterEntry]:
    """Return the entries of these schools that share a name or a number with any of them."""
    alike = Q(name__in={identity.name for _case, identity in asked}) | Q(
        number_fingerprint__in={bytes(identity.number_fingerprint) for _case, identity in asked}
    )
    schools = {case.post.school_id for case, _identity in asked}
    return list(_current(schools).filter(alike).order_by("listed_at", "id"))


def _current(schools: set[UUID]) -> QuerySet[RosterEntry]:
    return RosterEntry.objects.filter(school__in=schools, ended_at=None)


def _concerns(entry: RosterEntry, school: UUID, identity: Identity) -> bool:
    shares = entry.name == identity.name or _same_number(entry, identity)
    return entry.school_id == school and shares


def _same_number(entry: RosterEntry, identity: Identity) -> bool:
    return bytes(entry.number_fingerprint) == bytes(identity.number_fingerprint)


def _listed(entry: RosterEntry, identity: Identity) -> Listed:
    sealed = identity if _same_number(entry, identity) else entry
    return Listed(entry.name, identities.opened(sealed.number_sealed), entry.role, entry.subject)
