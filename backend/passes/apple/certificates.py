"""Certificates that sign passes: read, put into a chain, and looked at before anybody relies on
them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from backend.passes.apple.cms import Signer

# Long enough for who has to ask Apple, and somebody who has to ask them.
WARNED = timedelta(days=60)
_LEAST_BITS = 2048
_BEGINS = b"-----BEGIN"
_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"


class CertificateRefused(ValueError):
    """What is wrong with a certificate or its key, without either."""


class Standing(StrEnum):
    GOOD = "good"
    ENDS_SOON = "ends_soon"
    OVER = "over"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class PassCertificate:
    """`type`: the pass type that it signs, `team`: whose it is. `account`: the key of the only
    account that it is for, "" for all that have none of their own. `ends`: when the first of its
    chain is over. `pem`: chain and key, by which APNs is told who asks."""

    type: str
    team: str
    account: str
    begins: datetime
    ends: datetime
    signer: Signer = field(repr=False)
    pem: bytes = field(repr=False)

    def standing(self, now: datetime) -> Standing:
        if now >= self.ends:
            return Standing.OVER
        if now < self.begins:
            return Standing.NOT_YET
        return Standing.ENDS_SOON if now >= self.ends - WARNED else Standing.GOOD

    def usable(self, now: datetime) -> bool:
        return self.begins <= now < self.ends


def read_certificate(
    content: bytes, others: bytes = b"", password: str = "", account: str = ""
) -> PassCertificate:
    """`content`: certificate and key as PEM or PKCS #12; `others`: PEM of those above it. Raises
    CertificateRefused."""
    key, given = _read(content, password)
    leaf = _signers(key, given)
    chain = _chain(leaf, [*given, *certificates_of(others)])
    return PassCertificate(
        _said(leaf, NameOID.USER_ID, "pass type"),
        _said(leaf, NameOID.ORGANIZATIONAL_UNIT_NAME, "team"),
        account,
        max(each.not_valid_before_utc for each in chain),
        min(each.not_valid_after_utc for each in chain),
        Signer(key, [each.public_bytes(Encoding.DER) for each in chain]),
        _pem(key, chain),
    )


def certificates_of(pem: bytes) -> list[x509.Certificate]:
    """Raises CertificateRefused."""
    if _CERTIFICATE not in pem:
        return []
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError:
        raise CertificateRefused("a certificate that cannot be read") from None


def _read(content: bytes, password: str) -> tuple[RSAPrivateKey, list[x509.Certificate]]:
    try:
        key, given = _opened(content, password.encode() or None)
    except CertificateRefused:
        raise
    except (ValueError, TypeError):
        expected = "certificate and key as PEM or PKCS #12, and KARMAN_APPLE_PASSWORD if it has one"
        raise CertificateRefused(f"expected {expected}") from None
    if not isinstance(key, RSAPrivateKey) or key.key_size < _LEAST_BITS:
        raise CertificateRefused("Apple signs passes with RSA keys of 2048 bits or more")
    return key, given


def _opened(content: bytes, password: bytes | None) -> tuple[object, list[x509.Certificate]]:
    if _BEGINS in content:
        return load_pem_private_key(content, password), certificates_of(content)
    found = pkcs12.load_pkcs12(content, password)
    bags = (found.cert, *found.additional_certs)
    return found.key, [each.certificate for each in bags if each is not None]


def _signers(key: RSAPrivateKey, given: Iterable[x509.Certificate]) -> x509.Certificate:
    for each in given:
        if each.public_key() == key.public_key():
            return each
    raise CertificateRefused("no certificate of this key")


def _chain(leaf: x509.Certificate, others: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    """From the leaf up to the last that is not signed by itself: phones know the root."""
    chain = [leaf]
    while issuer := next((each for each in others if _issued(each, chain[-1])), None):
        if issuer in chain or issuer.issuer == issuer.subject:
            break
        chain.append(issuer)
    if len(chain) == 1:
        raise CertificateRefused(
            "the certificate that issued it is missing (Apple's WWDR intermediate): add it to the"
            " file, or name it in KARMAN_APPLE_WWDR"
        )
    return chain


def _issued(issuer: x509.Certificate, one: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _said(leaf: x509.Certificate, name: x509.ObjectIdentifier, called: str) -> str:
    found = leaf.subject.get_attributes_for_oid(name)
    value = str(found[0].value) if found else ""
    if not value or (name == NameOID.USER_ID and not value.startswith("pass.")):
        raise CertificateRefused(f"no {called} in it: expected a Pass Type ID certificate of Apple")
    return value


def _pem(key: RSAPrivateKey, chain: Iterable[x509.Certificate]) -> bytes:
    own = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return b"".join(each.public_bytes(Encoding.PEM) for each in chain) + own
