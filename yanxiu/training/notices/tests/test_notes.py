"""Show that people are told once, whole sentences only, and can put aside what they have read."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from yanxiu.foundation import clock
from yanxiu.training.notices import kinds, notes
from yanxiu.training.notices.models import Notice
from yanxiu.training.people import accounts
from yanxiu.training.people.models import Account

NOW = clock.now()


@pytest.fixture
def teacher(db: None) -> Account:
    return accounts.open_for("13912345678", kind="teacher", at=NOW)


def unread(account: Account) -> int:
    return int(Account.objects.annotate(unread=notes.unread()).get(pk=account.pk).unread)


class Anything(dict[str, object]):
    """Be whatever facts a sentence asks for."""

    def __missing__(self, name: str) -> str:
        return "某某"


@pytest.mark.parametrize("kind", kinds.SENTENCES)
def test_every_kind_is_a_sentence(kind: str) -> None:
    told = kinds.sentence(kind, Anything())
    assert told.endswith(("。", "某某"))
    assert "%" not in told


def test_what_was_kept_is_told_whatever_has_changed_since() -> None:
    assert kinds.told("certificate_ready", {}) == "“…”的证书可以领取了。"
    assert kinds.told("gossip", {"who": "某某"}) == ""


def test_half_a_sentence_is_told_to_nobody(teacher: Account) -> None:
    with pytest.raises(KeyError):
        notes.tell(teacher.person_id, "certificate_ready", at=NOW)
    with pytest.raises(KeyError):
        notes.tell(teacher.person_id, "gossip", at=NOW)
    assert not Notice.objects.exists()


def test_a_deed_undone_is_told_to_nobody(teacher: Account) -> None:
    with transaction.atomic():
        notes.tell(teacher.person_id, "correction_approved", at=NOW)
        transaction.set_rollback(True)
    assert unread(teacher) == 0


def test_what_is_read_is_no_longer_unread(teacher: Account) -> None:
    notes.tell(teacher.person_id, "post_ended", facts={"school": "一小"}, at=NOW)
    notes.tell(teacher.person_id, "correction_approved", at=NOW + timedelta(minutes=1))
    assert unread(teacher) == 2
    notes.read_all(teacher.person_id, Notice.objects.order_by("at")[0].id, at=NOW)
    assert unread(teacher) == 1, "what came after she looked stays unread"


def test_nobody_reads_for_another(teacher: Account) -> None:
    notes.tell(teacher.person_id, "correction_approved", at=NOW)
    notice = Notice.objects.get()
    assert notes.read(uuid4(), notice.id, at=NOW) is None
    notes.read_all(uuid4(), notice.id, at=NOW)
    assert unread(teacher) == 1
    assert notes.read(teacher.person_id, notice.id, at=NOW) == notice
    assert unread(teacher) == 0


def test_an_inbox_is_read_page_by_page(teacher: Account) -> None:
    for minute in range(notes.PAGE + 5):
        notes.tell(teacher.person_id, "correction_approved", at=NOW + timedelta(minutes=minute))
    first = notes.page(teacher.person_id)
    assert first.onward
    rest = notes.page(teacher.person_id, after=first.onward)
    assert [len(first.rows), len(rest.rows)] == [notes.PAGE, 5]
    assert first.rows[-1].at > rest.rows[0].at
    assert rest.onward is None


@pytest.mark.parametrize("after", ["x", str(UUID(int=7)), "0" * 4000])
def test_a_page_that_is_none_is_the_first(teacher: Account, after: str) -> None:
    notes.tell(teacher.person_id, "correction_approved", at=NOW)
    assert len(notes.page(teacher.person_id, after=after).rows) == 1
