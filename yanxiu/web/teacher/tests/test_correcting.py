"""Show how a confirmed teacher asks for another name or number, and how she leaves a school."""

import io
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.support.pages import Answer, text
from yanxiu.foundation import clock, pictures
from yanxiu.training.cast import people, places, signing_in
from yanxiu.training.cast.names import Invented
from yanxiu.training.journeys import correcting
from yanxiu.training.organisations import (
    correction_queue,
    grants,
    information,
    posts,
    proofs,
    verification,
)
from yanxiu.training.organisations.models import Correction, Post, Verification
from yanxiu.training.people import identities
from yanxiu.training.people.models import Account, Person

PAGE, INFORMATION = "/me/information/correction/", "/me/information/"
SCHOOL = "/me/information/school/"
ANOTHER = "11010119851116997X"


def browser(phone: str, **client: Any) -> Client:
    found = Client(**client)
    found.force_login(Account.objects.get(phone=phone))
    return found


def person(phone: str = signing_in.READY) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


@pytest.fixture
def teacher(country: None) -> Client:
    return browser(signing_in.READY)


def photo(kind: str = "JPEG", size: tuple[int, int] = (80, 50)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def ask(client: Client, *, sent: bytes | None = None, **other: str) -> Answer:
    typed: dict[str, Any] = {"name": "张晓兰", "document_kind": "resident_id", "number": ""}
    typed |= {"why": "“兰”写成了“岚”"} | other
    if sent is not None:
        typed["proof"] = SimpleUploadedFile("../../x.html", sent, "text/html")
    return client.post(PAGE, typed)


def mine(phone: str = signing_in.READY) -> Correction | None:
    return correction_queue.latest(person(phone).id)


def post() -> Post:
    return Post.objects.get(person=person(), ended_at=None)


def ending() -> str:
    return reverse("my_post_ending", args=[post().id])


def test_she_asks_sees_who_has_it_and_takes_it_back(teacher: Client) -> None:
    assert "申请更正" in text(teacher.get(INFORMATION))
    answer = ask(teacher)
    assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}?said=asked")
    page = teacher.get(answer["Location"])
    assert "您的认证和证书不受影响" in text(page)
    assert "的管理员审核" in text(page)
    assert "刚刚提交" in text(page)
    assert '张晓<mark class="differs">兰</mark>' in page.content.decode()
    assert "更正申请在等" in text(teacher.get(INFORMATION))
    assert posts.standings(person().id)[0].verified
    back = teacher.post(reverse("correction_withdrawal"))
    assert "已撤回" in text(teacher.get(back["Location"]))
    assert mine() is None
    assert teacher.post(reverse("correction_withdrawal")).status_code == 409


def test_the_old_number_is_masked_and_stays_where_none_is_given(teacher: Client) -> None:
    identity = identities.current(person().id)
    assert identity
    page = teacher.get(PAGE).content.decode()
    assert identities.masked_number(identity) in page
    assert identities.number(identity) not in page
    ask(teacher)
    asked = mine()
    assert asked
    assert bytes(asked.number_fingerprint) == bytes(identity.number_fingerprint)


def test_what_was_answered_is_shown_with_the_way_to_mend_it(teacher: Client) -> None:
    ask(teacher)
    asked, by = mine(), person(signing_in.SCHOOL)
    assert asked
    no = ("proof_missing", "请附照片。")
    held = grants.held(by.id, at=clock.now())
    correcting.reject(asked, held=held, no=no, by=by, at=clock.now())
    page = teacher.get(PAGE)
    assert "更正没有通过：没有证明照片——请附照片。" in text(page)
    assert "请附上证件上有姓名和号码那一面的照片，再提交一次" in text(page)
    assert 'value="张晓兰"' in page.content.decode()
    assert ask(teacher, sent=photo()).status_code == 303


def test_the_picture_is_never_kept_as_it_was_sent(teacher: Client) -> None:
    sent = photo("PNG", (2400, 900))
    assert ask(teacher, number=ANOTHER, sent=sent).status_code == 303
    asked, by = mine(), person(signing_in.SCHOOL)
    assert asked
    held = grants.held(by.id, at=clock.now())
    proofs.look(asked, held=held, by=by, at=clock.now())
    kept = proofs.shown(asked, held=held, by=by, at=clock.now())
    assert Image.open(io.BytesIO(kept)).size == (2000, 750)
    assert kept.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("sent", "status", "sentence"),
    [
        (b"", 400, "图片无法读取"),
        (photo()[:300], 400, "图片无法读取"),
        (photo("GIF"), 415, "仅支持 JPG、PNG 图片"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "仅支持 JPG、PNG 图片"),
        (photo() + b"<script>alert(1)</script>", 415, "夹带了其他内容"),
        (photo("PNG", (40_001, 1000)), 400, "最多 4000 万像素"),
        (photo() + bytes(pictures.MOST_BYTES), 413, "不能超过 10 MB"),
    ],
)
def test_what_is_no_picture_is_told_and_the_words_are_kept(
    teacher: Client, sent: bytes, status: int, sentence: str
) -> None:
    answer = ask(teacher, sent=sent, why="派出所更正了登记")
    assert answer.status_code == status
    page = answer.content.decode()
    assert sentence in page
    assert "派出所更正了登记" in page
    assert 'value="张晓兰"' in page
    assert mine() is None


@pytest.mark.parametrize(
    ("other", "status", "sentence"),
    [
        ({"name": "张晓岚"}, 400, "与现在的完全相同"),
        ({"name": ""}, 400, "请填写姓名。"),
        ({"name": "张3"}, 400, "不支持的字符"),
        ({"number": "1"}, 400, "身份证号应为 18 位"),
        ({"number": ANOTHER}, 400, "须附上证明照片"),
        ({"why": ""}, 400, "请写明更正的原因"),
        ({"why": "字" * 401}, 400, "最多 400 个字"),
        ({"why": "\0"}, 400, "内容编码有误"),
        ({"document_kind": "passport"}, 400, "证件类型与号码格式不一致"),
        ({"document_kind": "library_card"}, 400, "证件类型与号码格式不一致"),
    ],
)
def test_what_cannot_stand_is_told_at_its_field(
    teacher: Client, other: dict[str, str], status: int, sentence: str
) -> None:
    answer = ask(teacher, sent=None, **other)
    assert answer.status_code == status
    assert sentence in text(answer)
    assert mine() is None


def test_a_chosen_picture_has_to_be_chosen_again_after_a_slip(teacher: Client) -> None:
    answer = ask(teacher, sent=photo(), name="张3")
    assert "请重新选择照片" in text(answer)


def test_a_number_of_somebody_else_tells_nothing_and_runs_out(teacher: Client) -> None:
    other = identities.current(person(signing_in.CLAIMS).id)
    assert other
    taken = identities.number(other)
    for status in (409, 409, 409, 429):
        answer = ask(teacher, number=taken, sent=photo())
        assert answer.status_code == status
        assert other.name not in text(answer)
        assert other.name[0] + "*" not in text(answer)


def test_who_is_not_confirmed_is_led_to_the_form(country: None) -> None:
    client = browser(signing_in.UNVERIFIED)
    assert "可以直接修改" in text(client.get(PAGE))
    assert ask(client).status_code == 409


def test_a_body_that_is_no_photo_any_more_is_refused_unread(teacher: Client) -> None:
    length = str(5 * pictures.MOST_BYTES)
    answer = teacher.post(PAGE, {"why": "x"}, CONTENT_LENGTH=length)
    assert answer.status_code == 413


def test_the_form_needs_its_token(country: None) -> None:
    strict = browser(signing_in.READY, enforce_csrf_checks=True)
    assert ask(strict, sent=photo()).status_code == 403
    strict.get(PAGE)
    token = strict.cookies["csrftoken"].value
    assert ask(strict, sent=photo(), csrfmiddlewaretoken=token).status_code == 303


class TestLeaving:
    def test_it_says_first_what_it_means_and_changes_nothing(self, teacher: Client) -> None:
        assert ending() in teacher.get(INFORMATION).content.decode()
        said = text(teacher.get(ending()))
        for words in ("认证随之结束", "全部保留", "继续有效", "都可以直接修改", "收到您已移除"):
            assert words in said
        assert posts.standings(person().id)[0].verified

    def test_afterwards_all_can_be_changed_and_the_right_school_added(
        self, teacher: Client
    ) -> None:
        address = ending()
        left = teacher.post(address)
        assert left.status_code == 303
        page = teacher.get(left["Location"])
        assert "请尽快添加正确的任教信息" in text(page)
        assert "选择学校" in text(page)
        typed = {"name": "张晓兰", "document_kind": "resident_id", "number": ""}
        assert teacher.post(INFORMATION, typed).status_code == 303
        other = places.of(places.HOME, places.PRIMARY, 1)
        assert teacher.post(SCHOOL, {"school": str(other.pk)}).status_code == 303
        [standing] = posts.standings(person().id)
        assert standing.pending
        assert standing.post.school == other
        assert teacher.post(address).status_code == 409
        assert teacher.get(address).status_code == 303

    def test_anothers_post_is_not_there(self, teacher: Client) -> None:
        other = Post.objects.exclude(person=person()).filter(ended_at=None).order_by("id")[0]
        for post_id in (other.id, uuid4()):
            address = reverse("my_post_ending", args=[post_id])
            assert teacher.get(address).status_code == teacher.post(address).status_code == 404


class TestSecondSchool:
    def test_it_is_added_beside_the_first_and_asked_by_itself(self, teacher: Client) -> None:
        other = places.of(places.HOME, places.PRIMARY, 1)
        page = teacher.get(f"{SCHOOL}?also=1")
        assert 'name="also"' in page.content.decode()
        assert teacher.post(SCHOOL, {"school": str(other.pk), "also": "1"}).status_code == 303
        first, second = posts.standings(person().id)
        assert first.verified
        assert second.pending
        said = text(teacher.get(INFORMATION))
        assert other.name in said
        assert "认证通过" in said

    def test_three_are_enough(self, teacher: Client) -> None:
        for place, status in ((1, 303), (2, 303), (3, 409)):
            school = places.of(places.HOME, places.PRIMARY, place)
            answer = teacher.post(SCHOOL, {"school": str(school.pk), "also": "1"})
            assert answer.status_code == status
        assert "最多同时在 3 所学校任教" in text(answer)

    def test_the_same_one_again_asks_nothing_anew(self, teacher: Client) -> None:
        before = Verification.objects.count()
        school = post().school_id
        assert teacher.post(SCHOOL, {"school": str(school), "also": "1"}).status_code == 303
        assert Verification.objects.count() == before
        assert posts.standings(person().id)[0].verified

    def test_leaving_one_keeps_the_other(self, teacher: Client) -> None:
        other = places.of(places.HOME, places.PRIMARY, 1)
        teacher.post(SCHOOL, {"school": str(other.pk), "also": "1"})
        second = Post.objects.get(person=person(), school=other)
        address = reverse("my_post_ending", args=[second.id])
        assert "的认证继续有效" in text(teacher.get(address))
        teacher.post(address)
        [standing] = posts.standings(person().id)
        assert standing.verified


class TestChangedIdentity:
    """Be somebody who has earned under a number that she has changed since."""

    PHONE = signing_in.CLAIMS

    @pytest.fixture
    def client(self, teacher: Client) -> Client:
        assert teacher
        who = person(self.PHONE)
        [standing] = posts.standings(who.id)
        by, now = person(signing_in.SCHOOL), clock.now()
        posts.end(standing.post, by=who, at=now)
        # As it was before schools were kept from it.
        people.introduce(who, Invented("王明慧", ANOTHER), at=now)
        information.teach_at(who, standing.post.school, by=who, at=now)
        [again] = posts.standings(who.id)
        assert again.verification
        held = grants.held(by.id, at=now)
        verification.approve(again.verification, held=held, by=by, at=now)
        return browser(self.PHONE)

    def test_the_way_leads_to_the_county_and_on_to_the_certificate(self, client: Client) -> None:
        page = client.get("/trainings/demo/certificate/")
        assert "县区确认是同一人" in text(page)
        review = f"{PAGE}?review=1"
        assert review in page.content.decode()
        assert "须由县区管理员核实一次" in text(client.get(review))
        told = client.get("/me/trainings/demo.json").json()["certificate"]
        assert [reason["code"] for reason in told["reasons"]] == ["identity_changed"]
        assert ask(client, sent=photo(), name="王明慧").status_code == 303
        assert "县区管理员处理中" in text(client.get("/trainings/demo/certificate/"))
        asked, by = mine(self.PHONE), person(signing_in.COUNTY)
        assert asked
        correcting.approve(asked, held=grants.held(by.id, at=clock.now()), by=by, at=clock.now())
        assert "领取证书" in text(client.get("/trainings/demo/"))
        assert client.get("/me/trainings/demo.json").json()["certificate"]["state"] == "ready"
