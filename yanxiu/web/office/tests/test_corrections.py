"""Show what an officer sees of a correction, who sees the picture, and what an answer does."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.pages import Answer, text
from yanxiu.foundation import clock
from yanxiu.training.cast import people, proofs, signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.cast.names import Invented
from yanxiu.training.cast.people import Teacher
from yanxiu.training.journeys import leaving
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import correction_queue, posts
from yanxiu.training.organisations.models import Correction
from yanxiu.training.people import identities
from yanxiu.training.people.models import Account
from yanxiu.training.trail.models import Entry
from yanxiu.web.office.tests import desks

LIST = "/office/corrections/"


@pytest.fixture
def asked(country: None) -> Correction:
    """Return what 13800000005 of the demo asks for."""
    person = Account.objects.get(phone=signing_in.CORRECTS).person_id
    found = correction_queue.latest(person)
    assert found
    return found


@pytest.fixture
def officer(country: None) -> Client:
    return desks.browser(signing_in.SCHOOL)


def case(asked: Correction) -> str:
    return reverse("office_correction", args=[asked.id])


def picture(asked: Correction) -> str:
    return reverse("office_correction_proof", args=[asked.id])


def answer(browser: Client, asked: Correction, outcome: str = "approved", **no: str) -> Answer:
    return browser.post(case(asked), {"outcome": outcome} | no)


def test_the_list_says_what_differs_and_leads_to_the_case(
    officer: Client, asked: Correction
) -> None:
    page = officer.get(LIST)
    assert "1 份更正申请在等" in text(page)
    assert '江若<mark class="differs">岚</mark>' in page.content.decode()
    assert case(asked) in page.content.decode()


def test_the_case_shows_the_difference_letter_by_letter_and_no_whole_number(
    officer: Client, asked: Correction
) -> None:
    page = officer.get(case(asked)).content.decode()
    assert '江若<mark class="differs">兰</mark>' in page
    assert '江若<mark class="differs">岚</mark>' in page
    assert identities.number(asked.identity) not in page
    assert "登记时“岚”写成了“兰”。" in page


def test_the_picture_is_shown_after_a_step_that_the_trail_remembers(
    officer: Client, asked: Correction
) -> None:
    assert "<img" not in officer.get(case(asked)).content.decode().split('id="proof"')[1]
    early = officer.get(picture(asked))
    assert early.status_code == 403
    assert "每次查看都会记录" in text(early)
    led = officer.post(picture(asked))
    assert (led.status_code, led["Location"]) == (303, f"{case(asked)}#proof")
    assert picture(asked) in officer.get(case(asked)).content.decode()
    shown = officer.get(picture(asked))
    assert shown.content.startswith(b"\xff\xd8\xff")
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Content-Disposition"].startswith("attachment")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert "no-store" in shown["Cache-Control"]
    assert Entry.objects.filter(verb="correction_proof_seen", subject_id=str(asked.id)).count() == 1


@pytest.mark.parametrize("phone", [signing_in.COUNTY, signing_in.CITY, signing_in.NATION])
def test_who_may_not_answer_may_not_look(asked: Correction, phone: str) -> None:
    browser = desks.browser(phone)
    page = browser.get(case(asked))
    assert "只能查看" in text(page)
    assert 'id="proof"' not in page.content.decode()
    assert [browser.post(picture(asked)).status_code, browser.get(picture(asked)).status_code] == [
        403,
        403,
    ]
    assert answer(browser, asked).status_code == 403
    assert not Entry.objects.filter(verb="correction_proof_seen").exists()


def test_approval_is_told_and_she_stays_confirmed(officer: Client, asked: Correction) -> None:
    answered = answer(officer, asked)
    assert answered["Location"] == f"{LIST}?done={asked.id}"
    assert "已核准江若岚的更正" in text(officer.get(answered["Location"]))
    [standing] = posts.standings(asked.post.person_id)
    assert standing.verified
    assert standing.verification
    assert standing.verification.identity.name == "江若岚"
    assert "江若兰的更正已核准" in text(officer.get(case(asked)))


def test_a_no_needs_a_reason_and_keeps_the_words(officer: Client, asked: Correction) -> None:
    for no in ({}, {"reason": "name_differs"}, {"reason": "other"}):
        assert answer(officer, asked, "rejected", **no).status_code == 400
    told = answer(officer, asked, "rejected", reason="proof_unclear", sentence="请重拍。")
    assert told.status_code == 303
    assert "证明照片看不清" in text(officer.get(case(asked)))


def test_whoever_comes_second_is_told(officer: Client, asked: Correction) -> None:
    second = desks.browser(signing_in.SECOND_OFFICER)
    answer(officer, asked)
    late = answer(second, asked, "rejected", reason="proof_unclear")
    assert late.status_code == 409
    assert "该申请已由" in text(late)


def test_the_county_is_told_why_it_answers(call: Call, desk: Desk) -> None:
    teacher = confirmed(call, desk)
    right = Invented("司马静", "11010119851116997X")
    people.ask_for(teacher, right, why="换发了身份证", at=call.now)
    asked = correction_queue.latest(teacher.person.id)
    assert asked
    Correction.objects.filter(pk=asked.pk).update(needs_county=True, rises_at=call.now)
    page = desks.browser(signing_in.COUNTY).get(case(asked))
    assert "确认前后是同一个人" in text(page)
    assert "另一个号码" in text(page)
    assert "这份申请须由县区管理员审核" in text(desks.browser(desk.officer).get(case(asked)))


def test_pages_follow_each_other(call: Call, desk: Desk) -> None:
    for _ in range(correction_queue.PAGE + 1):
        teacher = confirmed(call, desk)
        name = teacher.asked.identity.name + "子"
        right = Invented(name, identities.number(teacher.asked.identity))
        people.ask_for(teacher, right, why="少了一个字", at=call.ago(hours=1))
    browser = desks.browser(desk.officer)
    first = browser.get(LIST).content.decode()
    assert first.count('class="act"') == correction_queue.PAGE
    onward = first.split('rel="next" href="')[1].split('"')[0]
    assert browser.get(LIST + onward).content.decode().count('class="act"') == 1
    assert browser.get(f"{LIST}?after=x").status_code == 400


class TestEnding:
    def test_it_says_first_what_it_means_and_tells_the_teacher(
        self, call: Call, desk: Desk
    ) -> None:
        teacher = confirmed(call, desk)
        address = reverse("office_post_ending", args=[teacher.post.id])
        browser = desks.browser(desk.officer)
        said = text(browser.get(address))
        assert "已领取的证书继续有效" in said
        assert posts.standings(teacher.person.id)
        done = browser.post(address)
        assert done.status_code == 303
        assert "不再是这所学校的教师" in text(browser.get(done["Location"]))
        assert not posts.standings(teacher.person.id)
        assert Notice.objects.filter(person=teacher.person, kind="post_ended").exists()
        assert browser.post(address).status_code == 409

    @pytest.mark.parametrize(
        ("phone", "status"), [(signing_in.COUNTY, 403), (signing_in.SCHOOL, 404)]
    )
    def test_only_her_own_school_takes_her_off_its_list(
        self, call: Call, desk: Desk, phone: str, status: int
    ) -> None:
        teacher = confirmed(call, desk)
        address = reverse("office_post_ending", args=[teacher.post.id])
        assert desks.browser(phone).post(address).status_code == status
        assert posts.standings(teacher.person.id)

    def test_the_case_leads_there_while_she_is_there(self, call: Call, desk: Desk) -> None:
        teacher = confirmed(call, desk)
        browser, address = desks.browser(desk.officer), desks.case(teacher.asked)
        assert "/ending/" in browser.get(address).content.decode()
        leaving.leave(teacher.post, by=teacher.person, at=clock.now())
        assert "/ending/" not in browser.get(address).content.decode()


def confirmed(call: Call, desk: Desk) -> Teacher:
    teacher = call.teacher(desk.school, at=call.ago(days=2))
    people.approve(teacher, by=desk.officer, at=call.ago(days=1))
    return teacher


def test_the_specimen_is_a_jpeg() -> None:
    assert proofs.card(Invented("甲", "1")).startswith(b"\xff\xd8\xff")
