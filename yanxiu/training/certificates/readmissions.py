"""Read proposals to readmit holders of revoked certificates, and what became of them."""

from uuid import UUID

from django.db.models import FETCH_RAISE, QuerySet

from yanxiu.training.certificates.models import Certificate, ReadmissionProposal
from yanxiu.training.organisations import scopes, two_officers
from yanxiu.training.organisations.models import Officer
from yanxiu.training.organisations.two_officers import Case, Outcome
from yanxiu.training.people import identities


def waiting(held: list[Officer]) -> list[ReadmissionProposal]:
    """Return the proposals that wait in the officer's branch, the oldest first, at most fifty."""
    found = _told().filter(
        scopes.readmission_proposals.doing("countersign", held),
        withdrawn_at=None,
        revocation__readmission=None,
    )
    return list(found.order_by("at", "id")[: two_officers.MOST])


def find(held: list[Officer], proposal_id: UUID) -> ReadmissionProposal | None:
    """Return a proposal about a certificate of the officer's branch; None outside of it."""
    in_branch = scopes.readmission_proposals.visible(held)
    return _told().filter(in_branch, pk=proposal_id).first()


def of(certificates: list[Certificate]) -> list[ReadmissionProposal]:
    """Return all proposals about some certificates, the newest first."""
    about = _told().filter(revocation__certificate__in=certificates)
    return list(about.order_by("-at", "-id"))


def case(proposal: ReadmissionProposal) -> Case[ReadmissionProposal]:
    """Return what became of a proposal that was read here; asks nothing."""
    told = vars(proposal)
    readmission = getattr(proposal.revocation, "readmission", None)
    objection = getattr(proposal, "objection", None)
    if readmission and readmission.proposal_id == proposal.id:
        by = told["countersigned_by"] or ""
        return Case(proposal, Outcome.READMITTED, readmission.at, by, "")
    if objection:
        by, words = told["declined_by"] or "", objection.sentence
        return Case(proposal, Outcome.DECLINED, objection.at, by, words)
    if proposal.withdrawn_at:
        return Case(proposal, Outcome.WITHDRAWN, proposal.withdrawn_at, told["proposed_by"])
    return Case(proposal, Outcome.WAITING)


def _told() -> QuerySet[ReadmissionProposal]:
    return (
        ReadmissionProposal.objects.select_related(
            "revocation__certificate__supersession",
            "revocation__proposal",
            "revocation__readmission",
            "objection",
        )
        .annotate(
            proposed_by=identities.name_of("by_id"),
            declined_by=identities.name_of("objection__by_id"),
            countersigned_by=identities.name_of("revocation__readmission__countersigned_by_id"),
        )
        .fetch_mode(FETCH_RAISE)
    )
