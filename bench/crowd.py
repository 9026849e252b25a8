"""Fill a database with 100,000 teachers in 3,000 schools, in the shares that a season has.

`fill(connection)` adds them to the demo country, whose officers then have real crowds below them:
people, identities, posts, requests and answers, enrolments, watching, certificates. Rows are
written as the program's own verbs leave them, but by COPY; numbers of documents belong to nobody.
"""

import itertools
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql

from bench.said import SAID
from yanxiu.foundation import ciphers, ids
from yanxiu.training.cast import names, places
from yanxiu.training.certificates import numbering, snapshots
from yanxiu.training.people import identities

TEACHERS, SCHOOLS = 100_000, 3_000
# How many of the schools lie in the home county, its city, its province; the rest anywhere.
NEAR = ((places.HOME, 150), ("3301", 250), ("33", 400))
# The school that approves 3,000 at once, and how many wait there with the roster's own names.
BATCH_SCHOOL, BATCH = "3301069999", 3_000
FIRST_PHONE = 19_000_000_000

# Of a hundred teachers: asked and approved, sent back, waiting; the rest never asked.
APPROVED, SENT_BACK, WAITING = 91, 3, 4
# Of a hundred with a post, how many take part; and how far, in shares of the lessons needed.
ENROLLED, NEVER_BEGUN, FINISHED = 86, 9, 58


@dataclass(frozen=True, slots=True)
class Place:
    """Be a school of the crowd."""

    id: uuid.UUID
    code: str
    name: str
    county: str
    path: str


@dataclass(frozen=True, slots=True)
class Teacher:
    """Be one of the crowd: `share` from 0 to 99 decides what became of her."""

    number: int
    person: uuid.UUID
    identity: uuid.UUID
    post: uuid.UUID
    asked: uuid.UUID
    school: Place
    name: str
    share: int
    came_at: datetime

    @property
    def document(self) -> str:
        """Return a document's number that nobody can have: there is no region 99."""
        return f"99{self.number:016d}"

    @property
    def fingerprint(self) -> bytes:
        """Return what the program compares numbers by."""
        return ciphers.fingerprint(f"resident_id:{self.document}", purpose=identities.PURPOSE)

    @property
    def sealed(self) -> bytes:
        """Return the number as it lies in the database."""
        return ciphers.seal(self.document.encode(), purpose=identities.PURPOSE)


def fill(connection: psycopg.Connection[Any], *, at: datetime, teachers: int = TEACHERS) -> None:
    """Add schools and teachers; the demo country must be there. The connection is the owner's."""
    rng = random.Random(2025)
    schools = _schools(connection, rng, max(1, teachers * SCHOOLS // TEACHERS))
    crowd = list(_crowd(schools, rng, teachers, at=at))
    with connection.transaction():
        _people(connection, crowd)
        _posts(connection, crowd)
        _watch(connection, at)
        _papers(connection)
        _batch(connection, schools[0], at=at)
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE")


def _schools(connection: psycopg.Connection[Any], rng: random.Random, many: int) -> list[Place]:
    found = connection.execute(
        "SELECT code, path, name FROM organisations_region r WHERE level IN ('county', 'city')"
        " AND NOT EXISTS (SELECT 1 FROM organisations_region c WHERE c.parent_id = r.code)"
        " ORDER BY code"
    ).fetchall()
    near = [
        rng.choice([row for row in found if row[0].startswith(prefix)])
        for prefix, count in NEAR
        for _ in range(count * many // SCHOOLS)
    ]
    home = next(row for row in found if row[0] == places.HOME)
    chosen = [home, *near, *(rng.choice(found) for _ in range(many - 1 - len(near)))]
    counted: dict[str, Iterator[int]] = {}
    schools = []
    for place, (county, path, name) in enumerate(chosen):
        serial = next(counted.setdefault(county, itertools.count(5001)))
        code = f"{county}{serial:04d}" if place else BATCH_SCHOOL
        word = places.WORDS[place % len(places.WORDS)]
        title = f"{name}{word}{'中学' if place % 3 == 0 else '小学'}{serial - 5000 or ''}"
        schools.append(Place(ids.uuid7(), code, title, county, f"{path}/{code}"))
    _copy(
        connection,
        "organisations_school",
        ("id", "code", "name", "type_id", "county_id", "path", "opened_on"),
        [(s.id, s.code, s.name, "211", s.county, s.path, date(1980, 9, 1)) for s in schools],
    )
    return schools


def _crowd(
    schools: Sequence[Place], rng: random.Random, many: int, *, at: datetime
) -> Iterator[Teacher]:
    """Give the teachers: the batch's own at the first school, the rest as schools are large."""
    home = [Place(row.id, row.code, row.name, row.county, row.path) for row in schools[1:2]] * (
        120 * many // TEACHERS
    )
    weights = [rng.paretovariate(1.6) for _ in schools[1:]]
    batch = min(BATCH, many // 10)
    rest = rng.choices(schools[1:], weights, k=max(0, many - batch - len(home)))
    for number, school in enumerate(itertools.chain([schools[0]] * batch, home, rest), start=1):
        yield Teacher(
            number=number,
            person=ids.uuid7(),
            identity=ids.uuid7(),
            post=ids.uuid7(),
            asked=ids.uuid7(),
            school=school,
            name=names.person(number % 9_000 + 1).name if number % 50 == 0 else _name(rng),
            share=99 if school.code == BATCH_SCHOOL else rng.randrange(99),
            came_at=at - timedelta(days=rng.randrange(2, 29), seconds=rng.randrange(80_000)),
        )


def _name(rng: random.Random) -> str:
    return rng.choice(names.SURNAMES) + rng.choice(names.GIVEN)


def _people(connection: psycopg.Connection[Any], crowd: Sequence[Teacher]) -> None:
    def write(table: str, columns: Sequence[str], rows: Iterator[tuple[object, ...]]) -> None:
        _copy(connection, table, columns, rows)

    write("people_person", ("id", "created_at"), ((t.person, t.came_at) for t in crowd))
    write(
        "people_account",
        ("id", "password", "person_id", "phone", "is_active", "created_at"),
        ((ids.uuid7(), "!", t.person, FIRST_PHONE + t.number, True, t.came_at) for t in crowd),
    )
    write(
        "people_persona",
        ("person_id", "kind", "since"),
        ((t.person, "teacher", t.came_at) for t in crowd),
    )
    columns = ("id", "person_id", "version", "name", "document_kind", "number_sealed")
    write(
        "people_identity",
        (*columns, "number_fingerprint", "born_on", "recorded_at"),
        (
            (
                *(t.identity, t.person, 1, t.name, "resident_id", t.sealed, t.fingerprint),
                *(date(1985, 3, 7), t.came_at),
            )
            for t in crowd
        ),
    )


def _posts(connection: psycopg.Connection[Any], crowd: Sequence[Teacher]) -> None:
    _copy(
        connection,
        "organisations_post",
        ("id", "person_id", "school_id", "started_at"),
        ((t.post, t.person, t.school.id, t.came_at) for t in crowd),
    )
    asked = [t for t in crowd if t.share < APPROVED + SENT_BACK + WAITING or t.share == 99]
    hour, day, patience = timedelta(hours=1), timedelta(days=1), timedelta(days=5)
    _copy(
        connection,
        "organisations_verification",
        ("id", "post_id", "identity_id", "requested_at", "rises_at", "needs_county", "answered_at"),
        (
            (
                *(t.asked, t.post, t.identity, t.came_at + hour, t.came_at + hour + patience),
                *(False, t.came_at + day if t.share < APPROVED + SENT_BACK else None),
            )
            for t in asked
        ),
    )
    row = connection.execute(
        "SELECT person_id FROM organisations_officer WHERE level = 'nation' LIMIT 1"
    ).fetchone()
    by = row[0] if row else None
    _copy(
        connection,
        "organisations_decision",
        ("verification_id", "outcome", "reason", "sentence", "level", "by_id", "at"),
        (
            (t.asked, "approved", "", "", "school", by, t.came_at + timedelta(days=1))
            if t.share < APPROVED
            else (t.asked, "rejected", "not_ours", "", "school", by, t.came_at + timedelta(days=1))
            for t in asked
            if t.share < APPROVED + SENT_BACK
        ),
    )
    _hold_numbers(connection)


def _hold_numbers(connection: psycopg.Connection[Any]) -> None:
    connection.execute(
        "INSERT INTO people_heldnumber (number_fingerprint, person_id, since)"
        " SELECT i.number_fingerprint, i.person_id, d.at FROM organisations_decision d"
        " JOIN organisations_verification v ON v.id = d.verification_id"
        " JOIN people_identity i ON i.id = v.identity_id WHERE d.outcome = 'approved'"
        " ON CONFLICT DO NOTHING"
    )


# A person's luck is a hash of her id and the training: the same in every statement.
_LUCK = "abs(hashtextextended(person_id::text || training_id::text, 7)) %% 100"

_ENROL = """
INSERT INTO enrolment_enrolment (id, person_id, training_id, enrolled_at)
SELECT gen_random_uuid(), person_id, training_id,
  least(%(at)s, started_at + (luck %% 40) * interval '6 hours')
FROM (
  SELECT p.person_id, t.id AS training_id, p.started_at, luck_of AS luck
  FROM organisations_post p
  JOIN people_account a ON a.person_id = p.person_id AND a.phone >= %(first)s
  CROSS JOIN (SELECT id, id AS training_id FROM catalogue_training WHERE slug <> 'demo') t
  CROSS JOIN LATERAL (
    SELECT {luck} AS luck_of FROM (SELECT p.person_id, t.training_id) AS pair
  ) AS l
) AS e WHERE luck < %(enrolled)s
ON CONFLICT DO NOTHING
"""

# Lessons are watched in their order; whoever finishes has the hours of every course.
_WATCH = """
CREATE TEMPORARY TABLE watched ON COMMIT DROP AS
WITH lesson AS (
  SELECT c.training_id, l.id AS lesson_id, m.version, m.duration_ms,
    row_number() OVER (PARTITION BY c.training_id ORDER BY c.position, s.position, l.position)
      AS place, count(*) OVER (PARTITION BY c.training_id) AS lessons
  FROM catalogue_lesson l JOIN catalogue_section s ON s.id = l.section_id
  JOIN catalogue_course c ON c.id = s.course_id
  JOIN catalogue_recording r ON r.id = l.recording_id
  JOIN catalogue_mediaversion m ON m.recording_id = r.id AND m.version = r.version
),
walker AS (
  SELECT e.person_id, e.training_id, e.enrolled_at, {luck} AS luck
  FROM enrolment_enrolment e JOIN people_account a USING (person_id) WHERE a.phone >= %(first)s
)
SELECT w.person_id, l.lesson_id, l.version, l.duration_ms, l.place,
  least(%(at)s, w.enrolled_at + l.place * interval '11 hours') AS at,
  l.place <= CASE WHEN luck < %(finished)s THEN l.lessons ELSE l.lessons * (luck - 57) / 40 END
    AS is_whole
FROM walker w JOIN lesson l ON l.training_id = w.training_id
  AND l.place <= 1 + CASE WHEN luck < %(finished)s THEN l.lessons
    ELSE l.lessons * (luck - 57) / 40 END
WHERE luck < %(enrolled)s - %(never)s
"""

_COVER = """
INSERT INTO learning_coverage
  (person_id, lesson_id, media_version, covered, position_ms, touched_at)
SELECT person_id, lesson_id, version, int4multirange(int4range(0,
  CASE WHEN is_whole THEN duration_ms ELSE duration_ms / 2 END)), duration_ms / 2, at
FROM watched ON CONFLICT DO NOTHING
"""
_COMPLETE = """
INSERT INTO learning_completion
  (person_id, lesson_id, media_version, completed_at, credited_s, identity_version)
SELECT person_id, lesson_id, version, at, duration_ms / 1000, 1
FROM watched WHERE is_whole ON CONFLICT DO NOTHING
"""
_ALLOW = """
INSERT INTO learning_allowance (person_id, balance_ms, at, version, player)
SELECT person_id, 600000, max(at), 1, 'crowd' FROM watched GROUP BY person_id
ON CONFLICT DO NOTHING
"""


def _watch(connection: psycopg.Connection[Any], at: datetime) -> None:
    facts = {
        "at": at,
        "first": str(FIRST_PHONE),
        "enrolled": ENROLLED,
        "never": NEVER_BEGUN,
        "finished": FINISHED,
    }
    for statement in (_ENROL, _WATCH, _COVER, _COMPLETE, _ALLOW):
        connection.execute(statement.replace("{luck}", _LUCK).encode(), facts)


_DUE = """
SELECT e.person_id, e.training_id, s.path
FROM enrolment_enrolment e
JOIN catalogue_training t ON t.id = e.training_id
JOIN people_account a ON a.person_id = e.person_id AND a.phone >= %s
JOIN organisations_post p ON p.person_id = e.person_id AND p.ended_at IS NULL
JOIN organisations_school s ON s.id = p.school_id
JOIN organisations_verification v ON v.post_id = p.id
JOIN organisations_decision d ON d.verification_id = v.id AND d.outcome = 'approved'
WHERE abs(hashtextextended(e.person_id::text || e.training_id::text, 7)) %% 100 < 50
"""


def _papers(connection: psycopg.Connection[Any]) -> None:
    """Issue what is due; the snapshot is one for all, since no page of a list opens it."""
    due = connection.execute(_DUE, [str(FIRST_PHONE)]).fetchall()
    sealed = snapshots.sealed(SAID)
    issued_at = datetime.now(UTC) - timedelta(days=1)
    columns = ("id", "person_id", "training_id", "edition", "number", "token", "check_code")
    _copy(
        connection,
        "certificates_certificate",
        (*columns, "issued_at", "sealed", "path"),
        (
            (
                *(ids.uuid7(), person, training, 1, numbering.number("KY2025", serial)),
                *(ids.token(), numbering.check_code(), issued_at, sealed, path),
            )
            for serial, (person, training, path) in enumerate(due, start=1)
        ),
    )


_LISTED = """
INSERT INTO organisations_rosterentry
  (id, school_id, name, document_kind, number_sealed, number_fingerprint, role, subject, listed_at)
SELECT gen_random_uuid(), p.school_id, i.name, i.document_kind, i.number_sealed,
  i.number_fingerprint, '', '', %s
FROM organisations_post p JOIN people_identity i ON i.person_id = p.person_id AND i.until IS NULL
WHERE p.school_id = %s
"""


def _batch(connection: psycopg.Connection[Any], school: Place, *, at: datetime) -> None:
    """Let the first school's roster know everybody who waits there."""
    connection.execute(_LISTED, [at, school.id])


def _copy(
    connection: psycopg.Connection[Any],
    table: str,
    columns: Sequence[str],
    rows: Iterator[tuple[object, ...]] | Sequence[tuple[object, ...]],
) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copied:
        for row in rows:
            copied.write_row(row)
