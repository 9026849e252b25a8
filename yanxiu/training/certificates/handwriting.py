"""Put a signature into a PDF: PAdES (ETSI EN 319 142, baseline B), certified against any change.

The field is invisible and lies outside of the page, as PDF/A and PDF/UA together ask for.
"""

import asyncio
import io
from datetime import datetime

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.ades.api import CAdESSignedAttrSpec
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from yanxiu.training.certificates.signers import Pen

FIELD = "Signature"
# Bytes kept free for the signature in the file: two certificates and their key's word need 2 KiB.
ROOM = 6 * 1024


class Hand(signers.SimpleSigner):
    """Sign with a key that was read once, not once for each paper."""

    def __init__(self, pen: Pen) -> None:
        """Take the pen."""
        pem = b"".join(each.public_bytes(Encoding.PEM) for each in pen.chain)
        own, *others = load_certs_from_pemder_data(pem)
        plain = pen.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        registry = SimpleCertificateStore.from_certs(others)  # type: ignore[no-untyped-call]  # not ours
        super().__init__(own, load_private_key_from_pemder_data(plain, None), registry)
        self.key = pen.key

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """Return the raw signature; `digest_algorithm` is the one that we ask for, SHA-256."""
        del digest_algorithm
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))


def signer(pen: Pen) -> signers.PdfSigner:
    """Return what signs with this pen; threads may share it."""
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    outside = fields.InvisSigSettings(box_out_of_bounds=True)
    field = fields.SigFieldSpec(FIELD, invis_sig_settings=outside)
    return signers.PdfSigner(meta, Hand(pen), new_field_spec=field)


def signed(pdf: bytes, by: signers.PdfSigner, *, at: datetime) -> bytes:
    """Return the PDF signed, at this instant by its own word."""
    return asyncio.run(_signed(pdf, by, at))


async def _signed(pdf: bytes, by: signers.PdfSigner, at: datetime) -> bytes:
    session = by.init_signing_session(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    session.system_time = at
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=ROOM)
    digest, output = document.digest_tbs_document()
    attributes = PdfCMSSignedAttributes(signing_time=at, cades_signed_attrs=CAdESSignedAttrSpec())
    await document.perform_signature(digest.document_digest, attributes)
    output.seek(0)
    return bytes(output.read())
