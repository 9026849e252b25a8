"""Let people of the cast watch: at normal speed, in time that really passed, as beats leave it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from yanxiu.training.catalogue.trainings import Item, Outline
from yanxiu.training.learning import allowance, coverage, leases
from yanxiu.training.learning.models import Allowance, Completion, Coverage
from yanxiu.training.people.models import Identity

PLAYER = "cast"
# Between two lessons: the next evening in a season, a breath where a lesson takes seconds.
EVENING, BREATH = timedelta(days=1), timedelta(seconds=5)

# A lesson, and how much of its beginning is watched, in milliseconds.
type Sitting = tuple[Item, int]


def needed(outline: Outline) -> list[Sitting]:
    """Return whole lessons, from each course as many as its required seconds take."""
    found: list[Sitting] = []
    for course in outline.courses:
        learned_s = 0
        for item in course.lessons:
            if learned_s < course.required_s:
                found.append((item, item.duration_ms))
                learned_s += item.duration_ms // 1000
    return found


def watch(
    person_id: UUID,
    sittings: Sequence[Sitting],
    outline: Outline,
    *,
    begun_at: datetime,
    pause: timedelta = EVENING,
) -> datetime:
    """Watch one sitting after the other and return when the last was done.

    Leaves allowance, coverage and completions as the hot path does; a lesson is watched once.
    """
    terms = leases.terms(outline)
    held = _held(person_id, terms, begun_at)
    instant, version = begun_at - pause, _version(person_id, begun_at)
    for item, watched_ms in sittings:
        held = allowance.grown(held, terms, _ms(instant + pause))
        instant += pause + timedelta(milliseconds=watched_ms)
        held = allowance.spent(allowance.grown(held, terms, _ms(instant)), watched_ms)
        mine = {"person_id": person_id, "lesson_id": item.id, "identity_version": version}
        _write_down(mine, item, watched_ms, terms, instant)
    _keep(person_id, held)
    return instant


def _held(person_id: UUID, terms: allowance.Terms, begun_at: datetime) -> allowance.Allowance:
    row = Allowance.objects.filter(person_id=person_id).first()
    if row is None:
        return allowance.opened(terms, _ms(begun_at))
    return allowance.Allowance(row.balance_ms, _ms(row.at))


def _keep(person_id: UUID, held: allowance.Allowance) -> None:
    at = datetime.fromtimestamp(held.at_ms / 1000, UTC)
    now = {"balance_ms": held.balance_ms, "at": at, "player": PLAYER}
    Allowance.objects.update_or_create(person_id=person_id, defaults={**now, "version": 1})


def _version(person_id: UUID, at: datetime) -> int | None:
    """Return as whom she watches: the version of her identity at that time, if there was one."""
    known = Identity.objects.filter(person_id=person_id, recorded_at__lte=at)
    return known.order_by("-version").values_list("version", flat=True).first()


def _write_down(
    mine: Mapping[str, object], item: Item, watched_ms: int, terms: allowance.Terms, at: datetime
) -> None:
    mine = {**mine, "media_version": item.media_version}
    covered = coverage.of([(0, watched_ms)])
    Coverage.objects.create(
        **mine, covered=coverage.text(covered), position_ms=watched_ms, touched_at=at
    )
    if coverage.missing_ms(covered, item.duration_ms) <= terms.tolerance_ms:
        Completion.objects.create(**mine, completed_at=at, credited_s=item.duration_ms // 1000)


def _ms(instant: datetime) -> int:
    return int(instant.timestamp() * 1000)
