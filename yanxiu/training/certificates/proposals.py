"""Read proposals to take certificates back: who waits for a second officer, and what became."""

from uuid import UUID

from django.db.models import FETCH_RAISE, QuerySet

from yanxiu.training.certificates.models import Certificate, RevocationProposal
from yanxiu.training.organisations import scopes, two_officers
from yanxiu.training.organisations.models import Officer
from yanxiu.training.organisations.two_officers import Case, Outcome
from yanxiu.training.people import identities
from yanxiu.training.trail.models import Entry


def waiting(held: list[Officer]) -> list[RevocationProposal]:
    """Return the proposals that wait in the officer's branch, the oldest first, at most fifty."""
    found = _told().filter(
        scopes.revocation_proposals.doing("countersign", held),
        withdrawn_at=None,
        certificate__revocation=None,
    )
    return list(found.order_by("at", "id")[: two_officers.MOST])


def find(held: list[Officer], proposal_id: UUID) -> RevocationProposal | None:
    """Return a proposal about a certificate of the officer's branch; None outside of it."""
    in_branch = scopes.revocation_proposals.visible(held)
    return _told().filter(in_branch, pk=proposal_id).first()


def of(certificates: list[Certificate]) -> list[RevocationProposal]:
    """Return all proposals about some certificates, the newest first."""
    return list(_told().filter(certificate__in=certificates).order_by("-at", "-id"))


def case(proposal: RevocationProposal) -> Case[RevocationProposal]:
    """Return what became of a proposal that was read here; asks nothing."""
    told = vars(proposal)
    revocation = getattr(proposal.certificate, "revocation", None)
    objection = getattr(proposal, "objection", None)
    if revocation and revocation.proposal_id == proposal.id:
        return Case(proposal, Outcome.REVOKED, revocation.at, told["countersigned_by"] or "")
    if objection:
        words = objection.sentence
        return Case(proposal, Outcome.DECLINED, objection.at, told["declined_by"] or "", words)
    if proposal.withdrawn_at:
        return Case(proposal, Outcome.WITHDRAWN, proposal.withdrawn_at, told["proposed_by"])
    return Case(proposal, Outcome.WAITING)


def deeds(certificates: list[Certificate]) -> list[Entry]:
    """Return what was done to some certificates, the oldest first, each with `actor_name`."""
    about = Entry.objects.filter(
        subject_kind="certificate", subject_id__in=[str(each.id) for each in certificates]
    )
    return list(about.annotate(actor_name=identities.name_of("actor_id")).order_by("id"))


def _told() -> QuerySet[RevocationProposal]:
    return (
        RevocationProposal.objects.select_related(
            "certificate__revocation", "certificate__supersession", "objection"
        )
        .annotate(
            proposed_by=identities.name_of("by_id"),
            declined_by=identities.name_of("objection__by_id"),
            countersigned_by=identities.name_of("certificate__revocation__countersigned_by_id"),
        )
        .fetch_mode(FETCH_RAISE)
    )
