"""Show that papers are signed once, by `work` alone, and that any later change is told."""

import io
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pypdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.db import ProgrammingError, connections, transaction
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import (
    PdfSignatureStatus,
    SignatureCoverageLevel,
    validate_pdf_signature,
)
from pyhanko_certvalidator import ValidationContext
from pypdf.annotations import FreeText

from tests.support import papers, season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.training.certificates import issuing, refusals, signers, signing, snapshots
from yanxiu.training.certificates.models import Certificate, Paper, Signer, SigningKey, Unsigned


@pytest.fixture
def scene(country: None) -> Scene:
    return season.scene()


def issued(scene: Scene) -> Certificate:
    """Return a certificate of somebody new."""
    teacher = scene.finished()
    seen = issuing.draft(teacher.person.id, scene.outline, at=scene.call.now).digest
    return issuing.issue(teacher.person.id, scene.outline, seen=seen, at=scene.call.now)


def signed(scene: Scene) -> Paper:
    """Return the signed paper of somebody new."""
    certificate = issued(scene)
    papers.sign_due(at=scene.call.now)
    return Paper.objects.get(certificate=certificate)


def checked(pdf: bytes, roots: list[x509.Certificate] | None = None) -> PdfSignatureStatus:
    """Return what pyHanko says of a paper's signature."""
    trusted = signers.roots() if roots is None else roots
    pem = b"".join(root.public_bytes(Encoding.PEM) for root in trusted)
    trust = list(load_certs_from_pemder_data(pem)) if trusted else []
    [signature] = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    return validate_pdf_signature(signature, ValidationContext(trust_roots=trust))


def test_a_paper_is_signed_whole_by_the_signer_of_this_place(scene: Scene) -> None:
    paper = signed(scene)
    status = checked(bytes(paper.pdf))
    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert status.signer_reported_dt == scene.call.now.replace(microsecond=0)
    assert sha256(paper.pdf).digest() == bytes(paper.sha256)
    assert paper.signer == Signer.objects.get(retired_at=None).fingerprint
    assert not Unsigned.objects.filter(pk=paper.pk).exists()
    assert len(paper.pdf) <= 120 * 1024
    assert not checked(bytes(paper.pdf), roots=[]).trusted


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="the package poppler-utils is not there")
def test_pdfsig_accepts_the_paper(scene: Scene, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(signed(scene).pdf)
    said = subprocess.run(["pdfsig", file], check=True, capture_output=True, text=True).stdout
    for words in ("ETSI.CAdES.detached", "Total document signed", "Signature is Valid"):
        assert words in said


def test_any_change_of_a_paper_is_told(scene: Scene) -> None:
    whole = bytes(signed(scene).pdf)
    place = whole.index(b"stream") + 200
    flipped = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
    assert not checked(flipped).intact
    more = IncrementalPdfFileWriter(io.BytesIO(whole))
    page, _resources = more.find_page_for_modification(0)  # type: ignore[no-untyped-call]  # not ours
    drawn = generic.StreamObject(stream_data=b"q 0 0 1 rg 380 380 90 30 re f Q")
    contents = page.get_object().raw_get("/Contents")
    page.get_object()["/Contents"] = generic.ArrayObject([contents, more.add_object(drawn)])
    more.update_container(page.get_object())
    added = io.BytesIO()
    more.write(added)  # type: ignore[no-untyped-call]  # not ours
    for changed in (added.getvalue(), _written_over(whole)):
        status = checked(changed)
        assert status.intact
        assert not status.bottom_line
        assert status.coverage != SignatureCoverageLevel.ENTIRE_FILE


def _written_over(whole: bytes) -> bytes:
    """Return the paper with another name laid over it, as an editor of PDFs does."""
    writer = pypdf.PdfWriter(io.BytesIO(whole), incremental=True)
    writer.add_annotation(0, FreeText(text="李四", rect=(380, 380, 480, 420)))
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def test_whoever_signs_next_leaves_what_was_signed_before_valid(own_database: Scratch) -> None:
    season.publish()
    scene = season.scene()
    before = signed(scene)
    renewed = signers.renew(at=scene.call.now)
    after = signed(scene)
    assert (after.signer, before.signer) == (renewed.fingerprint, before.signer)
    assert after.signer != before.signer
    assert checked(bytes(before.pdf)).bottom_line
    assert checked(bytes(after.pdf)).bottom_line


def test_a_key_that_an_authority_certified_signs_from_then_on(own_database: Scratch) -> None:
    season.publish()
    scene = season.scene()
    key, other = _rsa(), _rsa()
    own = _certified(key, scene.call.now)
    for wrong in (b"", b"\xff", _pem(key), own, _pem(other) + own, _pem(key) + b"x"):
        with pytest.raises(refusals.NotASigner):
            signers.take(wrong, at=scene.call.now)
    for _ in range(2):
        taken = signers.take(_pem(key) + own, at=scene.call.now)
    paper = signed(scene)
    assert paper.signer == taken.fingerprint
    assert checked(bytes(paper.pdf)).bottom_line


def _rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _certified(key: rsa.RSAPrivateKey, at: datetime) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "青禾省教育厅")])
    draft = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    dated = draft.not_valid_before(at - timedelta(days=1)).not_valid_after(at + timedelta(days=9))
    use = signers.usage(digital_signature=True, content_commitment=True)
    return dated.add_extension(use, critical=True).sign(key, SHA256()).public_bytes(Encoding.PEM)


def test_the_role_of_pages_cannot_read_the_key_nor_change_who_signs(country: None) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        signers.pen()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        SigningKey.objects.update(sealed=b"")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Signer.objects.update(chain="")
    assert papers.pen().fingerprint == Signer.objects.get(retired_at=None).fingerprint


def test_what_cannot_be_drawn_waits_and_holds_nobody_up(own_database: Scratch) -> None:
    season.publish()
    scene = season.scene()
    stuck, other = issued(scene), issued(scene)
    odd = replace(snapshots.of(stuck), holder_name="张\U00050000")
    Certificate.objects.using("owner").filter(pk=stuck.pk).update(sealed=snapshots.sealed(odd))
    assert papers.sign_due(at=scene.call.now) == 1
    assert papers.sign_due(at=scene.call.now) == 0
    assert Paper.objects.get().certificate_id == other.pk
    assert Unsigned.objects.get().due_at == scene.call.now + signing.AGAIN


def test_two_processes_sign_no_paper_twice(own_database: Scratch) -> None:
    season.publish()
    scene = season.scene()
    for _ in range(6):
        issued(scene)
    pen = papers.pen()

    def work(_number: int) -> int:
        try:
            return signing.sign(pen, at=scene.call.now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as processes:
        assert sum(processes.map(work, range(3))) == 6
    assert Paper.objects.count() == 6
