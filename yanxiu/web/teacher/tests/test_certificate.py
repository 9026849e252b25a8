"""Show the certificate: covered on the screen, whole on paper, issued once, for its holder only."""

import io
import re

import pypdf
from django.test import Client

from tests.support.season import Scene
from yanxiu.training.cast import people, seasons
from yanxiu.training.cast.people import Teacher
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.people import identities
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
    assert '<span class="figure num">4.00</span>' in page


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
    address = f"/certificates/{certificate.token}/paper.pdf"
    answer, again = browser.get(address), browser.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert certificate.number in answer["Content-Disposition"]
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
