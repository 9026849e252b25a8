"""Show that a file is compared with the archive, and that forged ones are told."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

from tests.support import papers, season
from tests.support.season import Scene
from yanxiu.training.certificates import files, guessing, refusals, verifying
from yanxiu.training.certificates.files import Match
from yanxiu.training.certificates.models import Certificate, Guess, Paper
from yanxiu.training.certificates.tests.test_verifying import NETWORK, issued, renewed


@pytest.fixture
def scene(country: None) -> Scene:
    return season.scene()


@pytest.fixture
def certificate(scene: Scene) -> Certificate:
    certificate = issued(scene)
    papers.sign_due(at=scene.call.now)
    return certificate


@pytest.fixture
def pdf(certificate: Certificate) -> bytes:
    return bytes(Paper.objects.get(certificate=certificate).pdf)


def compare(scene: Scene, file: bytes) -> files.Comparison:
    return files.compare(file, network=NETWORK, at=scene.call.now)


def updated(pdf: bytes) -> bytes:
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    writer.add_metadata({"/Title": "结业证书（优秀）"})
    return written(writer)


def overlaid(pdf: bytes) -> bytes:
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    writer.add_annotation(0, FreeText(text="20.00", rect=(380, 230, 460, 270)))
    return written(writer)


def edited(pdf: bytes) -> bytes:
    """Return the paper with its text changed and everything else written anew."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    page = writer.pages[0]
    contents = page.get_contents()
    assert contents is not None
    contents.set_data(contents.get_data() + b"\nBT 20 20 Td (20.00) Tj ET\n")
    page.replace_contents(contents)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_what_was_downloaded_is_as_archived_and_tells_the_state(
    scene: Scene, certificate: Certificate, pdf: bytes
) -> None:
    compared = compare(scene, pdf)
    assert compared.match is Match.SAME
    assert compared.told == verifying.by_token(certificate.token)
    renewed(scene, certificate)
    told = compare(scene, pdf).told
    assert told
    assert told.state is verifying.State.SUPERSEDED
    assert Guess.objects.count() == 0


@pytest.mark.parametrize("forge", [updated, overlaid])
def test_what_was_put_on_top_is_told_with_what_is_true(
    scene: Scene, certificate: Certificate, pdf: bytes, forge: object
) -> None:
    assert callable(forge)
    compared = compare(scene, forge(pdf))
    assert compared.match is Match.ALTERED
    assert compared.told == verifying.by_token(certificate.token)


def test_an_edited_text_is_told_and_names_no_certificate(scene: Scene, pdf: bytes) -> None:
    # Whatever number such a file claims, nothing proves it: it must not open a record.
    assert compare(scene, edited(pdf)) == files.Comparison(Match.ALTERED, None)


def test_a_file_of_others_is_not_ours(scene: Scene, certificate: Certificate) -> None:
    writer = PdfWriter()
    writer.add_blank_page(842, 595)
    writer.add_metadata({"/Keywords": f"结业证书, {certificate.number}"})
    assert compare(scene, written(writer)) == files.Comparison(Match.FOREIGN, None)


def test_what_is_too_large_locked_or_no_pdf_is_refused(scene: Scene, pdf: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt("secret")
    for file, refusal in (
        (b"\x89PNG\r\n", refusals.NoPdf),
        (written(writer), refusals.LockedPdf),
        (pdf + bytes(1_000_000), refusals.FileTooLarge),
    ):
        with pytest.raises(refusal):
            compare(scene, file)


def test_after_thirty_strange_files_a_network_waits_but_real_ones_are_answered(
    scene: Scene, pdf: bytes
) -> None:
    kind = Guess.Kind.FILE
    for _ in range(guessing.PER_NETWORK):
        guessing.begin(kind, NETWORK, at=scene.call.now)
    with pytest.raises(refusals.TooManyGuesses):
        compare(scene, b"%PDF-1.7\n")
    assert compare(scene, pdf).match is Match.SAME
