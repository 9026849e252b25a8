"""Show how somebody asks the help desk: nothing that she typed is lost, nobody else reads it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.support.season import Scene
from yanxiu.foundation import clock
from yanxiu.training.support import drafts, tickets
from yanxiu.training.support.models import Attachment, Ticket
from yanxiu.training.support.tickets import Said
from yanxiu.web.teacher.tests.pages import SignIn, text

NEW = "/me/tickets/new/"
ASKED = {"topic": "study", "text": "没有倍速按钮\n安卓手机"}


def photo(name: str = "截图.png") -> SimpleUploadedFile:
    sent = io.BytesIO()
    Image.new("RGB", (80, 60), "navy").save(sent, "PNG")
    return SimpleUploadedFile(name, sent.getvalue())


def test_asks_with_pictures_and_follows_the_answer(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.teacher()
    browser = signed_in(teacher.person)
    answer = browser.post(NEW, ASKED | {"pictures": [photo(), photo("../../etc/passwd")]})
    assert answer.status_code == 303
    page = text(browser.get(answer["Location"]))
    ticket = Ticket.objects.get(person=teacher.person)
    assert "工单已提交" in page
    assert "等待客服答复" in page
    assert ticket.number in page
    assert "安卓手机" in page
    picture = browser.get(page.split('<img src="')[1].split('"')[0])
    assert picture["Content-Type"] == "image/jpeg"
    assert "sandbox" in picture["Content-Security-Policy"]
    assert picture.content.startswith(b"\xff\xd8\xff")
    tickets.answer(ticket, Said("请更新到最新版本。"), by=scene.desk.officer, at=clock.now())
    assert "客服已答复" in text(browser.get("/me/tickets/"))
    assert "请更新到最新版本。" in text(browser.get(f"/me/tickets/{ticket.pk}/"))
    assert "客服答复了您的工单" in text(browser.get("/me/notices/"))
    assert browser.post(f"/me/tickets/{ticket.pk}/", {"text": "好了"}).status_code == 303
    assert browser.post(f"/me/tickets/{ticket.pk}/closing/").status_code == 303
    assert "已办结" in text(browser.get(f"/me/tickets/{ticket.pk}/"))


def test_nobody_else_sees_it(scene: Scene, signed_in: SignIn) -> None:
    teacher, other = scene.teacher(), scene.teacher()
    signed_in(teacher.person).post(NEW, ASKED | {"pictures": photo()})
    ticket = Ticket.objects.get(person=teacher.person)
    picture = Attachment.objects.get(message__ticket=ticket)
    stranger = signed_in(other.person)
    assert stranger.get(f"/me/tickets/{ticket.pk}/").status_code == 404
    assert stranger.post(f"/me/tickets/{ticket.pk}/", {"text": "我"}).status_code == 404
    assert stranger.post(f"/me/tickets/{ticket.pk}/closing/").status_code == 404
    assert stranger.get(f"/me/tickets/pictures/{picture.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "status", "sentence"),
    [
        ("空.jpg", b"", 400, "图片无法读取"),
        ("动.gif", b"GIF89a" + bytes(60), 415, "仅支持 JPG、PNG"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "仅支持 JPG、PNG"),
        ("大.jpg", b"\xff\xd8\xff" + bytes(10 * 1024 * 1024), 413, "不能超过 10 MB"),
    ],
)
def test_a_wrong_picture_keeps_the_text(
    scene: Scene, signed_in: SignIn, name: str, content: bytes, status: int, sentence: str
) -> None:
    teacher = scene.teacher()
    browser = signed_in(teacher.person)
    wrong = SimpleUploadedFile(name, content)
    page = text(browser.post(NEW, ASKED | {"pictures": wrong}), status)
    assert sentence in page
    assert "安卓手机" in page
    assert not Ticket.objects.filter(person=teacher.person).exists()
    kept = drafts.of(teacher.person.id, None)
    assert kept
    assert kept.text.startswith("没有倍速按钮")


def test_what_is_too_long_stays_in_the_form_and_as_a_draft(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.teacher()
    browser = signed_in(teacher.person)
    page = text(browser.post(NEW, ASKED | {"text": "字" * 100_000, "pictures": photo()}), 400)
    assert "最多 2000 字，现在有 100000 字；已为您保留草稿" in page
    assert "请重新选择图片" in page
    kept = drafts.of(teacher.person.id, None)
    assert kept
    assert len(kept.text) == drafts.TEXT_MOST


def test_a_draft_is_kept_restored_and_discarded(scene: Scene, signed_in: SignIn) -> None:
    browser = signed_in(scene.teacher().person)
    assert browser.post(NEW, ASKED | {"keep": "1"}).status_code == 303
    by_script = browser.post(NEW, ASKED | {"keep": "1"}, headers={"X-Draft": "1"})
    assert by_script.status_code == 204
    assert "没有提交的草稿" in text(browser.get("/me/tickets/"))
    page = text(browser.get(NEW))
    assert "已恢复您" in page
    assert "安卓手机" in page
    assert 'value="study" selected' in page
    assert browser.post(NEW, {"discard": "1"}).status_code == 303
    assert "安卓手机" not in text(browser.get(NEW))


def test_markup_is_shown_as_text(scene: Scene, signed_in: SignIn) -> None:
    browser = signed_in(scene.teacher().person)
    answer = browser.post(NEW, ASKED | {"text": "<script>alert(1)</script>"})
    page = text(browser.get(answer["Location"]))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_too_many_are_refused_and_kept(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.teacher()
    for number in range(tickets.OPEN_MOST):
        tickets.open_new(teacher.person, "other", Said(f"第 {number} 个"), at=clock.now())
    page = text(signed_in(teacher.person).post(NEW, ASKED), 409)
    assert "您已有 5 个没有办结的工单" in page
    assert drafts.of(teacher.person.id, None)


def test_the_topic_comes_along_from_where_she_asked(scene: Scene, signed_in: SignIn) -> None:
    browser = signed_in(scene.teacher().person)
    assert 'value="certificate" selected' in text(browser.get(f"{NEW}?topic=certificate"))
