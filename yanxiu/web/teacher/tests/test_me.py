"""Show that the personal centre says how things stand, and tells nobody else's."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.support.pages import text
from yanxiu.foundation import clock
from yanxiu.training.cast import people, seasons, signing_in
from yanxiu.training.catalogue.models import Training
from yanxiu.training.certificates import snapshots
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.people.models import Account


def browser(phone: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(phone=phone))
    return client


def document(phone: str, slug: str = seasons.DEMO) -> dict[str, Any]:
    answer = browser(phone).get(f"/me/trainings/{slug}.json")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_the_overview_says_whose_turn_it_is(country: None) -> None:
    assert "还差姓名和证件号码、任教学校" in text(browser(signing_in.FRESH).get("/me/"))
    waiting = text(browser(signing_in.UNVERIFIED).get("/me/"))
    assert "的管理员审核 已等 2 天" in waiting
    assert "已确认您的身份" in text(browser(signing_in.READY).get("/me/"))


def test_the_overview_shows_the_number_masked(country: None) -> None:
    page = text(browser(signing_in.READY).get("/me/"))
    assert "138****0001" in page
    assert signing_in.READY not in page


def test_the_overview_tells_what_has_happened(country: None) -> None:
    page = text(browser(signing_in.READY).get("/me/"))
    for sentence in ("您报名了“体验专题”。", "通过了您的审核。", "审核。"):
        assert sentence in page
    assert "还没有消息" in text(browser(signing_in.FRESH).get("/me/"))


def test_my_trainings_show_learned_recognised_and_required(country: None) -> None:
    page = text(browser(signing_in.UNVERIFIED).get("/me/trainings/"))
    assert re.search(r"已学习 ?\d\.\d\d 已认定 ?4\.00 ✓ 已达标 认定学时 ?4\.00", page)
    assert "2 门课程中 2 门已达标" in page
    page = text(browser(signing_in.READY).get("/me/trainings/"))
    assert "● 未达标" in page
    assert Training.objects.get(slug=seasons.SEASON).title in page
    assert "还没有报名任何专题" in text(browser(signing_in.FRESH).get("/me/trainings/"))


def test_my_certificates_are_listed_with_number_and_check_code(country: None) -> None:
    certificate = Certificate.objects.order_by("number")[0]
    holder = Account.objects.get(person_id=certificate.person_id)
    page = text(browser(holder.phone).get("/me/certificates/"))
    assert certificate.number in page
    assert certificate.check_code in page
    assert snapshots.of(certificate).training_title in page
    assert snapshots.of(certificate).document_number not in page
    assert "还没有证书" in text(browser(signing_in.READY).get("/me/certificates/"))


@pytest.mark.parametrize(("kind", "word"), [("teacher", "教师"), ("parent", "家长")])
def test_the_account_shows_number_and_persona(country: None, kind: str, word: str) -> None:
    people.register("13700137005", at=clock.now(), kind=kind)
    page = text(browser("13700137005").get("/me/account/"))
    assert "137****7005" in page
    assert f"身份{word}" in page
    assert ("另一个手机号" in page) == (kind == "parent")


def test_the_document_of_a_training_has_its_shape(country: None) -> None:
    found = document(signing_in.UNVERIFIED)
    assert found.keys() == {
        *("enrolled", "learned_s", "recognised_s", "held_s", "required_s"),
        *("courses", "lessons", "certificate"),
    }
    assert found["enrolled"] is True
    assert found["recognised_s"] == found["required_s"]
    course = {"id", "learned_s", "recognised_s", "held_s", "required_s"}
    assert found["courses"][0].keys() == course
    done = next(each for each in found["lessons"] if each["state"] == "complete")
    assert done.keys() == {"id", "state", "covered", "missing_ms", "completed_at"}
    assert done["missing_ms"] == 0
    assert isinstance(done["covered"][0], list)
    assert found["certificate"] == {
        "state": "not_yet",
        "reasons": [
            {
                "code": "not_verified",
                "owner": "school",
                "since": found["certificate"]["reasons"][0]["since"],
            }
        ],
    }


def test_the_document_says_who_has_to_act(country: None) -> None:
    assert document(signing_in.CLAIMS)["certificate"] == {"state": "ready", "reasons": []}
    fresh = document(signing_in.FRESH)
    assert fresh["enrolled"] is False
    reasons = fresh["certificate"]["reasons"]
    assert [reason["code"] for reason in reasons][:2] == ["not_enrolled", "hours_missing"]


def test_programs_without_a_sign_in_get_a_401(country: None) -> None:
    answer = Client().get(f"/me/trainings/{seasons.DEMO}.json")
    assert answer.status_code == 401
    assert json.loads(answer.content)["code"] == "not_signed_in"


def test_a_training_that_is_not_there_is_a_404_in_json(country: None) -> None:
    answer = browser(signing_in.READY).get("/me/trainings/none.json")
    assert answer.status_code == 404
    assert json.loads(answer.content)["code"] == "not_found"


def test_private_pages_are_kept_by_nobody(country: None) -> None:
    client = browser(signing_in.READY)
    for address in ("/me/", "/me/trainings/", "/me/account/", f"/me/trainings/{seasons.DEMO}.json"):
        assert client.get(address)["Cache-Control"] == "private, no-store"
