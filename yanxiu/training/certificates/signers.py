"""Keep whoever signs papers: its key for the `work` process alone, its certificates for everybody.

A place without a signer gets a test authority of its own. That authority's key is thrown away as
soon as it has vouched for the signer: nothing can be signed with it ever again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from django.db import transaction

from yanxiu.foundation import ciphers, environment
from yanxiu.training.certificates import refusals
from yanxiu.training.certificates.models import Signer, SigningKey
from yanxiu.training.trail import entries

PURPOSE = "signing key"
# Migrations and these verbs run as the owner of the tables: pages may not even write here.
OWNER = "owner"
# As many characters of a fingerprint as the trail keeps.
KNOWN_BY = 40
LASTS = timedelta(days=3653)
# A clock that goes a little slow must not find the certificate not yet valid.
SLACK = timedelta(hours=1)


type Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Pen:
    """Hold what signing needs: the key and its certificates, its own first."""

    fingerprint: str
    key: Key
    chain: tuple[x509.Certificate, ...]


def ensure(*, at: datetime) -> None:
    """See that there is a signer; a place with one keeps it."""
    if not Signer.objects.using(OWNER).filter(retired_at=None).exists():
        _succeed(*_made(at), at=at)


def renew(*, at: datetime) -> Signer:
    """Let a new signer of a new test authority sign from now on; what the old one signed stands."""
    return _noted(_succeed(*_made(at), at=at), at)


def take(pem: bytes, *, at: datetime) -> Signer:
    """Let a key that an authority has certified sign from now on: key and certificates, in PEM.

    Its own certificate comes first, the root last. Raises `NotASigner`.
    """
    try:
        key = load_pem_private_key(pem, password=None)
        chain = tuple(x509.load_pem_x509_certificates(pem))
    except (ValueError, TypeError) as error:
        raise refusals.NotASigner from error
    if not isinstance(key, Key.__value__) or key.public_key() != chain[0].public_key():
        raise refusals.NotASigner
    return _noted(_succeed(key, chain, at=at), at)


def pen(*, using: str = "default") -> Pen:
    """Return what signs now; the database refuses whoever is neither `work` nor the owner."""
    keys = SigningKey.objects.using(using).select_related("signer")
    found = keys.get(signer__retired_at=None)
    plain = ciphers.unseal(found.sealed, purpose=PURPOSE)
    key = load_der_private_key(plain, password=_password())
    if not isinstance(key, Key.__value__):
        raise refusals.NotASigner
    return Pen(found.signer.fingerprint, key, chain(found.signer))


def current() -> Signer:
    """Return who signs now."""
    return Signer.objects.get(retired_at=None)


def chain(signer: Signer) -> tuple[x509.Certificate, ...]:
    """Return the certificates of a signer, its own first, the root last."""
    return tuple(x509.load_pem_x509_certificates(signer.chain.encode()))


def roots() -> list[x509.Certificate]:
    """Return the roots of all that ever signed here: whom a checker of papers trusts."""
    return [chain(signer)[-1] for signer in Signer.objects.order_by("made_at", "fingerprint")]


def _succeed(key: Key, chain: tuple[x509.Certificate, ...], *, at: datetime) -> Signer:
    fingerprint = chain[0].fingerprint(hashes.SHA256()).hex()
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, _locked())
    with transaction.atomic(using=OWNER):
        Signer.objects.using(OWNER).filter(retired_at=None).update(retired_at=at)
        written = "".join(each.public_bytes(Encoding.PEM).decode() for each in chain)
        signer, _made = Signer.objects.using(OWNER).update_or_create(
            fingerprint=fingerprint,
            defaults={"chain": written, "made_at": at, "retired_at": None},
        )
        sealed = ciphers.seal(plain, purpose=PURPOSE)
        SigningKey.objects.using(OWNER).update_or_create(signer=signer, defaults={"sealed": sealed})
    return signer


def _noted(signer: Signer, at: datetime) -> Signer:
    entries.record("signer_made", subject=("signer", signer.pk[:KNOWN_BY]), by=None, at=at)
    return signer


def _made(at: datetime) -> tuple[Key, tuple[x509.Certificate, ...]]:
    """Return a fresh key and its certificates; the authority's own key is gone with this call."""
    root_key, root = _authority(at)
    key = ec.generate_private_key(ec.SECP256R1())
    own = _built("研修证书签章（测试）", key, at).issuer_name(root.subject)
    own = own.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    use = usage(digital_signature=True, content_commitment=True)
    own = own.add_extension(use, critical=True)
    own = own.add_extension(_keeper_of(root_key), critical=False)
    return key, (own.sign(root_key, hashes.SHA256()), root)


def _authority(at: datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    draft = _built("研修证书测试签发机构", key, at)
    draft = draft.issuer_name(_name("研修证书测试签发机构"))
    draft = draft.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    draft = draft.add_extension(usage(key_cert_sign=True, crl_sign=True), critical=True)
    return key, draft.sign(key, hashes.SHA256())


def _built(name: str, key: ec.EllipticCurvePrivateKey, at: datetime) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - SLACK)
        .not_valid_after(at + LASTS)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _name(common: str) -> x509.Name:
    site = environment.text("YANXIU_SITE_NAME", "智慧研修")
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, site),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def usage(**uses: bool) -> x509.KeyUsage:
    """Return what a certificate may be used for: these uses and no other."""
    every = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
        *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**(dict.fromkeys(every, False) | uses))


def _keeper_of(key: ec.EllipticCurvePrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _password() -> bytes | None:
    """Return the second lock of the key, for places that give it to their jobs alone."""
    return environment.text("YANXIU_SIGNING_SECRET", "").encode() or None


def _locked() -> KeySerializationEncryption:
    password = _password()
    return BestAvailableEncryption(password) if password else NoEncryption()
