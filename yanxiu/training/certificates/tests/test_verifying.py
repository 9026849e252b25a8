"""Show that a paper's answer comes from the paper alone, and what each state of it tells."""

import contextlib
import random

import psycopg
import pytest
from django.db import connections

from tests.support import season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.foundation import ids
from yanxiu.training.cast.people import Teacher
from yanxiu.training.certificates import (
    editions,
    guessing,
    issuing,
    numbering,
    refusals,
    snapshots,
    verifying,
)
from yanxiu.training.certificates.models import Certificate, Guess, Supersession
from yanxiu.training.certificates.verifying import State
from yanxiu.training.trail.models import Entry

NETWORK = "203.0.113.0/24"


@pytest.fixture
def scene(country: None) -> Scene:
    return season.scene()


def issued(scene: Scene, teacher: Teacher | None = None) -> Certificate:
    teacher = teacher or scene.finished()
    seen = issuing.draft(teacher.person.id, scene.outline, at=scene.call.now).digest
    return issuing.issue(teacher.person.id, scene.outline, seen=seen, at=scene.call.now)


def renewed(scene: Scene, before: Certificate) -> Certificate:
    editions.alone(before.person_id)
    told, cause = snapshots.of(before), Supersession.Cause.CORRECTED
    return editions.following(before, told, cause=cause, by=before.person_id, at=scene.call.now)


def by_number(scene: Scene, number: str, code: str) -> verifying.Answer | None:
    return verifying.by_number(number, code, network=NETWORK, at=scene.call.now)


def test_a_valid_paper_tells_what_can_be_compared_and_a_covered_name(scene: Scene) -> None:
    certificate = issued(scene)
    said, told = snapshots.of(certificate), verifying.by_token(certificate.token)
    assert told
    assert (told.state, told.number, told.edition) == (State.VALID, certificate.number, 1)
    assert (told.training_title, told.hours) == (said.training_title, "4.00")
    assert told.holder == said.holder_name[0] + "*" * (len(said.holder_name) - 1)


def test_number_and_code_are_read_as_people_write_them(scene: Scene) -> None:
    certificate = issued(scene)
    full_width = str.maketrans("0123456789", "０１２３４５６７８９")
    written = certificate.number.replace("-", "　").translate(full_width).lower()
    code = certificate.check_code.lower().replace("-", " ").replace("0", "O").replace("1", "l")
    assert by_number(scene, f" {written} ", code) == verifying.by_token(certificate.token)


def test_a_right_check_is_not_counted_and_a_wrong_one_is(scene: Scene) -> None:
    certificate = issued(scene)
    for _ in range(guessing.PER_NETWORK + 1):
        assert by_number(scene, certificate.number, certificate.check_code)
    assert by_number(scene, certificate.number, "AAAA-AAAA") is None
    assert Guess.objects.count() == 1


def test_an_edition_that_was_superseded_says_since_when_why_and_that_there_is_another(
    scene: Scene,
) -> None:
    old = issued(scene)
    new = renewed(scene, old)
    told = verifying.by_token(old.token)
    assert told
    assert (told.state, told.since, told.reason) == (
        State.SUPERSEDED,
        scene.call.now,
        "信息更正",
    )
    assert told.has_current
    assert not told.holder
    assert new.number not in repr(told)
    current = verifying.by_token(new.token)
    assert current
    assert (current.state, current.edition) == (State.VALID, 2)


def test_a_row_that_nobody_issued_is_not_on_record(scene: Scene) -> None:
    real = issued(scene)
    smuggled = Certificate.objects.create(
        person_id=ids.uuid7(),
        training_id=real.training_id,
        edition=1,
        number=numbering.number(real.number.partition("-")[0], 9_999_999_998),
        token=ids.token(),
        check_code=numbering.check_code(),
        issued_at=scene.call.ago(days=300),
        sealed=bytes(real.sealed),
        path=real.path,
    )
    told = verifying.by_token(smuggled.token)
    assert told
    assert (told.state, told.holder, told.training_title) == (State.UNREGISTERED, "", "")


@pytest.mark.parametrize("part", ["number", "sealed"])
def test_a_row_that_cannot_be_ours_is_not_on_record_even_with_an_entry(
    scene: Scene, part: str
) -> None:
    real = issued(scene)
    odd = real.number[:-1] + ("0" if real.number[-1] != "0" else "1")
    row = Certificate.objects.create(
        person_id=ids.uuid7(),
        training_id=real.training_id,
        edition=1,
        number=odd if part == "number" else numbering.number("XX", 7),
        token=ids.token(),
        check_code=numbering.check_code(),
        issued_at=scene.call.now,
        sealed=bytes(real.sealed) if part == "number" else b"\x01" + bytes(60),
        path=real.path,
    )
    Entry.objects.create(
        at=scene.call.now,
        actor_id=None,
        verb="certificate_issued",
        subject_kind="certificate",
        subject_id=str(row.id),
    )
    told = verifying.by_token(row.token)
    assert told
    assert told.state is State.UNREGISTERED


def test_two_thousand_guesses_give_nothing(scene: Scene) -> None:
    certificate = issued(scene)
    prefix, dice = certificate.number.partition("-")[0], random.Random(7)
    answered = []
    for serial in range(2_000):
        number = certificate.number if serial % 2 else numbering.number(prefix, serial)
        code = "".join(dice.choices(numbering.ALPHABET, k=8))
        with contextlib.suppress(refusals.TooManyGuesses):
            assert by_number(scene, number, code) is None
            answered.append(serial)
    assert answered == list(range(guessing.PER_NETWORK))
    with pytest.raises(refusals.TooManyGuesses) as refused:
        by_number(scene, certificate.number, certificate.check_code)
    assert refused.value.status == 429
    assert verifying.by_token(certificate.token)


def test_no_answer_changes_when_training_schools_and_accounts_are_deleted(
    own_database: Scratch,
) -> None:
    season.publish()
    scene = season.scene()
    old = issued(scene)
    new = renewed(scene, old)
    before = [verifying.by_token(each.token) for each in (old, new)]
    assert all(before)
    connections.close_all()
    with psycopg.connect(own_database.owner) as owner:
        owner.execute(
            "TRUNCATE catalogue_training, organisations_school, organisations_region,"
            " people_person, people_account CASCADE"
        )
    assert [verifying.by_token(each.token) for each in (old, new)] == before
    assert Certificate.objects.count() == 2
