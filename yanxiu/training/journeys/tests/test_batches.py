"""Let officers answer the same requests at the same moment: each is answered once."""

from itertools import count
from uuid import UUID

from tests.support import crowds
from tests.support.databases import Scratch
from yanxiu.foundation import clock, ids
from yanxiu.training.cast import casting, places
from yanxiu.training.cast.casting import Call
from yanxiu.training.journeys import batches
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Batch, Decision, Verification
from yanxiu.training.people.models import Person

TEACHERS = 8


def give(batch_id: UUID, wanted: list[UUID], outcome: str, by: Person) -> Batch:
    held = grants.held(by.id, at=clock.now())
    reason = "not_ours" if outcome == "rejected" else ""
    answer = batches.Answer(outcome, reason)
    return batches.give(batch_id, wanted, answer, held=held, by=by, at=clock.now())


def test_of_officers_who_answer_the_same_many_at_once_each_row_has_one(
    own_database: Scratch,
) -> None:
    places.load_all()
    call = Call(clock.now(), phones=count(13_800_000_099), indices=count(9_001))
    nation, school = casting.nations(call), places.of("330106", "342")
    officers = [casting.desk(call, school, by=nation).officer for _ in range(3)]
    asked = [call.teacher(school, at=call.ago(days=1)).asked.id for _ in range(TEACHERS)]

    def answer(number: int) -> str:
        # Each in another order, and one of them says no.
        turned = [*asked[number:], *asked[:number]]
        outcome = "rejected" if number == 2 else "approved"
        return str(batches.done(give(ids.uuid7(), turned, outcome, officers[number])))

    done = crowds.together(3, answer)
    assert sum(int(each) * times for each, times in done.items()) == TEACHERS
    assert Decision.objects.count() == TEACHERS
    said = [code for batch in Batch.objects.all() for _id, code, _facts in batch.answers]
    assert said.count("already_decided") == 2 * TEACHERS
    names = {
        facts["who"]
        for batch in Batch.objects.all()
        for _id, code, facts in batch.answers
        if code == "already_decided"
    }
    assert all(name.endswith("*") for name in names)
    assert not Verification.objects.filter(answered_at=None).exists()


def test_a_batch_sent_four_times_at_once_is_answered_once(own_database: Scratch) -> None:
    places.load_all()
    call = Call(clock.now(), phones=count(13_800_000_099), indices=count(9_001))
    school = places.of("330106", "342")
    officer = casting.desk(call, school, by=casting.nations(call)).officer
    asked = [call.teacher(school, at=call.ago(days=1)).asked.id for _ in range(TEACHERS)]
    batch_id = ids.uuid7()
    done = crowds.together(
        4, lambda _number: str(batches.done(give(batch_id, asked, "approved", officer)))
    )
    assert done == {str(TEACHERS): 4}
    assert Batch.objects.count() == 1
