"""Ask for another number without an account's old one, follow the request, and stop it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.support.pages import Answer, text
from yanxiu.foundation import clock, pictures
from yanxiu.training.cast import phones, proofs, signing_in
from yanxiu.training.cast.names import Invented
from yanxiu.training.organisations import phone_changes, phone_links, phone_pictures
from yanxiu.training.organisations.models import PhoneChange
from yanxiu.training.people import identities
from yanxiu.training.people.models import Account, Code

PAGE, NEW, LOST = reverse("phone_change"), "13900066001", signing_in.TEN[0]


@pytest.fixture
def here(country: None) -> Client:
    return Client()


def facts(phone: str = LOST, **other: str) -> dict[str, str]:
    """Return what somebody knows of an account that is hers."""
    identity = identities.current(Account.objects.get(phone=phone).person_id)
    assert identity
    said = {"name": identity.name, "document_kind": identity.document_kind, "old_phone": ""}
    return said | {"number": identities.number(identity)} | other


def prove(client: Client, phone: str = NEW) -> None:
    assert client.post(PAGE, {"phone": phone}).status_code == 303
    found = re.search(r"data-code>(\d{6})<", client.get(PAGE).content.decode())
    assert found
    assert client.post(PAGE, {"code": found[1]}).status_code == 303


def claim(client: Client, **other: str) -> Answer:
    return client.post(PAGE, facts(**other))


def asked(phone: str) -> PhoneChange:
    return PhoneChange.objects.get(old_phone=phone)


def way(change: PhoneChange, use: str = phone_links.FOLLOW) -> str:
    return phone_links.path(change, use)


def test_the_new_number_is_proved_first_and_then_the_request_has_a_page(here: Client) -> None:
    assert claim(here).status_code == 400, "nothing is taken before"
    prove(here)
    answer = claim(here)
    change = asked(LOST)
    assert (answer.status_code, answer["Location"]) == (303, way(change))
    page = text(here.get(answer["Location"]))
    assert "等学校管理员核实本人" in page
    identity = identities.current(change.person_id)
    assert identity
    for told in (identity.name, LOST, change.post.school.name if change.post else "?"):
        assert told not in page, "nothing of the account is told"


def test_what_does_not_fit_is_kept_in_the_form_and_told_alike(here: Client) -> None:
    prove(here)
    answers = [claim(here, name="王某某"), claim(here, number="110101199003074610")]
    assert {answer.status_code for answer in answers} == {400}
    said = [text(answer) for answer in answers]
    assert all("没有找到与这些信息一致的账号" in each for each in said)
    assert 'value="王某某"' in answers[0].content.decode()


def test_whoever_asked_takes_it_back(here: Client) -> None:
    change = asked(phones.WAITS)
    assert here.post(way(change)).status_code == 303
    assert "已撤回" in text(here.get(way(change)))


def test_the_owner_stops_it_with_one_press_without_signing_in(here: Client) -> None:
    change = asked(phones.VOUCHED)
    stop = way(change, phone_links.STOP)
    page = here.get(stop)
    assert "不是我，停止更换" in text(page)
    change.refresh_from_db()
    assert change.ended_at is None, "looking stops nothing: mail scanners open links"
    assert here.post(stop).status_code == 303
    assert "已停止，手机号没有变" in text(here.get(stop))
    change.refresh_from_db()
    assert change.outcome == PhoneChange.Outcome.STOPPED
    assert here.post(stop).status_code == 409


def test_the_link_to_follow_stops_nothing_and_nobody_makes_one(here: Client) -> None:
    change = asked(phones.WAITS)
    follow = phone_links.token(change, phone_links.FOLLOW)
    for token in (follow, "A" * 43, "x", "é" * 43, f"{follow}A"):
        assert here.post(reverse("phone_change_stop", args=[token])).status_code == 404
    change.refresh_from_db()
    assert change.ended_at is None


def test_the_desk_s_picture_is_taken_marked_and_never_shown_here(here: Client) -> None:
    change = asked(phones.AT_DESK)
    assert "等客服核实" in text(here.get(way(change)))
    before = phone_pictures.opened(change)
    card = proofs.card(Invented("顾海棠", "样张二"))
    upload = reverse("phone_change_picture", args=[phone_links.token(change, phone_links.FOLLOW)])
    bad = here.post(upload, {"picture": _file(b"GIF89a")})
    assert bad.status_code == 415
    assert "仅支持 JPG、PNG" in text(bad)
    assert here.post(upload, {"picture": _file(card)}).status_code == 303
    kept = phone_pictures.opened(change)
    assert kept
    assert kept not in {before, pictures.taken(card).jpeg}
    assert here.get(upload).status_code == 405


def test_what_a_school_answers_for_takes_no_picture(here: Client) -> None:
    change = asked(phones.WAITS)
    upload = reverse("phone_change_picture", args=[phone_links.token(change, phone_links.FOLLOW)])
    card = proofs.card(Invented("某某", "样张"))
    assert here.post(upload, {"picture": _file(card)}).status_code == 409


def test_each_end_is_told_with_what_to_do(here: Client) -> None:
    change = asked(phones.WAITS)
    words = {"done": "去登录", "taken": "再次申请", "lapsed": "再次申请", "stopped": "客服"}
    for outcome, said in words.items():
        PhoneChange.objects.filter(pk=change.pk).update(ended_at=clock.now(), outcome=outcome)
        assert said in text(here.get(way(change))), outcome


def test_codes_for_it_are_counted_with_those_of_the_sign_in(here: Client) -> None:
    here.post("/sign-in/", {"phone": NEW})
    assert here.post(PAGE, {"phone": NEW}).status_code == 429
    assert Code.objects.filter(phone=NEW).count() == 1


def test_a_running_one_is_not_asked_for_twice(here: Client) -> None:
    prove(here)
    answer = here.post(PAGE, facts(phones.WAITS))
    assert answer.status_code == 409
    assert phone_changes.running(asked(phones.WAITS).person_id)


def _file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.jpg", content, content_type="image/jpeg")
