"""A chain of certificates like Apple's, of one's own: no phone takes its passes, everything else
does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shlex import quote

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

TYPE, TEAM = "pass.example.karman", "KARMANDEV1"
ENV = "env"
_YEARS = timedelta(days=3650)
_YEAR = timedelta(days=365)
_EARLIER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DevChain:
    """PEM files by what is in them; `signer` is certificate and key."""

    root: bytes
    intermediate: bytes
    signer: bytes


def dev_files(folder: Path, now: datetime) -> dict[str, bytes]:
    """Files for a folder by their names; `env` holds the settings that name them. APNs knows none
    of these certificates: it is not asked."""
    chain = make_chain(now)
    named = {
        "KARMAN_APPLE_PASSES": str(folder / "pass.pem"),
        "KARMAN_APPLE_WWDR": str(folder / "wwdr.pem"),
        "KARMAN_APNS_URL": "",
    }
    env = "".join(f"{name}={quote(value) if value else ''}\n" for name, value in named.items())
    return {
        "root.pem": chain.root,
        "wwdr.pem": chain.intermediate,
        "pass.pem": chain.signer,
        ENV: env.encode(),
    }


@dataclass(frozen=True, slots=True)
class _Authority:
    certificate: x509.Certificate
    key: RSAPrivateKey


def make_chain(
    now: datetime, *, type_: str = TYPE, team: str = TEAM, lasts: timedelta = _YEAR
) -> DevChain:
    """New keys each time."""
    root = _authority("Karman Development Root", None, now)
    middle = _authority("Karman Development Relations", root, now)
    key = generate_private_key(65537, 2048)
    subject = [
        x509.NameAttribute(NameOID.USER_ID, type_),
        x509.NameAttribute(NameOID.COMMON_NAME, f"Pass Type ID: {type_}"),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, team),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Karman"),
    ]
    leaf = _signed(x509.Name(subject), key, middle, now - _EARLIER, now + lasts, path=None)
    own = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return DevChain(_pem(root.certificate), _pem(middle.certificate), _pem(leaf) + own)


def _authority(name: str, above: _Authority | None, now: datetime) -> _Authority:
    key = generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    path = 1 if above is None else 0
    made = _signed(subject, key, above, now - _EARLIER, now + _YEARS, path=path)
    return _Authority(made, key)


def _signed(
    subject: x509.Name,
    key: RSAPrivateKey,
    above: _Authority | None,
    begins: datetime,
    ends: datetime,
    *,
    path: int | None,
) -> x509.Certificate:
    """`path`: how many authorities may stand below it; None of what is no authority."""
    issuer = subject if above is None else above.certificate.subject
    ours = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    signing = key if above is None else above.key
    theirs = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(path is not None, path), critical=True)
        .add_extension(_usage(authority=path is not None), critical=True)
        .add_extension(ours, critical=False)
        .add_extension(theirs, critical=False)
    )
    return made.sign(signing, SHA256())


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)
