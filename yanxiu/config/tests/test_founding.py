"""Found a place of one's own: codes, the first officer, and from there on all by pages."""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.support import jobs
from tests.support.databases import Scratch
from yanxiu.config import codes, officers
from yanxiu.foundation import clock, sheets
from yanxiu.foundation.environment import Misconfigured
from yanxiu.training.organisations import grants, region_changes
from yanxiu.training.organisations.models import Officer, Region, School
from yanxiu.training.people import accounts, identities
from yanxiu.training.people.models import Account
from yanxiu.training.trail.models import Entry
from yanxiu.web.shared import access

PHONE, COUNTY = "13912345678", "330106"


def command(place: Scratch, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program on a database of the test's own, as its operator does."""
    addresses = {"DATABASE_URL": place.owner, "YANXIU_WEB_URL": place.web}
    done = [sys.executable, "-m", "yanxiu", *words]
    environment = os.environ | addresses
    return subprocess.run(done, env=environment, capture_output=True, text=True, check=False)


def registered() -> Account:
    return accounts.open_for(PHONE, kind="teacher", at=clock.now() - timedelta(hours=1))


def signed_in(account: Account) -> Client:
    """Return the browser of somebody who has given both factors."""
    client = Client()
    client.force_login(account)
    session = import_module(settings.SESSION_ENGINE).SessionStore(client.session.session_key)
    session[access.SECOND_FACTOR] = clock.now().isoformat()
    session.save()
    return client


def book(rows: Sequence[Sequence[str]], titles: Sequence[str]) -> SimpleUploadedFile:
    with sheets.written(rows, titles) as file:
        return SimpleUploadedFile("学校.xlsx", file.read())


def test_the_program_makes_a_place_out_of_an_empty_database(own_database: Scratch) -> None:
    loaded = command(own_database, "codes").stdout.splitlines()
    assert [line.split()[-2:] for line in loaded] == [["0", "untouched"]] * 2
    assert Region.objects.count() > 3_000
    registered()
    given = command(own_database, "officer", PHONE)
    assert given.returncode == 0, given.stderr
    assert "139****5678 is officer of 全国 (nation)" in given.stdout
    assert Officer.objects.get().given_by is None


@pytest.fixture
def account(db: None) -> Account:
    codes.load()
    return registered()


@pytest.mark.usefixtures("account")
def test_codes_are_loaded_again_without_harm() -> None:
    Region.objects.filter(code=COUNTY).update(valid_from=date(1990, 1, 1))
    Region.objects.filter(code="330110").delete()
    first, second = codes.load().splitlines()
    assert first.split()[1:5] == ["1", "new", "1", "changed"]
    assert second.split()[2:6] == ["0", "new", "0", "changed"]
    assert Region.objects.get(code=COUNTY).valid_from == region_changes.BASE


def test_the_first_officer_imports_schools_and_gives_rights(account: Account) -> None:
    officers.appoint(PHONE, name="", node=COUNTY)
    entry = Entry.objects.get(verb="grant_given")
    assert (entry.actor_id, entry.path) == (None, f"000000/330000/330100/{COUNTY}")
    client = signed_in(account)
    (grant,) = grants.held(account.person_id, at=clock.now())
    page = reverse("office_import_new", args=["schools"])
    sheet = book([["3301069001", "示例小学", "小学"]], ["学校标识码", "学校名称", "办学类型"])
    sent = {"node": str(grant.id), "mode": "add", "sheet": sheet}
    preview = client.post(page, sent)["Location"]
    client.post(f"{preview}confirmation/")
    jobs.run()
    assert School.objects.get().name == "示例小学"
    assert client.get(reverse("office_grant_new")).status_code == 200


def test_nothing_is_given_twice_or_to_a_stranger(account: Account) -> None:
    at = clock.now()
    with pytest.raises(Misconfigured, match="not given a name"):
        officers.appoint(PHONE, name="王芳", node="000000")
    facts = {"name": "王芳", "document_kind": "resident_id", "number": "330106198806159974"}
    identities.record(account.person, **facts, by=account.person, at=at)
    with pytest.raises(Misconfigured, match="is called 王芳"):
        officers.appoint(PHONE, name="李娜", node="000000")
    assert "王芳 (139****5678)" in officers.appoint(PHONE, name="王芳", node="000000")
    with pytest.raises(Misconfigured, match="已经是这里的管理员"):
        officers.appoint(PHONE, name="", node="000000")
    with pytest.raises(Misconfigured, match="sign in once"):
        officers.appoint("13900000001", name="", node="000000")
    for phone, node in (("12345", "000000"), (PHONE, "999999")):
        with pytest.raises(Misconfigured):
            officers.appoint(phone, name="", node=node)
    assert Officer.objects.count() == 1


def test_what_nobody_above_could_do_is_done_by_command(account: Account) -> None:
    officers.appoint(PHONE, name="", node="000000")
    client = signed_in(account)
    assert "sets a second factor anew" in officers.forget_factors(PHONE)
    assert client.get(reverse("office")).status_code == 302
    officers.dismiss(PHONE, node="000000")
    assert not grants.held(account.person_id, at=clock.now())
    with pytest.raises(Misconfigured, match="no officer of 全国"):
        officers.dismiss(PHONE, node="000000")
