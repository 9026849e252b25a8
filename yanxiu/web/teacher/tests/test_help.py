"""Show that the help page answers from her own state first, with the way out of it."""

from django.test import Client

from tests.support.season import Scene
from yanxiu.training.cast import people, watching
from yanxiu.training.people import accounts
from yanxiu.web.teacher import questions
from yanxiu.web.teacher.tests.pages import SignIn, text

HELP = "/help/"
CODES = (
    *("school", "platform", "phone", "student", "parent", "leaving", "information", "zero"),
    *("unverified", "capped", "download", "mistake", "enough"),
)


def test_a_visitor_reads_all_thirteen_with_the_numbers_of_the_rulebook(scene: Scene) -> None:
    page = text(Client().get(HELP))
    for code in CODES:
        assert f'id="q-{code}"' in page
    known = questions.numbers(scene.outline)
    assert [each.code for each in questions.every(known)] == list(CODES)
    assert "合计 10 学时方可结业" in page
    assert "现在与您有关" not in page
    assert "登录后，这里先回答与您有关的问题" in page


def test_what_is_begun_is_counted_with_what_is_missing_and_leads_on(
    scene: Scene, signed_in: SignIn
) -> None:
    teacher = scene.teacher()
    first, second = scene.outline.courses[0].lessons[:2]
    sittings = [(each, each.duration_ms // 2) for each in (first, second)]
    watching.watch(teacher.person.id, sittings, scene.outline, begun_at=scene.call.ago(days=9))
    page = text(signed_in(teacher.person).get(HELP))
    assert "您的 2 个视频还没有看完，共差" in page
    nearest = min((first, second), key=lambda each: each.duration_ms)
    assert f"?lesson={nearest.id}" in page
    assert f"接着看《{nearest.title}》" in page
    assert "您已认定 0.00" in page


def test_who_waits_reads_for_whom_and_how_long(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.call.teacher(scene.desk.school, at=scene.call.ago(days=4))
    page = text(signed_in(teacher.person).get(HELP))
    assert f"“{scene.desk.school.name}”管理员已 4 天未处理您的审核。" in page
    assert 'class="card concern wait"' in page


def test_who_was_sent_back_reads_why_and_where_to_mend_it(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.call.teacher(scene.desk.school, at=scene.call.ago(days=4))
    people.reject(teacher, reason="name_differs", by=scene.desk.officer, at=scene.call.ago(days=1))
    page = text(signed_in(teacher.person).get(HELP))
    assert "退回" in page.split('id="questions"')[0]
    assert "/me/information/" in page.split('id="questions"')[0]


def test_who_has_all_is_told_that_the_certificate_is_ready(scene: Scene, signed_in: SignIn) -> None:
    page = text(signed_in(scene.finished().person).get(HELP))
    now = page.split('id="questions"')[0]
    assert "的证书可以领取了" in now
    assert "已达标" in now
    assert "还没有看完" not in now


def test_what_is_beyond_a_cap_is_named(scene: Scene, signed_in: SignIn) -> None:
    page = text(signed_in(scene.finished().person).get(HELP))
    now = page.split('id="questions"')[0]
    assert f"“{scene.outline.courses[0].title}”已学习 2.00 学时，上限 1.5" in now
    assert "超出的部分有记录，不计入认定。" in now


def test_whoever_has_no_school_is_led_to_choose_one(scene: Scene, signed_in: SignIn) -> None:
    fresh = accounts.open_for("13911112222", kind="teacher", at=scene.call.now)
    now = text(signed_in(fresh.person).get(HELP)).split('id="questions"')[0]
    assert "您还没有选择任教学校" in now
    student = accounts.open_for("13911112223", kind="student", at=scene.call.now)
    now = text(signed_in(student.person).get(HELP)).split('id="questions"')[0]
    assert "您现在使用的是学生身份" in now
    assert "选择任教学校" not in now


def test_a_search_finds_by_words_and_by_initials(scene: Scene) -> None:
    for typed, code in (("换手机号", "phone"), ("xzzs", "download"), ("学时为零", "zero")):
        page = text(Client().get(HELP, {"q": typed}))
        assert f'id="q-{code}" open' in page, typed
    nothing = text(Client().get(HELP, {"q": "火星"}))
    assert "没有找到这样的问题" in nothing
    assert "写给客服" in nothing


def test_each_answer_leads_to_the_desk_with_its_topic(scene: Scene) -> None:
    page = text(Client().get(HELP))
    assert "/me/tickets/new/?topic=certificate" in page
    assert "4001910910" in page
    assert "可以拨打" in page
