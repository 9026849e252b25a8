"""Count the queries of every page: at most six, the same for thirty rows; behind desks twelve."""

import re
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import test_access
from yanxiu.foundation import clock
from yanxiu.training.cast.casting import FIRST_PHONE, Call
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Session

MOST = 6
# A page of the console or the help desk gathers what waits of every kind.
OFFICE_MOST = 12
# These answer only a POST, or lead elsewhere at once.
SILENT = {
    *("sign_out", "leases", "sign_in_code", "register", "second_factor", "second_factor_options"),
    *("my_passkey", "my_passkey_options", "my_recovery_codes", "correction_withdrawal"),
    *("language", "lesson_question", "lesson_question_time", "lesson_answer"),
    # That somebody fetched a file is noted down.
    *("office_export_file", "office_certificate_archives"),
}


def queries(browser: Client, address: str) -> list[str]:
    """Return the queries of one page, once what a process keeps in memory is there."""
    browser.get(address)
    # Noted every few minutes, whatever is looked at.
    Session.objects.update(seen_at=clock.now())
    # The log holds no more than some thousand.
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as seen:
        answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    # A test's transaction is not the page's.
    asked = [q["sql"] for q in seen.captured_queries if "SAVEPOINT" not in q["sql"]]
    changing = [sql for sql in asked if re.search(r"\b(INSERT|UPDATE|DELETE)\b", sql)]
    assert not changing, "looking must change nothing"
    return asked


@pytest.mark.parametrize("name", sorted(test_access.TABLE.keys() - SILENT))
def test_no_page_asks_more_than_six_queries(name: str, country: None) -> None:
    address = reverse(name, kwargs=test_access.parameters(name))
    for who, status in test_access.TABLE[name].items():
        if status == 200:
            asked = queries(test_access.client(who), address)
            most = OFFICE_MOST if name.startswith(("office", "desk")) else MOST
            assert len(asked) <= most, (who, asked)


def test_the_desk_asks_as_often_for_thirty_as_for_three(country: None) -> None:
    officer = test_access.client("officer")
    grant = Officer.objects.get(person__account__phone=test_access.PHONES["officer"])
    assert grant.school
    call = Call(clock.now(), phones=count(FIRST_PHONE + 5000), indices=count(5000))
    address = reverse("office_verifications")
    for _ in range(3):
        call.teacher(grant.school, at=call.ago(days=2))
    few = queries(officer, address)
    for _ in range(27):
        call.teacher(grant.school, at=call.ago(days=1))
    assert len(queries(officer, address)) == len(few)
