"""Show that people are told in their own language, whatever whoever acts speaks."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import translation

from yanxiu.foundation.facts import because, kept
from yanxiu.foundation.periods import CHINA
from yanxiu.training.notices import delivering, kinds, notes
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations.models import Decision
from yanxiu.training.people import languages
from yanxiu.training.people.models import Account

type Texts = Callable[[], list[dict[str, str]]]

NOON = datetime(2025, 9, 15, 12, tzinfo=CHINA)


def test_a_text_message_speaks_the_language_of_its_reader(teacher: Account, texts: Texts) -> None:
    languages.choose(teacher, "en", at=NOON)
    notes.tell(teacher.person_id, "certificate_ready", facts={"training": "暑期研修"}, at=NOON)
    assert delivering.deliver(at=NOON) == 1
    [line] = texts()
    assert line["text"] == "[智慧研修] Your certificate for “暑期研修” can be claimed."


def test_what_an_english_officer_did_is_kept_for_everybody(teacher: Account) -> None:
    reason = Decision.Reason.NAME_DIFFERS.label
    with translation.override("en"):
        facts = {"school": "听涛小学", "reason": because(reason, "少一个字")}
        notes.tell(teacher.person_id, "verification_rejected", facts=facts, at=NOON)
    [notice] = Notice.objects.all()
    told = kinds.told(notice.kind, notice.facts)
    assert told == "“听涛小学”退回了您的信息：姓名与本校登记不一致——少一个字"
    with translation.override("en"):
        told = kinds.told(notice.kind, notice.facts)
    assert told.endswith("The name differs from the school's records – 少一个字")


def test_one_day_is_one_day(teacher: Account) -> None:
    known = {"training": "暑期研修", "on": kept(NOON.date()), "missing": "1.00"}
    with translation.override("en"):
        one = kinds.told("deadline_near", known | {"left": kept(timedelta(days=1))})
        three = kinds.told("deadline_near", known | {"left": kept(timedelta(days=3))})
    assert one.startswith("“暑期研修” closes in 1 day (15 Sep).")
    assert three.startswith("“暑期研修” closes in 3 days (15 Sep).")
