"""The signature of a pass: CMS SignedData (RFC 5652), detached, RSA with SHA-256.

Everything but the time, the digest and the signature itself is the same in each, so it is put
together once. Certificates go in byte for byte: Wallet refuses what was encoded anew.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256

from backend.passes.apple.der import (
    INTEGER,
    NULL,
    OCTETS,
    OID,
    SEQUENCE,
    SET,
    TAGGED,
    UTC_TIME,
    elements,
    inside,
    tlv,
)

_DATA = bytes.fromhex("2a864886f70d010701")
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
_SIGNING_TIME = bytes.fromhex("2a864886f70d010905")
_SHA256 = tlv(SEQUENCE, tlv(OID, bytes.fromhex("608648016503040201")), NULL)
_RSA = tlv(SEQUENCE, tlv(OID, bytes.fromhex("2a864886f70d010101")), NULL)
_VERSION = tlv(INTEGER, b"\x01")
_PADDING, _HASH = PKCS1v15(), SHA256()
_TIME = b"260101000000Z"
_DIGEST = bytes(32)


def _attribute(name: bytes, value: bytes) -> bytes:
    return tlv(SEQUENCE, tlv(OID, name), tlv(SET, value))


def _attributes(at: bytes, digest: bytes) -> bytes:
    """In DER's order of a set: the shorter ones first."""
    return (
        _attribute(_CONTENT_TYPE, tlv(OID, _DATA))
        + _attribute(_SIGNING_TIME, tlv(UTC_TIME, at))
        + _attribute(_MESSAGE_DIGEST, tlv(OCTETS, digest))
    )


class Signer:
    """`chain`: certificates as DER, the signer's own first. Thread-safe."""

    def __init__(self, key: RSAPrivateKey, chain: Sequence[bytes]) -> None:
        self._sign = key.sign
        blank = _attributes(_TIME, _DIGEST)
        signed = tlv(SET, blank)
        at, digest = signed.index(_TIME), signed.rindex(_DIGEST)
        self._signed = signed[:at], signed[at + len(_TIME) : digest]
        size = key.key_size // 8
        whole = _signed_data(chain, blank, bytes(size))
        self._before = whole[: len(whole) - len(blank) - len(_RSA) - _headed(size)]
        self._after = whole[len(whole) - len(_RSA) - _headed(size) : len(whole) - size]

    def sign(self, content: bytes, at: datetime) -> bytes:
        """DER of what OpenSSL verifies as `cms -verify -binary -content …`."""
        time = _spelt(int(at.timestamp()))
        begin, middle = self._signed
        signed = b"".join((begin, time, middle, sha256(content).digest()))
        signature = self._sign(signed, _PADDING, _HASH)
        attributes = memoryview(signed)[len(begin) - _BEFORE_TIME :]
        return b"".join((self._before, attributes, self._after, signature))


@lru_cache(4)
def _spelt(second: int) -> bytes:
    return datetime.fromtimestamp(second, UTC).strftime("%y%m%d%H%M%SZ").encode()


# From the first attribute to the time, whose tag and length are the last two.
_BEFORE_TIME = _attributes(_TIME, _DIGEST).index(_TIME)


def _headed(size: int) -> int:
    return len(tlv(OCTETS, bytes(size)))


def _signed_data(chain: Sequence[bytes], attributes: bytes, signature: bytes) -> bytes:
    signer = tlv(
        SEQUENCE, _VERSION, _issuer_and_serial(chain[0]), _SHA256,
        tlv(TAGGED, attributes), _RSA, tlv(OCTETS, signature),
    )  # fmt: skip
    inner = tlv(
        SEQUENCE, _VERSION, tlv(SET, _SHA256), tlv(SEQUENCE, tlv(OID, _DATA)),
        tlv(TAGGED, *chain), tlv(SET, signer),
    )  # fmt: skip
    return tlv(SEQUENCE, tlv(OID, _SIGNED_DATA), tlv(TAGGED, inner))


def _issuer_and_serial(certificate: bytes) -> bytes:
    parts = elements(inside(elements(inside(certificate))[0]))
    if parts[0][0] == TAGGED:  # the version, which is left out of old ones
        parts = parts[1:]
    serial, _algorithm, issuer = parts[:3]
    return tlv(SEQUENCE, issuer, serial)
