"""Show the certificate: covered on the screen, whole on paper, issued once, for its holder only."""

import io
import re

import pypdf
from django.test import Client

from tests.support import papers
from tests.support.season import Scene
from yanxiu.foundation import clock
from yanxiu.training.cast import people, seasons
from yanxiu.training.cast.people import Teacher
from yanxiu.training.certificates import catching_up, reissuing
from yanxiu.training.certificates.models import Certificate, Unset
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations.models import School, Verification
from yanxiu.training.people import identities
from yanxiu.training.people.models import Identity
from yanxiu.web.teacher.tests.pages import SignIn, text

ADDRESS = "/trainings/demo/certificate/"


def seen(page: str) -> str:
    """Return the digest that the form carries."""
    [digest] = re.findall(r'name="seen" value="([0-9a-f]{64})"', page)
    return str(digest)


def claim(browser: Client) -> Certificate:
    """Look and confirm."""
    answer = browser.post(ADDRESS, {"seen": seen(text(browser.get(ADDRESS)))})
    assert (answer.status_code, answer["Location"]) == (303, ADDRESS)
    return Certificate.objects.latest("issued_at")


def is_covered(page: str, teacher: Teacher) -> bool:
    """Tell whether neither name nor number can be read from the paper on the page."""
    paper = page[page.index('<section class="paper"') : page.index("</section>")]
    identity = teacher.asked.identity
    return identity.name not in paper and identities.number(identity) not in page


def test_the_preview_covers_name_and_number(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.finished()
    page = text(signed_in(teacher.person).get(ADDRESS))
    assert is_covered(page, teacher)
    assert f"{teacher.asked.identity.name[0]}*" in page
    assert "一旦点击“确认正确”，证书信息将不可更改" in page
    assert "领取后生成" in page
    assert '<b class="num">4.00</b>' in page


def test_the_paper_is_in_chinese_in_whatever_language_she_reads(
    scene: Scene, signed_in: SignIn
) -> None:
    browser = signed_in(scene.finished().person)
    browser.cookies["language"] = "en"
    page = text(browser.get(ADDRESS))
    paper = page.partition('class="paper-sheet')[2].partition("</section>")[0]
    assert '<html lang="en"' in page
    for words in ("结业证书", "学时", "证书编号", "校验码", "月", "参加"):
        assert words in paper
    assert not re.search(r"[A-Za-z]{4,}", re.sub(r"<[^>]*>", "", paper))


def test_looking_issues_nothing(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.finished()
    signed_in(teacher.person).get(ADDRESS)
    assert not Certificate.objects.filter(person_id=teacher.person.id).exists()


def test_confirming_issues_once_however_often(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.finished()
    browser = signed_in(teacher.person)
    certificate = claim(browser)
    assert browser.post(ADDRESS, {"seen": "anything"}).status_code == 303
    assert [*Certificate.objects.filter(person_id=teacher.person.id)] == [certificate]
    page = text(browser.get(ADDRESS))
    assert certificate.number in page
    assert is_covered(page, teacher)
    # Signing takes a moment: the page says so and asks again.
    assert "正在签章" in page
    assert 'hx-trigger="load delay:2s"' in page
    early = text(browser.get(f"/certificates/{certificate.token}/paper.pdf"), 409)
    assert "证书已经生效，正在签章" in early
    papers.sign_due(at=clock.now())
    page = text(browser.get(ADDRESS))
    assert "hx-trigger" not in page
    assert f'href="/certificates/{certificate.token}/paper.pdf" download>' in page
    assert 'name="seen"' not in page


def test_a_preview_that_is_out_of_date_is_shown_anew(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.finished()
    browser = signed_in(teacher.person)
    for stale in ("", "0" * 64, "确认"):
        page = text(browser.post(ADDRESS, {"seen": stale}), 409)
        assert "您的信息在预览后有变化" in page
        assert seen(page)
    assert not Certificate.objects.filter(person_id=teacher.person.id).exists()


def test_before_it_is_due_every_step_is_told_with_whose_turn_it_is(
    scene: Scene, signed_in: SignIn
) -> None:
    teacher = scene.call.teacher(scene.desk.school, at=scene.call.ago(days=2))
    people.enrol(teacher, seasons.DEMO, at=scene.call.ago(days=1))
    browser = signed_in(teacher.person)
    page = text(browser.get(ADDRESS))
    for words in ("离证书还有 2 步", "学完 4 学时", "由您完成", "管理员处理中", "已等 2 天"):
        assert words in page
    refused = text(browser.post(ADDRESS, {"seen": ""}), 409)
    assert "还差 4 学时" in refused
    assert "身份尚未经学校管理员审核通过，请联系本校管理员" in refused
    assert "已等 2 天" in refused


def test_the_paper_is_whole_and_the_same_each_time(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.finished()
    browser = signed_in(teacher.person)
    certificate = claim(browser)
    papers.sign_due(at=clock.now())
    address = f"/certificates/{certificate.token}/paper.pdf"
    answer, again = browser.get(address), browser.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert certificate.number in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content == again.content
    shown = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert identities.number(teacher.asked.identity) in shown
    assert certificate.check_code in shown


def test_a_paper_of_somebody_else_is_not_found(scene: Scene, signed_in: SignIn) -> None:
    certificate = claim(signed_in(scene.finished().person))
    other = signed_in(scene.finished().person)
    theirs = other.get(f"/certificates/{certificate.token}/paper.pdf")
    nowhere = other.get("/certificates/AAAAAAAAAAAAAAAAAAAAAA/paper.pdf")
    assert theirs.status_code == nowhere.status_code == 404
    assert Client().get(f"/certificates/{certificate.token}/paper.pdf").status_code == 302


def test_without_a_form_token_nothing_is_issued(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.finished()
    digest = seen(text(signed_in(teacher.person).get(ADDRESS)))
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(teacher.person.account)
    assert strict.post(ADDRESS, {"seen": digest}).status_code == 403
    assert not Certificate.objects.filter(person_id=teacher.person.id).exists()


def test_an_unknown_training_has_no_certificate(scene: Scene, signed_in: SignIn) -> None:
    browser = signed_in(scene.teacher().person)
    assert browser.get("/trainings/nowhere/certificate/").status_code == 404


def test_a_stale_preview_names_what_has_changed(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.finished()
    browser = signed_in(teacher.person)
    before = seen(text(browser.get(ADDRESS)))
    School.objects.filter(pk=scene.desk.school.pk).update(name="青禾县更名小学")
    page = text(browser.post(ADDRESS, {"seen": before}), 409)
    assert "您的信息在预览后有变化（任教学校），证书没有发出。请重新核对。" in page
    assert "青禾县更名小学" in page
    assert seen(page) != before


def test_a_rare_name_is_confirmed_once_and_waits_for_its_font(
    scene: Scene, signed_in: SignIn
) -> None:
    teacher = scene.finished()
    Identity.objects.filter(person=teacher.person).update(name="张\U00050000")
    browser = signed_in(teacher.person)
    answer = browser.post(ADDRESS, {"seen": seen(text(browser.get(ADDRESS)))})
    page = text(answer, 202)
    assert "补充字形后即生成证书，预计 1 个工作日" in page
    assert 'name="seen"' not in page
    assert "证书正在补充字形" in text(browser.get("/trainings/demo/"))
    assert catching_up.settle(at=clock.now()) == 0
    # A font has come: here, the name that it lacked has gone.
    Unset.objects.filter(person_id=teacher.person.id).update(characters="张")
    Identity.objects.filter(person=teacher.person).update(name="张三")
    assert catching_up.settle(at=clock.now()) == 1
    [notice] = Notice.objects.filter(person=teacher.person, kind="certificate_ready")
    assert notice.link == ADDRESS
    browser.post(ADDRESS, {"seen": seen(text(browser.get(ADDRESS)))})
    assert Certificate.objects.filter(person_id=teacher.person.id).count() == 1


def test_the_portfolio_tells_years_states_and_editions(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.finished()
    browser = signed_in(teacher.person)
    first = claim(browser)
    identity = teacher.asked.identity
    Identity.objects.filter(pk=identity.pk).update(until=clock.now())
    newer = Identity.objects.create(
        person=teacher.person,
        version=2,
        name="李更正",
        document_kind=identity.document_kind,
        number_sealed=identity.number_sealed,
        number_fingerprint=identity.number_fingerprint,
        born_on=identity.born_on,
        recorded_at=clock.now(),
    )
    Verification.objects.filter(pk=teacher.asked.pk).update(identity=newer)
    [second] = reissuing.follow(teacher.person.id, by=teacher.person, at=clock.now())
    page = text(browser.get("/me/certificates/"))
    assert f"{scene.call.now.year} 年" in page
    assert '共 <b class="num">4.00</b> 学时' in page
    assert "✓ 有效" in page
    assert "第 2 版" in page
    assert f'第 1 版 · <span class="num">{first.number}' in page
    assert "作废（信息更正）" in page
    assert page.index(second.number) < page.index(first.number)
