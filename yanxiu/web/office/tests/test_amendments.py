"""Show how hours are set right from the pages, by two officers, and how each no is said."""

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.support import objects, pages, parts, signing_in
from yanxiu.foundation import clock
from yanxiu.training.catalogue import trainings
from yanxiu.training.credits import progress
from yanxiu.training.credits.models import Amendment, AmendmentAnswer, LedgerEntry
from yanxiu.training.credits.progress import CourseProgress
from yanxiu.training.organisations import posts
from yanxiu.training.people.models import Account
from yanxiu.web.shared import access

WHY = "服务器维护当晚看完一节没有记上，已核对访问日志。"
TYPED = {"direction": "add", "amount": "0.5", "unit": "minutes", "sentence": WHY}


@pytest.fixture
def proposed(country: None) -> Amendment:
    """Give what the province has proposed: to take a film's length of twenty seconds."""
    return objects.amendment()


def proposing(who: str = "teacher", place: int = 0) -> str:
    """Return where hours of a demo course are set right."""
    course = outline().courses[place]
    return reverse("office_teacher_amendment", args=[parts.account(who).person_id, course.id])


def outline() -> trainings.Outline:
    found = trainings.get("demo")
    assert found
    return found


def course_of(person_id: UUID) -> CourseProgress:
    return progress.read(person_id, outline()).courses[0]


def case_of(amendment: Amendment) -> str:
    return reverse("office_amendment", args=[amendment.id])


def confirm(browser: Client, amendment: Amendment) -> int:
    return browser.post(case_of(amendment), {"outcome": "countersign"}).status_code


def seen(answer: pages.Answer) -> str:
    """Return what stands for the outcome that a page has shown."""
    found = re.search(r'name="seen" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def stale(who: str) -> Client:
    """Return a browser whose second factor was given an hour ago."""
    browser = Client()
    signing_in.sign_in(browser, parts.account(who))
    session = browser.session
    session[access.SECOND_FACTOR] = (clock.now() - access.FACTOR_LASTS / 12).isoformat()
    session.save()
    return browser


def test_from_the_teachers_page_to_a_line_of_her_account(country: None) -> None:
    province, nation, teacher = map(parts.client, ("province", "nation", "teacher"))
    her = parts.account("teacher").person_id
    assert proposing() in province.get(reverse("office_teacher", args=[her])).content.decode()
    shown = pages.text(province.get(proposing()))
    for told in ("讲台的清晨", "没有看过，全长 0:20", "认定上限 1.50 学时，1 学时 30 秒"):
        assert told in shown
    preview = province.post(proposing(), TYPED)
    assert preview.status_code == 200
    assert "增加 30 秒，即 1.00 学时" in pages.text(preview)
    assert "本课程已学习 0.00 1.00" in pages.text(preview)
    assert not Amendment.objects.filter(person_id=her).exists()
    made = province.post(proposing(), TYPED | {"seen": seen(preview)})
    amendment = Amendment.objects.get(person_id=her)
    assert (made.status_code, made["Location"]) == (303, case_of(amendment))
    assert "等另一位管理员确认" in pages.text(province.get(case_of(amendment)))
    assert "已提议更正这门课程" in pages.text(province.get(proposing()))
    assert WHY not in pages.text(teacher.get(f"/courses/{amendment.course_id}/"))
    assert "学时更正待确认" in pages.text(nation.get(reverse("office")))
    assert "2 份学时更正在等确认" in pages.text(nation.get(reverse("office_amendments")))
    assert WHY in pages.text(nation.get(case_of(amendment)))
    assert confirm(nation, amendment) == 303
    done = pages.text(nation.get(case_of(amendment)))
    for told in ("✓ 已更正", "第 1 行", "规则第 1 版", "沈国栋确认"):
        assert told in done
    assert course_of(her).tally.learned_s == 30
    own = pages.text(teacher.get(f"/courses/{amendment.course_id}/"))
    assert f"增加 30 秒，即 1.00 学时。{WHY}" in own
    assert f"的学时已更正（+1.00 学时）：{WHY}" in pages.text(teacher.get(reverse("my_notices")))
    assert "办结" in pages.text(province.get(reverse("office_amendments")))
    officer = parts.client("officer").get(reverse("office_teacher", args=[her]))
    assert WHY in pages.text(officer)
    assert proposing() not in officer.content.decode()


def test_what_is_missing_or_cannot_be_is_said_and_what_was_typed_stays(country: None) -> None:
    nation = parts.client("nation")
    for changed, status, told in (
        ({"direction": ""}, 400, "请选择增加还是减去。"),
        ({"amount": "-3"}, 400, "请填写大于 0 的数"),
        ({"amount": "NaN"}, 400, "请填写大于 0 的数"),
        ({"amount": "0.01"}, 400, "不是整数秒，请改用秒填写：1 学时是 30 秒"),
        ({"unit": "days"}, 400, "days"),
        ({"sentence": " "}, 400, "请写明更正的原因"),
        ({"direction": "take"}, 409, "现在已学习 0 秒，最多减去这么多"),
        ({"amount": "999999"}, 409, "一次最多增加认定上限 45 秒"),
    ):
        typed = TYPED | changed
        answer = nation.post(proposing(), typed)
        assert answer.status_code == status, typed
        assert told in pages.text(answer), typed
        assert f'value="{typed["amount"]}"' in answer.content.decode()
        assert typed["sentence"].strip() in answer.content.decode()
    # Whoever has seen what would come of one change has not seen what comes of another.
    old = seen(nation.post(proposing(), TYPED))
    assert nation.post(proposing(), TYPED | {"amount": "0.1", "seen": old}).status_code == 200
    assert Amendment.objects.count() == 1


def test_one_waits_at_a_time_and_elsewhere_there_is_nothing(proposed: Amendment) -> None:
    nation = parts.client("nation")
    her = Account.objects.get(person_id=proposed.person_id)
    address = reverse("office_teacher_amendment", args=[her.person_id, proposed.course_id])
    again = TYPED | {"seen": f"{course_of(her.person_id).tally.learned_s}+30"}
    answer = nation.post(address, again)
    assert answer.status_code == 409
    assert "已有一份学时更正在等待确认" in pages.text(answer)
    assert WHY in answer.content.decode()
    # Who is not enrolled, and who teaches nowhere here any more.
    assert nation.get(proposing("editor")).status_code == 404
    for post in posts.current(her.person_id):
        type(post).objects.filter(pk=post.pk).update(ended_at=clock.now())
    assert nation.get(address).status_code == 404


def test_nobody_answers_her_own_word_and_everything_is_answered_once(proposed: Amendment) -> None:
    province, nation = parts.client("province"), parts.client("nation")
    before = course_of(proposed.person_id).tally
    assert "确认，更正学时" not in pages.text(province.get(case_of(proposed)))
    assert confirm(province, proposed) == 403
    shown = pages.text(nation.get(case_of(proposed)))
    for told in ("减去 20 秒，即 0.66 学时", "更正以后学时不再达标", "看完，全长 0:20"):
        assert told in shown
    silent = nation.post(case_of(proposed), {"outcome": "decline"})
    assert silent.status_code == 400
    assert "请写明不同意的理由" in pages.text(silent)
    long = nation.post(case_of(proposed), {"outcome": "decline", "sentence": "长" * 201})
    assert long.status_code == 400
    assert "长" * 201 in long.content.decode()
    said = {"outcome": "decline", "sentence": "需要本人书面说明。"}
    assert nation.post(case_of(proposed), said).status_code == 303
    for told in ("已退回", "需要本人书面说明。"):
        assert told in pages.text(province.get(case_of(proposed)))
    again = nation.post(case_of(proposed), {"outcome": "countersign"})
    assert again.status_code == 409
    assert "已经办结，学时没有再次改变" in pages.text(again)
    assert course_of(proposed.person_id).tally == before
    assert not LedgerEntry.objects.filter(cause=f"amendment:{proposed.id}").exists()


def test_the_proposer_takes_her_word_back(proposed: Amendment) -> None:
    province, nation = parts.client("province"), parts.client("nation")
    assert nation.post(case_of(proposed), {"outcome": "withdraw"}).status_code == 403
    assert province.post(case_of(proposed), {"outcome": "withdraw"}).status_code == 303
    assert AmendmentAnswer.objects.get(pk=proposed.pk).outcome == "withdrawn"
    assert "已收回" in pages.text(province.get(case_of(proposed)))
    assert "现在没有学时更正在等确认" in pages.text(nation.get(reverse("office_amendments")))
    after = reverse("office_amendments") + f"?after={proposed.id}"
    assert "等确认" not in pages.text(nation.get(after))
    wrong = nation.get(reverse("office_amendments") + "?after=x")
    assert wrong.status_code == 400
    assert "页码有误" in pages.text(wrong)


def test_without_a_fresh_second_factor_nothing_is_done_and_words_stay(proposed: Amendment) -> None:
    province, nation = stale("province"), stale("nation")
    asked = province.get(proposing())
    assert asked.status_code == 302
    assert "/sign-in/second-factor/" in asked["Location"]
    refused = province.post(proposing(), TYPED | {"seen": "0+30"})
    assert refused.status_code == 403
    assert WHY in refused.content.decode()
    assert "在新窗口重新验证" in pages.text(refused)
    assert "确认前请再验证一次" in pages.text(nation.get(case_of(proposed)))
    assert confirm(nation, proposed) == 403
    assert [*Amendment.objects.filter(answered_at__isnull=True)] == [proposed]


def test_what_no_longer_fits_can_only_be_sent_back(proposed: Amendment) -> None:
    nation = parts.client("nation")
    Amendment.objects.filter(pk=proposed.pk).update(seconds=-10_000)
    shown = pages.text(nation.get(case_of(proposed)))
    assert "现在不能同意" in shown
    assert "最多减去这么多" in shown
    answer = nation.post(case_of(proposed), {"outcome": "countersign"})
    assert answer.status_code == 409
    assert Amendment.objects.get(pk=proposed.pk).answered_at is None
