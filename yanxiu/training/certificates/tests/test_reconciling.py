"""Show that what was written past the verbs is found, told once in the trail, and named."""

import logging
from datetime import timedelta

import psycopg
import pytest

from tests.support import papers, season
from tests.support.databases import Scratch
from yanxiu.foundation import ids
from yanxiu.training.certificates import numbering, reconciling, verifying
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.certificates.reconciling import Difference
from yanxiu.training.certificates.tests.test_verifying import issued
from yanxiu.training.trail.models import Entry


def smuggled(real: Certificate, number: str) -> Certificate:
    return Certificate.objects.create(
        person_id=ids.uuid7(),
        training_id=real.training_id,
        edition=1,
        number=number,
        token=ids.token(),
        check_code=numbering.check_code(),
        issued_at=real.issued_at,
        sealed=bytes(real.sealed),
        path=real.path,
    )


def test_what_was_smuggled_in_is_found_told_once_and_not_on_record(
    country: None, caplog: pytest.LogCaptureFixture
) -> None:
    scene = season.scene()
    at = scene.call.now
    real = issued(scene)
    papers.sign_due(at=at)
    later = at + reconciling.SIGNED_WITHIN + timedelta(minutes=1)
    assert reconciling.check(at=later) == []
    prefix = real.number.partition("-")[0]
    forged = smuggled(real, numbering.number(prefix, 9_999_999_998))
    wrong = smuggled(real, numbering.number(prefix, 9_999_999_997)[:-1] + "!")
    with caplog.at_level(logging.ERROR):
        found = reconciling.watch(at=later)
    assert {(each.certificate_id, each.what) for each in found} == {
        (forged.id, "unrecorded"),
        (forged.id, "unsigned"),
        (wrong.id, "unrecorded"),
        (wrong.id, "number"),
        (wrong.id, "unsigned"),
    }
    assert forged.number in caplog.text
    reconciling.watch(at=later)
    noted = Entry.objects.filter(verb="certificate_differs", subject_id=str(forged.id))
    assert noted.count() == 1
    told = verifying.by_token(forged.token)
    assert told
    assert told.state == "unregistered"


def test_the_sum_of_the_database_is_that_of_the_rule(country: None) -> None:
    scene = season.scene()
    real = issued(scene)
    numbers = [numbering.number("2099SQ", serial) for serial in (0, 7, 1234567890, 9999999999)]
    rows = [smuggled(real, number) for number in numbers]
    slips = [number[:-1] + ("0" if number[-1] != "0" else "1") for number in numbers]
    odd = [smuggled(real, number) for number in slips]
    wrong = {d.certificate_id for d in reconciling.check(at=scene.call.now) if d.what == "number"}
    assert wrong == {each.id for each in odd}
    assert not wrong & {each.id for each in rows}


def test_a_certificate_that_the_owner_deleted_is_missed(own_database: Scratch) -> None:
    season.publish()
    scene = season.scene()
    certificate = issued(scene)
    with psycopg.connect(own_database.owner) as owner:
        owner.execute("TRUNCATE certificates_certificate CASCADE")
    [found] = reconciling.check(at=scene.call.now)
    assert found == Difference(certificate.id, "", "gone")
