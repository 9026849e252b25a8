"""Show what each sees of a training: what it offers, how far she is, what is missing and why."""

from datetime import datetime

import pytest
from django.test import Client

from tests.support import season
from tests.support.season import Scene
from yanxiu.training.cast import people, places, seasons, watching
from yanxiu.training.cast.people import Teacher
from yanxiu.training.certificates import issuing
from yanxiu.training.enrolment.models import Enrolment
from yanxiu.training.organisations.models import Decision
from yanxiu.training.people.models import Persona
from yanxiu.web.teacher.tests.pages import SignIn, text

DEMO = "/trainings/demo/"
SHEET = "/trainings/demo/enrolment/"


def newcomer(scene: Scene, *, at: datetime | None = None) -> Teacher:
    return scene.call.teacher(scene.desk.school, at=at or scene.call.ago(days=1))


def watch(scene: Scene, teacher: Teacher, *sittings: tuple[int, int, int]) -> None:
    """Watch so many milliseconds of (course, lesson)."""
    courses = scene.outline.courses
    watching.watch(
        teacher.person.id,
        [(courses[course].lessons[place], ms) for course, place, ms in sittings],
        scene.outline,
        begun_at=scene.call.ago(days=5),
        pause=watching.BREATH,
    )


@pytest.mark.usefixtures("country")
class TestVisitor:
    def test_sees_what_is_offered_and_how_to_enrol(self) -> None:
        page = text(Client().get(DEMO))
        for words in ("体验专题", "走近教育家精神", "认定 <span", "立即报名", "学习规则"):
            assert words in page
        assert f'href="{SHEET}"' in page
        for words in ("已认定", "领取证书</a>", "data-refresh"):
            assert words not in page

    def test_finds_nothing_at_an_unknown_address(self) -> None:
        assert Client().get("/trainings/nowhere/").status_code == 404

    def test_is_told_that_a_past_season_has_ended(self) -> None:
        page = text(Client().get("/trainings/2025sqpx/"))
        assert "报名已结束" in page
        assert "已于 2025 年 9 月 30 日结束" in page
        assert "立即报名" not in page


class TestEnrolled:
    def test_sees_the_three_numbers_red_until_they_are_reached(
        self, scene: Scene, signed_in: SignIn
    ) -> None:
        teacher = scene.teacher()
        watch(scene, teacher, (0, 0, 20_000), (1, 0, 30_000), (1, 1, 60_000))
        page = text(signed_in(teacher.person).get(DEMO))
        assert '<dd class="short">0.66 <small>● 未达标</small></dd>' in page
        assert '<dd class="enough">2.50 <small>✓ 已达标</small></dd>' in page
        assert "<dt>已学习</dt><dd>3.00</dd>" in page
        assert "● 差 0.84" in page

    def test_is_told_why_and_what_adds_hours(self, scene: Scene, signed_in: SignIn) -> None:
        teacher = scene.teacher()
        watch(scene, teacher, (0, 0, 20_000), (0, 1, 25_000), (1, 0, 30_000), (1, 1, 60_000))
        page = text(signed_in(teacher.person).get(DEMO))
        assert (
            "1 个视频已完整看完。《一封学生的来信》看了 25 秒，还差 15 秒就计入 1.33 学时，"
            "其中 0.84 学时得到认定。"
        ) in page
        assert "已到本课程上限 2.5 学时；继续学习会记入已学习。" in page
        assert "其中 0.50 学时超出课程上限，有记录，不计入认定。" in page
        assert "离证书还有 1 步" in page
        assert "还差学时：走近教育家精神 0.84" in page
        assert "继续学习" in page

    def test_sees_who_has_to_act_and_since_when(self, scene: Scene, signed_in: SignIn) -> None:
        teacher = newcomer(scene, at=scene.call.ago(days=3, hours=1))
        people.enrol(teacher, seasons.DEMO, at=scene.call.ago(days=2))
        page = text(signed_in(teacher.person).get(DEMO))
        assert f"{scene.desk.school.name}管理员处理中 · 已等 3 天" in page
        assert "离证书还有 2 步" in page
        assert 'aria-disabled="true" aria-describedby="certificate-why"' in page
        assert "还差 2 步" in page

    def test_after_a_no_is_told_why_and_where_to_mend_it(
        self, scene: Scene, signed_in: SignIn
    ) -> None:
        teacher = newcomer(scene)
        people.enrol(teacher, seasons.DEMO, at=scene.call.now)
        reason = Decision.Reason.NAME_DIFFERS
        people.reject(teacher, reason=reason, by=scene.desk.officer, at=scene.call.now)
        page = text(signed_in(teacher.person).get(DEMO))
        assert "退回：姓名与本校登记不一致" in page
        assert "/me/information/" in page

    def test_may_claim_when_all_is_done(self, scene: Scene, signed_in: SignIn) -> None:
        page = text(signed_in(scene.finished().person).get(DEMO))
        assert "可以领取证书了" in page
        assert '<a class="button" href="/trainings/demo/certificate/">领取证书</a>' in page

    def test_looks_at_the_certificate_once_it_is_issued(
        self, scene: Scene, signed_in: SignIn
    ) -> None:
        teacher = scene.finished()
        seen = issuing.draft(teacher.person.id, scene.outline, at=scene.call.now).digest
        issuing.issue(teacher.person.id, scene.outline, seen=seen, at=scene.call.now)
        page = text(signed_in(teacher.person).get(DEMO))
        assert "证书已领取" in page
        assert '<a class="button quiet" href="/trainings/demo/certificate/">查看证书</a>' in page

    @pytest.mark.usefixtures("country")
    def test_is_told_when_the_time_is_over(self, signed_in: SignIn) -> None:
        scene = season.scene(seasons.SUMMER)
        teacher = scene.teacher(at=scene.outline.training.opens_at)
        page = text(signed_in(teacher.person).get("/trainings/2025sqpx/"))
        assert "学习时间已结束" in page
        assert "学习时间已于 2025 年 9 月 30 日结束" in page
        assert "去学习" not in page
        for words in ("学时没有达标，不能领取", "学时未达标", "回看课程"):
            assert words in page
        assert "学习时间已结束：没有完整看完的视频，还差 2.00 学时。" in page

    def test_gets_her_part_alone_under_the_same_names(
        self, scene: Scene, signed_in: SignIn
    ) -> None:
        browser = signed_in(scene.teacher().person)
        page, part = text(browser.get(DEMO)), text(browser.get(f"{DEMO}progress/"))
        for name in ("standing", "courses"):
            assert f'id="{name}" data-refresh="{DEMO}progress/"' in page
            assert f'id="{name}" data-refresh="{DEMO}progress/"' in part
        assert "<html" not in part


class TestEnrolling:
    def test_the_sheet_shows_what_is_used_with_the_number_covered(
        self, scene: Scene, signed_in: SignIn
    ) -> None:
        teacher = newcomer(scene)
        page = text(signed_in(teacher.person).get(SHEET))
        assert teacher.asked.identity.name in page
        assert "***********" in page
        assert scene.desk.school.name in page
        assert scene.desk.school.type.name in page
        assert "将用于记录学时和发放电子学习证书" in page
        assert "确认报名" in page

    def test_confirming_enrols_and_leads_back(self, scene: Scene, signed_in: SignIn) -> None:
        teacher = newcomer(scene)
        browser = signed_in(teacher.person)
        answer = browser.post(SHEET)
        assert (answer.status_code, answer["Location"]) == (303, f"{DEMO}?enrolled=1")
        assert "报名成功" in text(browser.get(answer["Location"]))
        assert Enrolment.objects.filter(person=teacher.person).count() == 1

    def test_looking_at_the_sheet_enrols_nobody(self, scene: Scene, signed_in: SignIn) -> None:
        teacher = newcomer(scene)
        signed_in(teacher.person).get(SHEET)
        assert not Enrolment.objects.filter(person=teacher.person).exists()

    def test_twice_is_once_and_leads_back_too(self, scene: Scene, signed_in: SignIn) -> None:
        teacher = scene.teacher()
        browser = signed_in(teacher.person)
        assert browser.post(SHEET).status_code == 303
        assert browser.get(SHEET).status_code == 303
        assert Enrolment.objects.filter(person=teacher.person).count() == 1

    def test_nobody_is_congratulated_who_is_not_enrolled(
        self, scene: Scene, signed_in: SignIn
    ) -> None:
        page = text(signed_in(newcomer(scene).person).get(f"{DEMO}?enrolled=1"))
        assert "报名成功" not in page

    def test_missing_information_is_named_with_the_way_to_mend_it(
        self, scene: Scene, signed_in: SignIn
    ) -> None:
        person = people.register(scene.call.phone(), at=scene.call.now)
        browser = signed_in(person)
        page = text(browser.get(SHEET))
        assert "姓名和证件号码、任教学校" in page
        assert f'href="/me/information/?next={SHEET}">去补全信息' in page
        assert "确认报名" not in page
        assert "information_missing" in text(browser.post(SHEET), 409)

    def test_the_wrong_platform_is_named_with_the_right_one(
        self, scene: Scene, signed_in: SignIn
    ) -> None:
        school = places.of(places.HOME, places.VOCATIONAL)
        browser = signed_in(scene.call.teacher(school, at=scene.call.now).person)
        page = text(browser.post(SHEET), 409)
        for words in (
            *("本平台为基础教育教师学习平台", school.name, "中等职业学校"),
            *("智慧职教研修", "基本管理", "核对学校信息", "other_platform"),
        ):
            assert words in page

    def test_a_wrong_type_is_handed_to_the_school_with_one_button(
        self, scene: Scene, signed_in: SignIn
    ) -> None:
        school = places.of(places.HOME, places.VOCATIONAL)
        browser = signed_in(scene.call.teacher(school, at=scene.call.now).person)
        assert "学制有误，请管理员核对" in text(browser.get(SHEET))
        for answer in (browser.post(SHEET), browser.post(SHEET)):
            said = text(answer, 409)
            assert "已请本校管理员核对学制" in said
            assert "学制有误，请管理员核对" not in said
        assert not Enrolment.objects.filter(training=scene.outline.training).filter(
            person__posts__school=school
        )

    @pytest.mark.parametrize("kind", [Persona.Kind.STUDENT, Persona.Kind.PARENT])
    def test_other_personas_are_told_what_they_may_do(
        self, kind: str, scene: Scene, signed_in: SignIn
    ) -> None:
        person = people.register(scene.call.phone(), at=scene.call.now, kind=kind)
        page = text(signed_in(person).post(SHEET), 403)
        assert "专题培训面向教师身份" in page
        assert 'href="/me/account/persona/"' in page

    def test_after_the_window_its_days_are_named(self, scene: Scene, signed_in: SignIn) -> None:
        page = text(signed_in(newcomer(scene).person).post("/trainings/2025sqpx/enrolment/"), 409)
        assert "报名时间为 2025 年 7 月 20 日至 9 月 30 日，现已结束" in page

    @pytest.mark.usefixtures("country")
    def test_visitors_sign_in_first_and_come_back(self) -> None:
        answer = Client().get(SHEET)
        assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={SHEET}")
