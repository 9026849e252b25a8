"""Show that a PDF is looked into by a process with limits, and what it finds in forged ones."""

import io
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

from yanxiu.foundation.pdfs import reading
from yanxiu.foundation.pdfs.finding import Finding, Kind, Trust

FROM, UNTIL = datetime(2024, 1, 1, tzinfo=UTC), datetime(2044, 1, 1, tzinfo=UTC)


class Authority:
    """Be somebody who signs PDFs under a root of her own."""

    def __init__(self) -> None:
        root_key, own_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        root = self.certificate("root", root_key, "root", root_key, is_root=True)
        own = self.certificate("own", own_key, "root", root_key)
        self.root, self.own = (each.public_bytes(Encoding.DER) for each in (root, own))
        self.trust = Trust(
            roots=[self.root.hex()], signers=[own.fingerprint(hashes.SHA256()).hex()]
        )
        packed = pkcs12.serialize_key_and_certificates(b"own", own_key, own, [root], NoEncryption())
        signer = signers.SimpleSigner.load_pkcs12_data(packed, other_certs=[])
        assert signer
        self.signer = signer

    def certificate(
        self,
        name: str,
        key: ec.EllipticCurvePrivateKey,
        issuer: str,
        by: ec.EllipticCurvePrivateKey,
        *,
        is_root: bool = False,
    ) -> x509.Certificate:
        named = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, n)]) for n in (name, issuer)]
        use = dict.fromkeys(
            (
                *("digital_signature", "content_commitment", "key_encipherment", "key_agreement"),
                *("data_encipherment", "key_cert_sign", "crl_sign", "encipher_only"),
                "decipher_only",
            ),
            False,
        )
        use |= {"key_cert_sign": True} if is_root else {"content_commitment": True}
        constraints = x509.BasicConstraints(ca=is_root, path_length=None)
        number = x509.random_serial_number()
        draft = x509.CertificateBuilder(named[1], named[0], key.public_key(), number, FROM, UNTIL)
        draft = draft.add_extension(constraints, critical=True)
        return draft.add_extension(x509.KeyUsage(**use), critical=True).sign(by, hashes.SHA256())

    def signed(self, pdf: bytes, field: str = "Seal") -> bytes:
        how = signers.PdfSignatureMetadata(
            field_name=field, subfilter=fields.SigSeedSubFilter.PADES
        )
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        made: io.BytesIO = signers.sign_pdf(writer, how, signer=self.signer)
        return made.getvalue()


@pytest.fixture(scope="module")
def ours() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def plain() -> bytes:
    return written(PdfWriter(), page=True)


@pytest.fixture(scope="module")
def paper(ours: Authority, plain: bytes) -> bytes:
    return ours.signed(plain)


def written(writer: PdfWriter, *, page: bool = False) -> bytes:
    if page:
        writer.add_blank_page(842, 595)
        writer.add_metadata({"/Keywords": "结业证书, 2025SQ-0001-2345-679"})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def annotated(paper: bytes, *, is_update: bool) -> bytes:
    file = io.BytesIO(paper)
    writer = PdfWriter(file, incremental=True) if is_update else PdfWriter(clone_from=file)
    writer.add_annotation(0, FreeText(text="优秀", rect=(50, 50, 200, 150)))
    return written(writer)


def test_what_one_whom_we_trust_has_signed_is_whole(ours: Authority, paper: bytes) -> None:
    found = reading.look(paper, ours.trust)
    assert found.kind is Kind.WHOLE
    assert found.keywords.endswith("2025SQ-0001-2345-679")


def test_an_edited_byte_an_update_and_an_annotation_are_seen(ours: Authority, paper: bytes) -> None:
    whole = reading.look(paper, ours.trust)
    place = paper.index(b"842")
    edited = paper[:place] + b"841" + paper[place + 3 :]
    assert reading.look(edited, ours.trust).kind is Kind.ALTERED
    assert reading.look(annotated(paper, is_update=False), ours.trust).kind is Kind.ALTERED
    for update in (annotated(paper, is_update=True), paper + b"\n% more\n"):
        # What was signed is still in there, byte for byte.
        assert reading.look(update, ours.trust) == Finding(Kind.ALTERED, whole.signed)
    assert reading.look(ours.signed(paper, "Other"), ours.trust).kind is Kind.ALTERED


def test_others_signatures_and_none_are_told_apart(
    ours: Authority, paper: bytes, plain: bytes
) -> None:
    assert reading.look(paper, Authority().trust).kind is Kind.FOREIGN
    assert reading.look(plain, ours.trust).kind is Kind.UNSIGNED


def test_a_locked_file_and_what_is_no_pdf_are_named(ours: Authority, paper: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(paper)))
    writer.encrypt("secret")
    assert reading.look(written(writer), ours.trust).kind is Kind.LOCKED
    assert reading.look(b"PK\x03\x04", ours.trust).kind is Kind.NO_PDF


def test_what_breaks_the_reader_or_takes_too_long_ends_unreadable(
    ours: Authority, plain: bytes
) -> None:
    deep = b"%PDF-1.7\n1 0 obj\n" + b"[" * 400_000
    looping = plain.replace(b"startxref", b"startxref\n0\n%%EOF\nstartxref")[:-20]
    for file in (b"%PDF-1.7\n", deep, looping, b"%PDF-" + bytes(range(256)) * 3000):
        assert reading.look(file, ours.trust).kind in {Kind.UNREADABLE, Kind.UNSIGNED}


def test_the_child_opens_neither_files_nor_connections(ours: Authority, plain: bytes) -> None:
    tried = (
        "import socket, sys\nfrom yanxiu.foundation import confinement\n"
        "confinement.confine(memory=2**29, cpu_s=5, is_sealed=True)\n"
        "for act in (lambda: open('/etc/hostname'), socket.socket):\n"
        "    try: act()\n"
        "    except OSError: continue\n"
        "    sys.exit(3)\n"
    )
    done = subprocess.run([sys.executable, "-c", tried], check=False)
    assert done.returncode == 0
