"""Certificates are looked at before anybody relies on them; what is wrong is said without them."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as ec_key
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)

from backend.passes.apple.certificates import (
    WARNED,
    CertificateRefused,
    Standing,
    certificates_of,
    read_certificate,
)
from backend.passes.apple.dev_chain import TEAM, TYPE
from tests.passes.apple.chain import MADE, certificate, chain

KEY = chain().signer[chain().signer.index(b"-----BEGIN PRIVATE") :]
LEAF = chain().signer[: chain().signer.index(b"-----BEGIN PRIVATE")]


def test_type_and_team_are_the_certificates_own() -> None:
    assert (certificate().type, certificate().team) == (TYPE, TEAM)
    assert b"PRIVATE" not in repr(certificate()).encode()


def test_it_is_warned_of_long_before_it_is_over() -> None:
    ends = certificate().ends
    assert certificate().standing(ends - WARNED - timedelta(days=1)) is Standing.GOOD
    assert certificate().standing(ends - WARNED) is Standing.ENDS_SOON
    assert certificate().standing(ends) is Standing.OVER
    assert certificate().standing(MADE - timedelta(days=2)) is Standing.NOT_YET
    assert not certificate().usable(ends)


def test_everything_in_one_file_in_any_order() -> None:
    whole = chain().root + chain().intermediate + KEY + LEAF
    assert read_certificate(whole).type == TYPE
    # The root is what phones have themselves.
    assert read_certificate(whole).pem.count(b"BEGIN CERTIFICATE") == 2


def test_pkcs12_with_a_password() -> None:
    key, leaf = load_pem_private_key(KEY, None), certificates_of(LEAF)[0]
    assert isinstance(key, RSAPrivateKey)
    packed = pkcs12.serialize_key_and_certificates(
        b"pass",
        key,
        leaf,
        None,
        BestAvailableEncryption(b"secret"),
    )
    assert read_certificate(packed, chain().intermediate, "secret").type == TYPE
    with pytest.raises(CertificateRefused, match="KARMAN_APPLE_PASSWORD"):
        read_certificate(packed, chain().intermediate, "other")


def refused(content: bytes, others: bytes = b"") -> str:
    with pytest.raises(CertificateRefused) as told:
        read_certificate(content, others)
    return str(told.value)


def test_what_is_wrong_is_said() -> None:
    assert "WWDR" in refused(chain().signer)
    assert "WWDR" in refused(chain().signer, chain().root)
    assert "expected certificate and key" in refused(LEAF, chain().intermediate)
    assert "expected certificate and key" in refused(b"\x30\x01nothing")
    assert "no certificate of this key" in refused(KEY + chain().intermediate)
    assert "cannot be read" in refused(
        KEY + b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    )
    other = ec_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    assert "RSA" in refused(LEAF + other)
