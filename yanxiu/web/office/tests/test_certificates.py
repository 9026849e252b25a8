"""Show that officers find the certificates of their branch, and that a school packs its own."""

import io
import zipfile

from django.test import Client

from tests import test_access
from tests.support.pages import text
from yanxiu.foundation import clock
from yanxiu.training.cast import seasons
from yanxiu.training.catalogue.models import Training
from yanxiu.training.certificates import snapshots
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.organisations.models import Officer
from yanxiu.training.reports import exports
from yanxiu.training.reports.models import Export

ADDRESS = "/office/certificates/"
ARCHIVES = f"{ADDRESS}archives/"


def own(who: str) -> Officer:
    """Return the grant of a kind of officer."""
    return Officer.objects.get(person__account__phone=test_access.PHONES[who])


def listed(browser: Client, **wanted: str) -> str:
    return text(browser.get(ADDRESS, wanted))


def test_officers_see_the_certificates_of_their_branch_alone(country: None) -> None:
    officer, nation = test_access.client("officer"), test_access.client("nation")
    demo = seasons.outline(seasons.DEMO).training
    mine = Certificate.objects.filter(
        path=own("officer").path, training_id=demo.id, supersession=None, revocation=None
    )
    away = Certificate.objects.exclude(path=own("officer").path)
    other = away.filter(supersession=None, revocation=None).first()
    assert mine.exists()
    assert other
    theirs = snapshots.of(other)
    there = Training.objects.get(pk=other.training_id).slug
    for certificate in mine:
        assert certificate.number in listed(officer, training=seasons.DEMO)
    assert other.number not in listed(officer, training=there)
    assert other.number in listed(nation, training=there, q=theirs.holder_name)
    assert other.number in listed(nation, training=there, q=other.number.lower())
    assert "没有这样的证书" in listed(officer, training=there, q=other.number)
    assert "没有这样的证书" in listed(officer, training=there, state="revoked", q="龘")
    code = other.path.rpartition("/")[2]
    assert officer.get(ADDRESS, {"school": code}).status_code == 404


def test_a_school_packs_its_valid_certificates_and_no_others(country: None) -> None:
    officer = test_access.client("officer")
    school = own("officer").school
    assert school
    asked = {"training": seasons.DEMO, "school": school.code}
    answer = officer.post(ARCHIVES, asked)
    assert answer.status_code == 303
    export = Export.objects.latest("at")
    exports.carry_on(export.id, at=clock.now())
    export.refresh_from_db()
    whole = officer.get(f"/office/exports/files/{export.token}/").getvalue()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert archive.read(names[0]).startswith(b"%PDF")
    demo = seasons.outline(seasons.DEMO).training
    valid = Certificate.objects.filter(supersession=None, revocation=None)
    mine = valid.filter(path=school.path, training_id=demo.id)
    assert sorted(names) == sorted(
        f"{snapshots.of(each).holder_name}-{each.number}.pdf" for each in mine
    )
    assert export.filename.endswith("-证书.zip")
    foreign = test_access.client("foreign").post(ARCHIVES, asked)
    assert foreign.status_code == 404
