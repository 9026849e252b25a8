"""Look into a PDF that anybody may have made, in a process that has little to lose.

`python -m yanxiu.foundation.pdfs.child ROOT`, with the root certificate (DER) in hexadecimal, reads
the file from standard input and answers in one line of JSON. The process loads no Django, holds no
secret, opens neither a file nor a connection, and may neither grow past its memory nor work past
its time.
"""

import asyncio
import hashlib
import io
import logging
import sys

import cryptography.hazmat.backends.openssl.backend
import msgspec
import pyhanko.pdf_utils.filters
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from yanxiu.foundation import confinement
from yanxiu.foundation.pdfs.finding import Finding, Kind, Trust

MEMORY_MOST = 512 * 1024 * 1024
CPU_MOST_S = 5

_HEAD = 1024
# Loaded before the process is sealed; they would else be looked for when first needed.
_LATE = (cryptography.hazmat.backends.openssl.backend, pyhanko.pdf_utils.filters)


async def look(file: bytes, trust: Trust) -> Finding:
    """Return what the file is: signed by one whom we trust and whole, or what else."""
    if b"%PDF-" not in file[:_HEAD]:
        return Finding(Kind.NO_PDF)
    reader = PdfFileReader(io.BytesIO(file), strict=False)
    if reader.encrypted:
        return Finding(Kind.LOCKED)
    signatures = reader.embedded_signatures
    ours = [each for each in signatures if _signer(each) in trust.signers]
    if not ours:
        return Finding(Kind.FOREIGN if signatures else Kind.UNSIGNED)
    signed = hashlib.sha256(file[: _end(ours[0])]).hexdigest()
    if len(signatures) > 1 or not await _is_whole(ours[0], trust):
        return Finding(Kind.ALTERED, signed)
    return Finding(Kind.WHOLE, signed, _keywords(reader))


def _signer(signature: EmbeddedPdfSignature) -> str:
    """Return the fingerprint of who claims to have signed, whatever became of the file."""
    return hashlib.sha256(signature.signer_cert.dump()).hexdigest()


async def _is_whole(signature: EmbeddedPdfSignature, trust: Trust) -> bool:
    """Tell whether the signature is true of every byte of the file."""
    context = ValidationContext(
        trust_roots=[
            each
            for root in trust.roots
            for each in load_certs_from_pemder_data(bytes.fromhex(root))
        ],
        allow_fetching=False,
        # A signer's certificate ends long before what she has signed does.
        moment=signature.self_reported_timestamp,
    )
    status = await async_validate_pdf_signature(
        signature, signer_validation_context=context, skip_diff=True
    )
    covers = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return bool(status.intact and status.valid and status.trusted and covers)


def _end(signature: EmbeddedPdfSignature) -> int:
    _start, _length, last, length = (int(each) for each in signature.byte_range)
    return last + length


def _keywords(reader: PdfFileReader) -> str:
    if "/Info" not in reader.trailer:
        return ""
    info = reader.trailer["/Info"]
    return str(info["/Keywords"])[:200] if "/Keywords" in info else ""


if __name__ == "__main__":
    logging.disable()
    given = sys.stdin.buffer.read()
    trust = msgspec.json.decode(sys.argv[1], type=Trust)
    with asyncio.Runner() as runner:
        # The loop's own handles are opened before nothing more can be.
        runner.get_loop()
        confinement.confine(memory=MEMORY_MOST, cpu_s=CPU_MOST_S, is_sealed=True)
        found = runner.run(look(given, trust))
    sys.stdout.buffer.write(msgspec.json.encode(found))
