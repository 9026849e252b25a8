"""Have a copy of all that is kept of one, see what one agreed to, and be forgotten."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import test_access
from tests.support import jobs
from tests.support.signing_in import sign_in
from yanxiu.foundation import clock
from yanxiu.training.cast import signing_in
from yanxiu.training.certificates import verifying
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.journeys import departing
from yanxiu.training.learning.models import Completion
from yanxiu.training.people import accounts, departures, identities, own_copies, refusals
from yanxiu.training.people.models import Account, Identity, OwnCopy, Session
from yanxiu.training.trail.models import Entry

DATA, LEAVE = reverse("my_data"), reverse("my_departure")


@pytest.fixture
def account(country: None) -> Account:
    """Give the teacher who holds a certificate and has asked for a correction."""
    return Account.objects.select_related("person").get(phone=signing_in.CORRECTS)


@pytest.fixture
def hers(account: Account) -> Client:
    browser = Client()
    sign_in(browser, account)
    return browser


def text(browser: Client, page: str) -> str:
    return browser.get(page).content.decode()


def archive(browser: Client) -> zipfile.ZipFile:
    copy = OwnCopy.objects.latest("asked_at")
    answer = browser.get(reverse("my_data_file", args=[copy.token]))
    assert answer["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.getvalue()))


def test_she_gets_all_that_is_kept_of_her_to_read_and_for_programs(
    account: Account, hers: Client
) -> None:
    assert hers.post(DATA).status_code == 303
    assert "正在整理" in text(hers, DATA)
    hers.post(DATA)
    assert OwnCopy.objects.filter(person=account.person).count() == 1, "one at a time"
    assert jobs.run() == ["own_data"]
    assert "下载 ZIP" in text(hers, DATA)

    found = archive(hers)
    told = json.loads(found.read("我的数据.json"))
    identity = identities.current(account.person_id)
    assert identity
    number = identities.number(identity)
    assert told["姓名和证件"][-1]["证件号码"] == number
    assert told["证书"][0]["证件号码"] == number
    assert told["更正申请"][0]["姓名"] == "江若岚"
    assert any("学完于" in row and row["学完于"] for row in told["观看和完成"])
    assert told["同意过的内容"][0]["版本"]
    page = found.read("我的数据.html").decode()
    assert number in page
    assert "<script" not in page


def test_the_file_is_sealed_hers_alone_and_gone_after_a_day(account: Account, hers: Client) -> None:
    hers.post(DATA)
    jobs.run()
    copy = OwnCopy.objects.latest("asked_at")
    link = reverse("my_data_file", args=[copy.token])
    assert b"PK" not in bytes(copy.sealed or b"")[:4]
    assert test_access.client("teacher").get(link).status_code == 404
    OwnCopy.objects.filter(pk=copy.pk).update(expires_at=clock.now())
    assert hers.get(link).status_code == 410
    assert own_copies.sweep(at=clock.now()) == 1
    assert OwnCopy.objects.get(pk=copy.pk).sealed is None


def test_what_she_agreed_to_is_shown_with_its_version(hers: Client) -> None:
    said = text(hers, DATA)
    assert "证件号码加密保存" in said
    assert "版本 2025-07-20" in said


def test_what_leaving_means_is_said_and_a_word_is_typed(account: Account, hers: Client) -> None:
    said = text(hers, LEAVE)
    assert "依法保留什么" in said
    assert "等待 30 天" in said
    assert hers.post(LEAVE, {"word": "好"}).status_code == 400
    assert departures.waiting(account.person_id) is None
    assert hers.post(LEAVE, {"word": "注销"}).status_code == 303
    assert "撤回注销" in text(hers, LEAVE)
    with pytest.raises(refusals.AlreadyLeaving):
        departing.ask(account.person, at=clock.now())


def test_until_the_last_day_it_can_be_taken_back(account: Account, hers: Client) -> None:
    hers.post(LEAVE, {"word": "注销"})
    assert departing.depart(at=clock.now() + timedelta(days=29)) == 0
    assert hers.post(LEAVE, {"undo": "1"}).status_code == 303
    assert departing.depart(at=clock.now() + timedelta(days=31)) == 0
    assert hers.post(LEAVE, {"undo": "1"}).status_code == 409
    assert hers.get(reverse("me")).status_code == 200


def test_who_still_answers_for_others_cannot_leave(country: None) -> None:
    officer = test_access.client("officer")
    assert officer.post(LEAVE, {"word": "注销"}).status_code == 409


def test_after_thirty_days_her_name_and_numbers_are_nowhere(account: Account, hers: Client) -> None:
    phone, person_id = account.phone, account.person_id
    identity = identities.current(person_id)
    assert identity
    number = identities.number(identity)
    hours = Completion.objects.filter(person_id=person_id).count()
    paper = Certificate.objects.get(person_id=person_id)
    before = verifying.answer(paper)

    hers.post(LEAVE, {"word": "注销"})
    later = clock.now() + timedelta(days=30, minutes=1)
    assert departing.depart(at=later) == 1
    assert departing.depart(at=later) == 0, "once"

    assert hers.get(reverse("me")).status_code == 302
    assert accounts.known(phone) is None
    assert not Session.objects.filter(account=account).exists()
    assert {each.name for each in Identity.objects.filter(person=person_id)} == {"已注销"}
    assert not any(identities.number(each) for each in Identity.objects.filter(person=person_id))
    with connection.cursor() as cursor:
        for table in ("people_identity", "people_account", "organisations_correction"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            said = str(cursor.fetchall())
            assert identity.name not in said
            assert "江若岚" not in said
            assert phone not in said
    # What others rely on is as true as it was.
    assert Completion.objects.filter(person_id=person_id).count() == hours > 0
    assert verifying.answer(Certificate.objects.get(pk=paper.pk)) == before
    assert Entry.objects.filter(verb="departed", subject_id=str(person_id)).exists()
    # And whoever holds the number and the document may begin anew.
    again = accounts.open_for(phone, kind="teacher", at=later).person
    anew = {"name": "江若岚", "document_kind": "resident_id", "number": number}
    assert identities.record(again, **anew, by=again, at=later).version == 1
