"""Show how a school's wrong type is put right: proposed below, confirmed above."""

import pytest

from yanxiu.foundation import clock
from yanxiu.training.cast import places, signing_in
from yanxiu.training.organisations import grants, proposals
from yanxiu.training.organisations import register_refusals as no
from yanxiu.training.organisations.models import Officer, School, TypeProposal
from yanxiu.training.people.models import Account, Person
from yanxiu.training.trail.models import Entry

pytestmark = pytest.mark.usefixtures("country")


def person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


def by(phone: str) -> dict[str, object]:
    who, at = person(phone), clock.now()
    return {"held": grants.held(who.id, at=at), "by": who, "at": at}


def home() -> School:
    return places.of(places.HOME, places.PRIMARY)


def held(phone: str) -> list[Officer]:
    return grants.held(person(phone).id, at=clock.now())


def proposed(type_code: str = "312") -> TypeProposal:
    return proposals.propose(home(), type_code, note="去年增设初中部", **by(signing_in.SCHOOL))  # type: ignore[arg-type]  # the same for all


def test_the_county_confirms_what_the_school_proposes() -> None:
    proposal = proposed()
    assert home().type_id == "211", "nothing changes before the county has confirmed it"
    (waiting,) = [each for each in proposals.waiting(held(signing_in.COUNTY)) if each == proposal]
    assert vars(waiting)["proposed_by"] == "周立新"
    school = proposals.confirm(proposal, **by(signing_in.COUNTY))  # type: ignore[arg-type]  # as above
    assert school.type.stages == ["小学", "初中"]
    assert Entry.objects.filter(verb="type_confirmed", path=school.path).exists()
    with pytest.raises(no.ProposalOver):
        proposals.decline(proposal, "不", **by(signing_in.COUNTY))  # type: ignore[arg-type]  # as above


def test_one_proposal_waits_at_a_time() -> None:
    proposal = proposed()
    with pytest.raises(no.ProposalWaits):
        proposed("341")
    proposals.withdraw(proposal, **by(signing_in.SCHOOL))  # type: ignore[arg-type]  # as above
    with pytest.raises(no.ProposalOver):
        proposals.withdraw(proposal, **by(signing_in.SCHOOL))  # type: ignore[arg-type]  # as above
    proposed("341")


def test_a_school_confirms_nothing_itself_and_a_county_proposes_nothing() -> None:
    proposal = proposed()
    with pytest.raises(no.NotRegistrar):
        proposals.confirm(proposal, **by(signing_in.SCHOOL))  # type: ignore[arg-type]  # as above
    with pytest.raises(no.NotRegistrar):
        proposals.propose(home(), "341", note="", **by(signing_in.COUNTY))  # type: ignore[arg-type]  # as above
    assert home().type_id == "211"


def test_a_no_is_a_sentence_and_leaves_the_type() -> None:
    proposal = proposed()
    with pytest.raises(no.SentenceMissing):
        proposals.decline(proposal, " ", **by(signing_in.COUNTY))  # type: ignore[arg-type]  # as above
    proposals.decline(proposal, "批文未下。", **by(signing_in.COUNTY))  # type: ignore[arg-type]  # as above
    assert home().type_id == "211"
    assert proposals.of(home())[0].answer.sentence == "批文未下。"


def test_what_is_the_type_already_is_not_proposed() -> None:
    with pytest.raises(no.NothingChanges):
        proposed("211")
    with pytest.raises(no.TypeUnknown):
        proposed("000")
