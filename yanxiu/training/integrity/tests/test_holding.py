"""Show who decides about doubted hours, that each is told, and that nothing is lost meanwhile."""

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.support import doubted, season
from tests.support.doubted import Case
from yanxiu.training.integrity import appeals, checking, doubts, holding, holds, refusals
from yanxiu.training.integrity.models import (
    Appeal,
    AppealAnswer,
    AppealDraft,
    Clearance,
    Doubt,
    Hold,
    Lift,
)
from yanxiu.training.notices.models import Delivery, Notice
from yanxiu.training.organisations import walls
from yanxiu.training.people.models import Person
from yanxiu.training.trail.models import Entry

GRANTED, UPHELD = AppealAnswer.Outcome.GRANTED, AppealAnswer.Outcome.UPHELD


@pytest.fixture
def case(country: None) -> Case:
    return doubted.case(season.scene())


def told(person: Person) -> list[str]:
    mine = Notice.objects.filter(person_id=person.id).order_by("at", "id")
    return list(mine.values_list("kind", flat=True))


def verbs(case: Case) -> list[str]:
    about = Entry.objects.filter(subject_kind="person", subject_id=str(case.teacher.person.id))
    kinds = about.filter(verb__regex="^(doubt|hold|appeal)_").order_by("id")
    return list(kinds.values_list("verb", flat=True))


def test_a_doubt_alone_changes_nothing_and_tells_nobody_but_officers(case: Case) -> None:
    assert not holds.of_person(case.teacher.person.id)
    assert "hold_placed" not in told(case.teacher.person)
    rows, more = doubts.page(case.held(case.county), state="open")
    assert [row.id for row in rows if row.person_id == case.teacher.person.id] == [case.doubt.id]
    assert not more


def test_the_same_is_written_down_once(case: Case) -> None:
    again = doubted.found(case.scene, case.teacher, Doubt.Kind.NIGHT)
    assert doubts.record([again]) == 0
    assert Doubt.objects.filter(person_id=case.teacher.person.id).count() == 1
    assert verbs(case) == ["doubt_found"]


def test_several_doubts_are_one_case_and_are_cleared_together(case: Case) -> None:
    other = case.find(Doubt.Kind.DEVICE)
    [row] = [
        row
        for row in doubts.page(case.held(case.county), state="open")[0]
        if row.person_id == case.teacher.person.id
    ]
    assert (row.id, vars(row)["many"]) == (other.id, 2)
    seen = [case.doubt.id, other.id]
    late = case.find(Doubt.Kind.HASTE)
    count = doubts.clear(
        case.doubt,
        seen,
        "问过本人和学校。",
        held=case.held(case.county),
        by=case.county,
        at=case.scene.call.now,
    )
    assert count == 2
    # What was found after she looked is still open.
    assert not doubts.is_open(other)
    assert doubts.is_open(late)
    assert [row.kind for row in doubts.page(case.held(case.county), state="open", kind="haste")[0]]
    assert told(case.teacher.person).count("hold_placed") == 0


def test_what_was_decided_is_not_decided_again(case: Case) -> None:
    case.place()
    for deed in (
        case.place,
        lambda: doubts.clear(
            case.doubt,
            [case.doubt.id],
            "没有问题。",
            held=case.held(case.county),
            by=case.county,
            at=case.scene.call.now,
        ),
    ):
        with pytest.raises(refusals.DoubtSettled):
            deed()
    assert not Clearance.objects.filter(doubt=case.doubt).exists()


def test_a_hold_is_told_at_once_by_inbox_and_text_message(case: Case) -> None:
    hold = case.place()
    notice = Notice.objects.get(person_id=case.teacher.person.id, kind="hold_placed")
    assert notice.facts["node"] == "西湖区"
    assert notice.facts["reason"] == "疑似由他人代为学习——夜间连续观看，请说明。"
    assert notice.link == f"/me/holds/{hold.id}/"
    assert notice.is_shown
    assert Delivery.objects.filter(notice=notice, way="text").exists()
    assert verbs(case) == ["doubt_found", "hold_placed"]


@pytest.mark.parametrize("who", ["school", "foreign", "teacher"])
def test_nobody_below_a_county_nor_outside_of_the_branch_decides(case: Case, who: str) -> None:
    by = {
        "school": case.scene.desk.officer,
        "foreign": case.foreign,
        "teacher": case.teacher.person,
    }[who]
    with pytest.raises(refusals.NotCounty):
        case.place(by)
    case.place()
    with pytest.raises(refusals.NotCounty):
        case.lift(by)
    assert not Lift.objects.exists()


def test_nobody_decides_about_her_own_hours(case: Case) -> None:
    own = doubted.found(case.scene, case.teacher, Doubt.Kind.NIGHT)
    own.person_id = case.county.id
    doubts.record([own])
    held, at = case.held(case.county), case.scene.call.now
    with pytest.raises(refusals.OwnHours):
        holding.place(own, held=held, no=(doubted.REASON, "…"), by=case.county, at=at)
    with pytest.raises(refusals.OwnHours):
        doubts.clear(own, [own.id], "没事。", held=held, by=case.county, at=at)
    assert isinstance(checking.against_deciding(own, held=held, by=case.county), refusals.OwnHours)
    hold = holding.place(
        own, held=case.held(case.city), no=(doubted.REASON, "…"), by=case.city, at=at
    )
    with pytest.raises(refusals.OwnHours):
        holding.lift(hold, "没事。", held=held, by=case.county, at=at)


def test_no_decision_goes_without_words(case: Case) -> None:
    held, at = case.held(case.county), case.scene.call.now
    with pytest.raises(refusals.WhyMissing):
        holding.place(case.doubt, held=held, no=(doubted.REASON, "  "), by=case.county, at=at)
    case.place()
    with pytest.raises(refusals.WhyMissing):
        case.lift(words=" \n ")


def test_the_office_that_placed_it_lifts_it_and_so_does_whoever_serves_above(case: Case) -> None:
    case.place()
    lifted = case.lift()
    assert (lifted.node, lifted.by_id) == ("西湖区", case.county.id)
    assert told(case.teacher.person)[-1] == "hold_lifted"
    with pytest.raises(refusals.HoldOver):
        case.lift()
    assert Hold.objects.get(person_id=case.teacher.person.id).lifted_at == case.scene.call.now


def test_a_county_lifts_nothing_that_its_city_placed(case: Case) -> None:
    case.place(case.city)
    with pytest.raises(refusals.HeldFromAbove):
        case.lift(case.county)
    case.lift(case.province)


def test_a_teacher_appeals_and_the_city_lets_her_hours_count_again(case: Case) -> None:
    case.place()
    case.appeal()
    assert holds.of_person(case.teacher.person.id)[0][1].owner == "city"
    assert "appeal_made" in told(case.city)
    assert "appeal_made" not in told(case.county)
    with pytest.raises(refusals.AlreadyAppealed):
        case.appeal()
    case.answer(GRANTED)
    assert told(case.teacher.person)[-1] == "hold_lifted"
    assert told(case.county)[-1] == "appeal_answered"
    assert not holds.of_person(case.teacher.person.id)
    assert Lift.objects.get(hold__person_id=case.teacher.person.id).node == "杭州市"
    assert verbs(case)[1:] == ["hold_placed", "appeal_made", "appeal_granted", "hold_lifted"]


def test_whoever_placed_a_hold_answers_no_appeal_against_it(case: Case) -> None:
    case.place()
    case.appeal()
    with pytest.raises(refusals.NotAbove):
        case.answer(UPHELD, case.county)
    with pytest.raises(refusals.NotAbove):
        case.answer(UPHELD, case.foreign)
    assert Appeal.objects.get(hold__person_id=case.teacher.person.id).settled_at is None


def test_an_office_that_upheld_a_hold_answers_no_second_appeal(case: Case) -> None:
    case.place()
    case.appeal()
    case.answer(UPHELD)
    assert told(case.teacher.person)[-1] == "appeal_upheld"
    assert holds.of_person(case.teacher.person.id)
    # What the city has upheld the county does not undo.
    with pytest.raises(refusals.HeldFromAbove):
        case.lift(case.county)
    case.appeal("还有一份排班表可以证明。")
    with pytest.raises(refusals.HadPart):
        case.answer(GRANTED)
    case.answer(GRANTED, case.province)
    said = appeals.of(case.hold)
    assert [each.answer.outcome for each in said] == [UPHELD, GRANTED]


def test_who_may_answer_is_the_same_in_the_list_as_in_the_act(case: Case) -> None:
    case.place()
    case.appeal()
    by = (case.county, case.city, case.province, case.foreign, case.scene.desk.officer)
    waiting = Appeal.objects.select_related("hold").get(hold=case.hold)
    for who in by:
        listed = appeals.answerable(case.held(who), by=who).exists()
        refused = appeals.against_answering(waiting, held=case.held(who), by=who)
        assert listed == (refused is None), who


def test_of_two_answers_one_counts(case: Case) -> None:
    case.place()
    waiting = case.appeal()
    case.answer(UPHELD)
    late = Appeal.objects.select_related("hold").get(pk=waiting.pk)
    with pytest.raises(refusals.AppealSettled):
        appeals.answer(
            late,
            GRANTED,
            "可以。",
            held=case.held(case.province),
            by=case.province,
            at=case.scene.call.now,
        )


def test_an_appeal_is_needless_once_the_county_has_lifted(case: Case) -> None:
    case.place()
    case.appeal()
    case.lift()
    [said] = appeals.of(case.hold)
    assert said.settled_at == case.scene.call.now
    assert not hasattr(said, "answer")
    with pytest.raises(refusals.HoldOver):
        case.appeal()


def test_what_is_too_long_or_empty_is_refused_in_words(case: Case) -> None:
    case.place()
    with pytest.raises(refusals.AppealTooLong) as refused:
        case.appeal("我" * 2_001)
    assert "最多 2000 字，现在有 2001 字" in refused.value.message
    for empty in ("", " \n", "……？"):
        with pytest.raises(refusals.AppealEmpty):
            case.appeal(empty)


def test_a_draft_is_kept_until_it_is_sent(case: Case) -> None:
    hold, at = case.place(), case.scene.call.now
    appeals.keep(hold, "我值夜", at=at)
    appeals.keep(hold, "我值夜班" * 9_000, at=at)
    draft = appeals.draft(hold)
    assert draft is not None
    assert len(draft.text) == appeals.DRAFT_MOST
    case.appeal()
    assert not AppealDraft.objects.exists()
    appeals.keep(hold, "再写", at=at)
    appeals.keep(hold, "  ", at=at)
    assert appeals.draft(hold) is None


def test_a_new_doubt_after_a_lifted_hold_is_looked_at_anew(case: Case) -> None:
    case.place()
    case.lift()
    assert not doubts.is_open(case.doubt)
    later = doubted.found(case.scene, case.teacher, Doubt.Kind.DEVICE, days_ago=-1)
    doubts.record([later])
    assert doubts.is_open(later)


@pytest.mark.parametrize("name", ["doubt", "clearance", "lift", "appealanswer"])
def test_facts_can_only_be_added(country: None, name: str) -> None:
    changed = "found_at" if name == "doubt" else "at"
    for statement in (
        f"DELETE FROM integrity_{name}",
        f"UPDATE integrity_{name} SET {changed} = now()",
    ):
        denied = pytest.raises(ProgrammingError, match="permission denied")
        with connection.cursor() as cursor, denied, transaction.atomic():
            cursor.execute(statement)


def test_behind_the_wall_only_ones_own_teachers_are_there(case: Case) -> None:
    case.place()
    case.appeal()
    with walls.standing(case.held(case.foreign)):
        for model in (Doubt, Hold, Appeal):
            assert not model.objects.exists()
    with walls.standing(case.held(case.scene.desk.officer)):
        assert Hold.objects.count() == Appeal.objects.count() == 1
