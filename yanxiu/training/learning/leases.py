"""Issue leases: the right to report from one player how far one lesson is watched."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from msgspec import structs

from yanxiu.training.catalogue.trainings import Item, Outline
from yanxiu.training.enrolment import enrolments
from yanxiu.training.enrolment.refusals import NotEnrolled
from yanxiu.training.learning import (
    allowance,
    coverage,
    mapping,
    questions,
    records,
    refusals,
    sealing,
    withdrawals,
)
from yanxiu.training.learning.models import Allowance, Coverage
from yanxiu.training.learning.questions import Place

# Each lost attempt means that another lease or beat of the same person came first: they come
# seconds apart, but for a browser that opens its twenty tabs again.
ATTEMPTS = 50

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_NEW = -1

# The gate of the hot path, for one person; a lease also says which player may play from now on.
_GATE = """
INSERT INTO learning_allowance AS held (person_id, balance_ms, at, version, player)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (person_id) DO UPDATE
SET balance_ms = excluded.balance_ms, at = excluded.at, version = excluded.version,
    player = excluded.player
WHERE held.version = excluded.version - 1
"""
# Whoever has watched half of a lesson earns it: what is left cannot make it somebody else's.
_KEEP = """
INSERT INTO learning_coverage AS kept
  (person_id, lesson_id, media_version, covered, position_ms, touched_at, gate_ms,
   identity_version)
VALUES (%(person)s, %(lesson)s, %(media)s, %(covered)s::int4multirange, %(position)s, %(now)s,
        %(gate)s, %(identity)s)
ON CONFLICT (person_id, lesson_id) DO UPDATE
SET media_version = excluded.media_version, covered = excluded.covered,
    position_ms = excluded.position_ms, touched_at = excluded.touched_at,
    gate_ms = CASE WHEN kept.gate_ms = 0 THEN 0 ELSE excluded.gate_ms END,
    identity_version = CASE WHEN %(is_hers)s THEN kept.identity_version
                            ELSE excluded.identity_version END
RETURNING identity_version
"""
# Whoever has watched all that a new film still shows has finished it; an award is there already
# where she had finished the old one.
_FINISH = """
INSERT INTO learning_completion
  (person_id, lesson_id, media_version, completed_at, credited_s, identity_version)
VALUES (%(person)s, %(lesson)s, %(media)s, %(now)s, %(seconds)s, %(who)s)
ON CONFLICT (person_id, lesson_id) DO NOTHING
"""
# The outline in memory may be older than a withdrawal.
_BEGIN = """
SELECT clock_timestamp(),
       (SELECT version FROM people_identity WHERE person_id = %s AND until IS NULL),
       EXISTS (SELECT FROM catalogue_withdrawal WHERE lesson_id = %s)
"""


@dataclass(frozen=True, slots=True)
class Issued:
    """Hold a lease's token, and how far the lesson is: what is covered, where to go on.

    `is_asked` tells that a question waits: nothing more counts before it is answered.
    """

    token: str
    covered: list[tuple[int, int]]
    position_ms: int
    is_asked: bool = False


@transaction.atomic
def issue(person_id: UUID, outline: Outline, item: Item, *, player: str) -> Issued:
    """Let this player report the lesson from now on; a lease of another player is superseded.

    The time is the database's. Once the window has closed a lease is good for looking again: its
    allowance no longer grows. Raises `NotEnrolled`, `LessonWithdrawn`, or `Busy` when beats always
    came first.
    """
    if enrolments.find(person_id, outline.training.id) is None:
        raise NotEnrolled
    if item.is_withdrawn:
        raise refusals.LessonWithdrawn
    withdrawals.hold_off(item.id)
    agreed = terms(outline)
    for _ in range(ATTEMPTS):
        now, identity_version, is_withdrawn = _begin(person_id, item)
        if is_withdrawn:
            raise refusals.LessonWithdrawn
        if _pass_the_gate(person_id, agreed, player, now):
            lease = structs.replace(
                _lease(person_id, item, agreed, player, now),
                identity_version=identity_version,
                asks=outline.rulebook.question_every_s is not None,
            )
            return _issued(Place(person_id, outline, item), lease, now)
    raise refusals.Busy


@transaction.atomic
def renew(person_id: UUID, outline: Outline, item: Item) -> bool:
    """Carry a person's row over to the present film, as her next lease would; tell whether it was.

    Of her allowance only the version changes, so that no beat comes between. Raises `Busy`.
    """
    for _ in range(ATTEMPTS):
        row = Allowance.objects.filter(pk=person_id).first()
        if row is None:
            return False
        if _settle((person_id, row.balance_ms, row.at, row.version + 1, row.player)):
            behind = Coverage.objects.filter(
                person_id=person_id, lesson_id=item.id, media_version__lt=item.media_version
            )
            is_behind = behind.exists()
            if is_behind:
                now, identity_version, _is_withdrawn = _begin(person_id, item)
                where = Place(person_id, outline, item)
                _keep(where, terms(outline), identity_version, now)
            return is_behind
    raise refusals.Busy


def terms(outline: Outline) -> allowance.Terms:
    """Return the numbers of the training's rulebook that watching needs."""
    rulebook = outline.rulebook
    return allowance.Terms(
        rulebook_version=rulebook.version,
        max_rate_milli=rulebook.max_rate_milli,
        beat_every_s=rulebook.beat_every_s,
        closes_at_ms=_ms(outline.training.closes_at),
        late_ms=rulebook.late_s * 1_000,
        open_for_ms=rulebook.open_for_s * 1_000,
        offline_allowance_ms=rulebook.offline_allowance_s * 1_000,
        tolerance_ms=rulebook.tolerance_ms,
        grace_ms=rulebook.grace_ms,
    )


def _pass_the_gate(person_id: UUID, agreed: allowance.Terms, player: str, now: datetime) -> bool:
    """Settle what has grown and name the player; False where another change came first."""
    row = Allowance.objects.filter(pk=person_id).first()
    if row is None:
        version, held = _NEW, allowance.opened(agreed, _ms(now))
    else:
        before = allowance.Allowance(row.balance_ms, _ms(row.at))
        version, held = row.version, allowance.grown(before, agreed, _ms(now))
    return _settle((person_id, held.balance_ms, _instant(held.at_ms), version + 1, player))


def _settle(row: tuple[UUID, int, datetime, int, str]) -> bool:
    """Write the allowance unless another change came first."""
    with connection.cursor() as cursor:
        cursor.execute(_GATE, row)
        return bool(cursor.rowcount)


def _issued(where: Place, lease: sealing.Lease, now: datetime) -> Issued:
    record, identity_version = _keep(where, lease, lease.identity_version, now)
    sealed = sealing.seal(structs.replace(lease, identity_version=identity_version))
    is_asked = questions.is_waiting(record, where.item.duration_ms, lease.tolerance_ms)
    return Issued(sealed, coverage.spans(record.covered), record.position_ms, is_asked)


def _keep(
    where: Place, agreed: allowance.Terms, identity_version: int | None, now: datetime
) -> tuple[records.Record, int | None]:
    """Write the lesson's row, of the present film; return it, and as whom she watches it."""
    # The gate was passed first, so nobody else changes this person's coverage until we are done.
    found, item = where.record, where.item
    record = found if found.media_version >= item.media_version else _renewed(found, item)
    record = replace(record, gate_ms=questions.gate_ms(where, found))
    kept: dict[str, Any] = {
        "person": where.person_id,
        "lesson": item.id,
        "media": record.media_version,
        "covered": coverage.text(record.covered),
        "position": record.position_ms,
        "now": now,
        "gate": record.gate_ms,
        "identity": identity_version,
        "is_hers": 2 * coverage.total_ms(record.covered) >= item.duration_ms,
        "seconds": item.duration_ms // 1_000,
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, kept)
        [identity_version] = cursor.fetchone()
        if record.media_version != found.media_version and _is_whole(record, item, agreed):
            cursor.execute(_FINISH, kept | {"who": identity_version})
    return record, identity_version


def _renewed(found: records.Record, item: Item) -> records.Record:
    """Return the record under new media: an award is whole, the rest where its scenes went."""
    if found.completed_at:
        return records.Record(item.media_version, (0, item.duration_ms))
    maps = mapping.since(item.kept, found.media_version)
    return records.Record(
        item.media_version,
        mapping.through(found.covered, maps),
        mapping.position_ms(found.position_ms, maps),
    )


def _is_whole(record: records.Record, item: Item, agreed: allowance.Terms) -> bool:
    """Tell whether what was carried over leaves no more open than the rules allow."""
    return coverage.missing_ms(record.covered, item.duration_ms) <= agreed.tolerance_ms


def _lease(
    person_id: UUID, item: Item, agreed: allowance.Terms, player: str, now: datetime
) -> sealing.Lease:
    numbers = {name: getattr(agreed, name) for name in allowance.Terms.__struct_fields__}
    return sealing.Lease(
        **numbers,
        person=person_id.bytes,
        lesson=item.id.bytes,
        player=player,
        media_version=item.media_version,
        duration_ms=item.duration_ms,
        issued_at_ms=_ms(now),
    )


def _begin(person_id: UUID, item: Item) -> tuple[datetime, int | None, bool]:
    """Return the database's time, as whom she watches, and whether the lesson is withdrawn."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [person_id, item.id])
        now, identity_version, is_withdrawn = cursor.fetchone()
    return now, identity_version, is_withdrawn


def _ms(instant: datetime) -> int:
    return (instant - _EPOCH) // _MILLISECOND


def _instant(ms: int) -> datetime:
    return _EPOCH + ms * _MILLISECOND
