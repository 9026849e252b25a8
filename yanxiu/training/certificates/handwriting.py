"""Put a signature into a PDF: PAdES (ETSI EN 319 142, baseline B), certified against any change.

The field is invisible and lies outside of the page, as PDF/A and PDF/UA together ask for. pyHanko
makes the signature once, for a digest that stands for none; every paper's is the same but for its
digest and the key's word on it, and those are put in here: that takes a tenth of the time.
"""

import asyncio
import hashlib
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
# Bytes kept free for the signature in the file: two certificates and the key's word need 2 KiB.
ROOM = 6 * 1024
# Stands for a paper's digest: 32 bytes that occur nowhere else in a signature.
NO_DIGEST = hashlib.sha256(b"no paper").digest()

# Tags of ASN.1, and from which size on a length has a length of its own.
SEQUENCE, SET, OCTETS, FIRST, LONG_FORM = 0x30, 0x31, 0x04, 0xA0, 0x80


class Hand:
    """Sign with one pen; threads may share it."""

    def __init__(self, pen: Pen) -> None:
        """Let pyHanko show once how this pen signs."""
        pem = b"".join(each.public_bytes(Encoding.PEM) for each in pen.chain)
        own, *others = load_certs_from_pemder_data(pem)
        plain = pen.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        registry = SimpleCertificateStore.from_certs(others)  # type: ignore[no-untyped-call]  # not ours
        self.key = pen.key
        self.signer = signers.SimpleSigner(
            own, load_private_key_from_pemder_data(plain, None), registry
        )
        self.pdf = _pdf_signer(self.signer)
        # It fills its cache in pieces: a second thread would find half a name there.
        _ = self.signer.subject_name
        self._learn()

    def signed(self, pdf: bytes, *, at: datetime) -> bytes:
        """Return the PDF signed, at this instant by its own word."""
        session = self.pdf.init_signing_session(IncrementalPdfFileWriter(io.BytesIO(pdf)))
        session.system_time = at
        document = session.prepare_tbs_document(validation_info=None, bytes_reserved=ROOM)
        prepared, output = document.digest_tbs_document()
        prepared.fill_with_cms(output, self._word(prepared.document_digest))
        output.seek(0)
        return bytes(output.read())

    def _learn(self) -> None:
        """Take a signature apart into what is the same for every paper and what is not."""
        attributes = PdfCMSSignedAttributes(cades_signed_attrs=CAdESSignedAttrSpec())
        made = asyncio.run(
            self.signer.async_sign(
                NO_DIGEST, "sha256", use_pades=True, signed_attr_settings=attributes
            )
        )
        whole = made["content"]
        [info] = whole["signer_infos"]
        self.attributes = bytes(info["signed_attrs"].untag().dump())
        self.before = b"".join(info[n].dump() for n in ("version", "sid", "digest_algorithm"))
        self.algorithm = bytes(info["signature_algorithm"].dump())
        parts = ("version", "digest_algorithms", "encap_content_info", "certificates")
        self.head = b"".join(whole[name].dump() for name in parts)
        self.kind = bytes(made["content_type"].dump())

    def _word(self, digest: bytes) -> bytes:
        """Return the signature of a digest: CMS SignedData (RFC 5652) in DER."""
        attributes = self.attributes.replace(NO_DIGEST, digest)
        signature = _der(OCTETS, self._signature(attributes))
        # Signed as a set, written with the tag of the place where it stands.
        standing = bytes([FIRST]) + attributes[1:]
        info = _der(SEQUENCE, self.before, standing, self.algorithm, signature)
        return _der(SEQUENCE, self.kind, _der(FIRST, _der(SEQUENCE, self.head, _der(SET, info))))

    def _signature(self, attributes: bytes) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(attributes, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(attributes, ec.ECDSA(hashes.SHA256()))


def _pdf_signer(signer: signers.SimpleSigner) -> signers.PdfSigner:
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    outside = fields.InvisSigSettings(box_out_of_bounds=True)
    field = fields.SigFieldSpec(FIELD, invis_sig_settings=outside)
    return signers.PdfSigner(meta, signer, new_field_spec=field)


def _der(tag: int, *parts: bytes) -> bytes:
    """Return the parts as one element with its tag and length."""
    content = b"".join(parts)
    size = len(content)
    if size < LONG_FORM:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, LONG_FORM | len(length)]) + length + content
