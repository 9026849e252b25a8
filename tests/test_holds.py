"""Hold hours and lift the hold: every page, program and figure agrees, and nothing is lost."""

from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.support import doubted, season, signing_in
from tests.support.doubted import Case
from yanxiu.training.cast import holds as cast
from yanxiu.training.cast import seasons
from yanxiu.training.certificates import issuing, refusals, standing
from yanxiu.training.certificates.eligibility import Code, Owner
from yanxiu.training.credits import progress
from yanxiu.training.integrity.models import AppealAnswer
from yanxiu.training.journeys import announcing, nearing
from yanxiu.training.learning import leases, records
from yanxiu.training.learning.models import Completion
from yanxiu.training.notices.models import Notice
from yanxiu.training.people.models import Account
from yanxiu.training.reports import checking, live, reminders, rolling, teachers, touched
from yanxiu.training.reports.models import Figures, Standing

SLUG = "demo"


@pytest.fixture
def case(country: None) -> Case:
    return doubted.case(season.scene(SLUG))


def signed_in(case: Case) -> Client:
    browser = Client()
    signing_in.sign_in(browser, Account.objects.get(person=case.teacher.person))
    return browser


def document(case: Case) -> dict[str, object]:
    found: dict[str, object] = signed_in(case).get(f"/me/trainings/{SLUG}.json").json()
    return found


def row(case: Case) -> Standing:
    training = case.scene.outline.training.id
    return Standing.objects.get(training_id=training, person_id=case.teacher.person.id)


def figures(case: Case) -> Figures:
    training, path = case.scene.outline.training.id, case.scene.desk.school.path
    return live.figures(training, path, at=case.scene.call.now)


def test_a_lifted_hold_leaves_everything_as_it_was_to_the_second(case: Case) -> None:
    before, numbers = document(case), figures(case)
    rolling.roll(at=case.scene.call.now)
    kept = vars(row(case)) | {"_state": None}
    case.place()
    rolling.roll(at=case.scene.call.now)
    assert document(case) != before
    case.lift()
    rolling.roll(at=case.scene.call.now)
    assert document(case) == before
    after = figures(case)
    assert vars(after) | {"_state": None} == vars(numbers) | {"_state": None}
    assert vars(row(case)) | {"_state": None} == kept


def test_what_is_held_is_told_to_programs_with_owner_and_since(case: Case) -> None:
    before = document(case)
    hold = case.place()
    held = document(case)
    assert (held["recognised_s"], held["held_s"]) == (0, before["recognised_s"])
    assert held["learned_s"] == before["learned_s"]
    assert held["lessons"] == before["lessons"]
    assert held["certificate"] == {
        "state": "not_yet",
        "reasons": [{"code": "on_hold", "owner": "county", "since": hold.at.isoformat()}],
    }
    case.appeal()
    [reason] = standing.read(
        case.teacher.person.id, case.scene.outline, at=case.scene.call.now
    ).reasons
    assert (reason.code, reason.owner) == (Code.ON_HOLD, Owner.CITY)


def test_recording_goes_on_and_what_is_learned_meanwhile_counts_afterwards(country: None) -> None:
    case = doubted.case(season.scene(seasons.SEASON))
    outline, person_id = case.scene.outline, case.teacher.person.id
    before = progress.read(person_id, outline)
    done = records.read(person_id, [i.id for c in outline.courses for i in c.lessons])
    more = next(
        item
        for course in outline.courses
        for item in course.lessons
        if item.id not in done or not done[item.id].completed_at
    )
    case.place()
    leases.issue(person_id, outline, more, player="hers")
    Completion.objects.create(
        person_id=person_id,
        lesson_id=more.id,
        media_version=more.media_version,
        completed_at=case.scene.call.now,
        credited_s=more.duration_ms // 1_000,
    )
    walked = progress.read(person_id, outline)
    assert walked.learned_s == before.learned_s + more.duration_ms // 1_000
    assert walked.recognised_s == 0
    case.lift()
    assert progress.read(person_id, outline).recognised_s >= before.recognised_s


def test_nothing_is_issued_while_hours_are_held(case: Case) -> None:
    outline, person_id, at = case.scene.outline, case.teacher.person.id, case.scene.call.now
    digest = issuing.draft(person_id, outline, at=at).digest
    case.place()
    with pytest.raises(refusals.NotDue, match="certificate_not_due"):
        issuing.issue(person_id, outline, seen=digest, at=at)
    assert person_id not in standing.due([person_id], outline, at=at)
    case.lift()
    assert issuing.issue(person_id, outline, seen=digest, at=at).edition == 1


def test_a_certificate_that_was_issued_stays_valid(case: Case) -> None:
    outline, person_id, at = case.scene.outline, case.teacher.person.id, case.scene.call.now
    issuing.issue(person_id, outline, seen=issuing.draft(person_id, outline, at=at).digest, at=at)
    case.place()
    assert standing.read(person_id, outline, at=at).state == "issued"
    page = signed_in(case).get(f"/trainings/{SLUG}/certificate/").content.decode()
    assert "证书已撤销" not in page
    assert "查看与申诉" in page


def test_officers_count_what_the_teacher_reads(case: Case) -> None:
    rolling.roll(at=case.scene.call.now)
    before = figures(case)
    case.place()
    training, person_id = case.scene.outline.training.id, case.teacher.person.id
    assert person_id in touched.anywhere(case.scene.call.now, most=1_000)
    after = figures(case)
    assert after.complete == before.complete - 1
    assert (after.enrolled, after.laggards) == (before.enrolled, before.laggards)
    rolling.roll(at=case.scene.call.now)
    assert checking.check() == []
    walked = progress.read(person_id, case.scene.outline)
    kept = row(case)
    assert (kept.recognised_s, kept.held_s) == (walked.recognised_s, walked.held_s)
    assert (kept.learned_s, kept.completed_at) == (walked.learned_s, walked.completed_at)
    assert kept.held_since == case.hold.at
    path = case.scene.desk.school.path
    for state, is_there in (("held", True), ("complete", False), ("unclaimed", False)):
        wanted = teachers.Wanted(training, path, state=state)
        rows = {each.person_id for each in teachers.living(wanted)}
        assert (person_id in rows) == is_there, state
    summed = Figures.objects.filter(training_id=training, path=path).order_by("-on")[0]
    assert summed.complete == after.complete
    assert (after.held, after.held_s) == (before.held + 1, before.held_s + walked.held_s)
    for path in (case.scene.desk.school.path, case.hold.path.split("/")[0]):
        told = Figures.objects.filter(training_id=training, path=path).latest("on")
        assert told.held_s == sum(
            Standing.objects.filter(training_id=training, path__startswith=path).values_list(
                "held_s", flat=True
            )
        )


def test_whoever_has_earned_all_is_neither_called_to_learn_nor_congratulated(case: Case) -> None:
    case.place()
    at = case.scene.call.now
    rolling.roll(at=at)
    told = Notice.objects.filter(person_id=case.teacher.person.id)
    before = set(told.values_list("kind", flat=True))
    nearing.warn(at=at)
    nearing.congratulate(at=at)
    announcing.announce(at=at)
    assert set(told.values_list("kind", flat=True)) == before
    path, training = case.scene.desk.school.path, case.scene.outline.training.id
    wanted = teachers.Wanted(training, path, state=reminders.LAGGARDS)
    assert case.teacher.person.id not in {each.person_id for each in teachers.living(wanted)}


def test_every_page_of_hers_says_it_in_the_same_words(case: Case) -> None:
    hold = case.place()
    browser = signed_in(case)
    sentence = "西湖区”暂缓认定：疑似由他人代为学习——夜间连续观看，请说明。"
    for address in ("/me/", "/me/trainings/", f"/trainings/{SLUG}/"):
        page = browser.get(address).content.decode()
        assert sentence in page, address
        assert f'href="/me/holds/{hold.id}/"' in page, address
    course = case.scene.outline.courses[0]
    page = browser.get(f"/courses/{course.id}/").content.decode()
    assert "学时暂缓认定，解除后全部恢复。" in page
    assert "✓ 已达标" not in page


def test_her_page_of_a_hold_asks_few_queries_and_is_nobody_elses(case: Case) -> None:
    hold, browser = case.place(), signed_in(case)
    case.appeal()
    case.answer(AppealAnswer.Outcome.UPHELD)
    for address in (f"/me/holds/{hold.id}/", "/me/", "/me/trainings/"):
        browser.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200
        asked = [q["sql"] for q in seen.captured_queries if "SAVEPOINT" not in q["sql"]]
        assert len(asked) <= 6, (address, asked)
    other = Client()
    signing_in.sign_in(other, Account.objects.get(phone=cast.HELD))
    assert other.get(f"/me/holds/{hold.id}/").status_code == 404
    assert other.post(f"/me/holds/{hold.id}/", {"text": "不是我的"}).status_code == 404
    assert browser.get(f"/me/holds/{UUID(int=1)}/").status_code == 404


def test_what_she_writes_is_kept_when_it_is_refused(case: Case) -> None:
    hold, browser = case.place(), signed_in(case)
    address = f"/me/holds/{hold.id}/"
    answer = browser.post(address, {"text": "说" * 2_001})
    assert answer.status_code == 400
    assert "最多 2000 字，现在有 2001 字，没有提交；已为您保留草稿" in answer.content.decode()
    assert "说" * 2_001 in browser.get(address).content.decode()
    assert browser.post(address, {"discard": "1"}).status_code == 303
    assert "说说" not in browser.get(address).content.decode()
    assert browser.post(address, {"text": "我值夜", "keep": "1"}).status_code == 303
    assert browser.post(address, {"text": "我值夜班。"}).status_code == 303
    page = browser.get(f"{address}?done=appealed").content.decode()
    assert "申诉已提交" in page
    assert "您的申诉正在等待答复" in page
    answer = browser.post(address, {"text": "再说一次"})
    assert answer.status_code == 409
    assert "您的申诉正在等待答复，没有重复提交；已为您保留草稿" in answer.content.decode()
