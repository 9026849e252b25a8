"""Carry out what has to go out: at least once, ever more rarely where it fails, and not for ever.

Whoever is killed between sending and noting it sends again, with the same key and topic, by which
gateways and browsers know the second for the first. Source: docs/rules/notices.md.
"""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from yanxiu.foundation import carriers, webpush
from yanxiu.training.notices import kinds, preferences, quiet, subscriptions
from yanxiu.training.notices.groups import Way, of
from yanxiu.training.notices.models import Delivery, Notice
from yanxiu.training.people import languages, phone_numbers
from yanxiu.training.people.models import Account

log = structlog.get_logger(__name__)

# So many are taken at a time, and so many of them sent at once.
MOST, ABREAST = 32, 8
# How long whoever took some has to send them; then they are anybody's again. Far longer than
# MOST / ABREAST times the seconds that a carrier may take.
LEASE = timedelta(minutes=2)
# How long to wait after each try that failed; after the last one there is none any more.
PAUSES = (
    *(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)),
    *(timedelta(hours=2), timedelta(hours=6)),
)
# What could not go out for so long is no news any more; the inbox has it.
STALE = timedelta(days=2)
# How long a push service keeps a message for a browser that is not there.
KEPT = timedelta(days=1)
# How long it is kept that a message went out, or was not needed; what failed stands in her inbox.
TOLD_KEPT = timedelta(days=30)
WHY_MOST = 120
# Characters; a push message holds 3,000 bytes, of which Chinese takes three each.
BODY_MOST = 600


@dataclass(frozen=True, slots=True)
class Result:
    """Say what became of a try; `is_final` where another would be no use."""

    outcome: str
    why: str = ""
    is_final: bool = False


SENT = Result(Delivery.Outcome.SENT)
GONE = Result("gone")


def deliver(*, at: datetime) -> int:
    """Take some of what is due, send it, note what became of it; return how many were taken.

    Several processes may do so at once: none takes what another has taken.
    """
    taken = _take(at)
    unforeseen: list[BaseException] = []
    for each, result in _tried(taken, at):
        if isinstance(result, BaseException):
            unforeseen.append(result)
            _note(each, _failed(type(result).__name__), at)
        else:
            _note(each, result, at)
    if unforeseen:
        # All others are noted; this one is an alarm, and is tried again like any that failed.
        raise unforeseen[0]
    return len(taken)


def sweep(*, at: datetime) -> int:
    """Delete what was carried out long ago, with the numbers that it went to."""
    fine = (Delivery.Outcome.SENT, Delivery.Outcome.NEEDLESS)
    old = Delivery.objects.filter(outcome__in=fine, done_at__lte=at - TOLD_KEPT)
    return old.delete()[0]


@transaction.atomic
def _take(at: datetime) -> list[Delivery]:
    due = Delivery.objects.filter(done_at=None, due_at__lte=at).order_by("due_at", "id")
    keys = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:MOST])
    Delivery.objects.filter(pk__in=keys).update(due_at=at + LEASE, tries=F("tries") + 1)
    whole = Delivery.objects.select_related("notice__person__account", "subscription")
    return list(whole.filter(pk__in=keys).order_by("id"))


def _tried(
    taken: Sequence[Delivery], at: datetime
) -> list[tuple[Delivery, Result | BaseException]]:
    """Return what became of each; threads only send, they touch no row."""
    with ThreadPoolExecutor(ABREAST, thread_name_prefix="deliver") as pool:
        trying = [(each, pool.submit(_try, each, at)) for each in taken]
    return [(each, _outcome(future)) for each, future in trying]


def _outcome(future: Future[Result]) -> Result | BaseException:
    error = future.exception()
    return future.result() if error is None else error


def _try(delivery: Delivery, at: datetime) -> Result:
    notice = delivery.notice
    # Whoever reads it first may be the one it warns of: what is urgent goes out all the same.
    if notice.read_at and not of(notice.kind).urgent:
        return Result(Delivery.Outcome.NEEDLESS, "read")
    if notice.at < at - STALE:
        return Result(Delivery.Outcome.FAILED, "stale", is_final=True)
    return _SENDERS[Way(delivery.way)](delivery, at)


def _send_text(delivery: Delivery, at: datetime) -> Result:
    notice = delivery.notice
    account: Account | None = getattr(notice.person, "account", None)
    to = delivery.phone or (account.phone if account else "")
    if account is None or not phone_numbers.reaches(to):
        return Result(Delivery.Outcome.NEEDLESS, "no number")
    with languages.speaking(account):
        text = _("【%(site)s】%(told)s") % {
            "site": settings.YANXIU_SITE_NAME,
            "told": _sentence(notice),
        }
    message = carriers.TextMessage(to, notice.kind, "", text, at, key=str(delivery.pk))
    try:
        carriers.carrier().carry(message)
    except carriers.Undeliverable as error:
        return _failed(str(error), is_final=True)
    except carriers.Undelivered as error:
        return _failed(str(error))
    return SENT


def _send_push(delivery: Delivery, at: datetime) -> Result:
    if delivery.subscription is None:
        return GONE
    try:
        webpush.send(
            subscriptions.browser(delivery.subscription),
            _message(delivery.notice),
            # A topic has at most 32 characters of base64; the same notice keeps its own.
            topic=delivery.notice_id.hex,
            ttl=KEPT,
            sender=settings.YANXIU_ADDRESS,
            at=at,
        )
    except webpush.Gone:
        return GONE
    except webpush.Refused as error:
        return _failed(str(error), is_final=True)
    except webpush.NotTaken as error:
        return _failed(str(error))
    return SENT


_SENDERS: dict[Way, Callable[[Delivery, datetime], Result]] = {
    Way.TEXT: _send_text,
    Way.PUSH: _send_push,
}


def _message(notice: Notice) -> bytes:
    with languages.speaking(getattr(notice.person, "account", None)):
        told = {
            "title": settings.YANXIU_SITE_NAME,
            "body": _sentence(notice)[:BODY_MOST],
            "url": notice.link or "/me/notices/",
            "tag": notice.pk.hex,
            "lang": languages.tag(),
        }
    return json.dumps(told, ensure_ascii=False).encode()


def _sentence(notice: Notice) -> str:
    return kinds.told(notice.kind, notice.facts)


def _failed(why: str, *, is_final: bool = False) -> Result:
    return Result(Delivery.Outcome.FAILED, why[:WHY_MOST], is_final)


def _note(delivery: Delivery, result: Result, at: datetime) -> None:
    """Note what became of a try: done, to be tried again after a pause, or given up."""
    if result is GONE:
        subscriptions.drop(delivery.subscription)
        return
    mine = Delivery.objects.filter(pk=delivery.pk, done_at=None)
    if result.outcome != Delivery.Outcome.FAILED:
        mine.update(done_at=at, outcome=result.outcome, why=result.why)
    elif result.is_final or delivery.tries > len(PAUSES):
        mine.update(done_at=at, outcome=result.outcome, why=result.why)
        log.error("notice given up", delivery=str(delivery.pk), way=delivery.way, why=result.why)
    else:
        mine.update(due_at=_again(delivery, at), why=result.why)


def _again(delivery: Delivery, at: datetime) -> datetime:
    """Return when it is tried next: after a pause that grows, and not in her quiet hours."""
    later = at + PAUSES[delivery.tries - 1]
    notice = delivery.notice
    if of(notice.kind).urgent:
        return later
    return quiet.loud(preferences.quiet_of([notice.person_id])[notice.person_id], later)
