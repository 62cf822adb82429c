"""What Google tells by itself: a card was saved, or removed.

Signed after ECv2SigningOnly
(https://developers.google.com/pay/api/web/guides/resources/payment-data-cryptography): a root key
signs a key that holds for days, that one signs the message. What is signed are parts, each with its
length in bytes before it.
"""

import base64
import binascii
import struct
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

PROTOCOL = "ECv2SigningOnly"
SENDER = "GooglePayPasses"
LARGEST = 16 * 1024
_MOST_SIGNATURES = 10
_LONGEST_NONCE = 200
_ECDSA = ec.ECDSA(hashes.SHA256())


class NotGoogles(Exception):
    """Not signed by Google, over, or not for us. The text names the step, and quotes nothing."""


class Told(StrEnum):
    SAVED = "save"
    REMOVED = "del"


@dataclass(frozen=True, slots=True)
class RootKey:
    key: ec.EllipticCurvePublicKey = field(repr=False)
    ends: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """`serial` of the card; `nonce` comes once."""

    issuer: str
    serial: str
    told: Told
    nonce: str
    ends: datetime


def read_callback(
    body: bytes, roots: Sequence[RootKey], issuers: Collection[str], now: datetime
) -> Heard:
    """Raises NotGoogles."""
    if len(body) > LARGEST:
        raise NotGoogles("too large")
    said = _object(body)
    message = _text(said, "signedMessage")
    if said.get("protocolVersion") != PROTOCOL:
        raise NotGoogles("another protocol")
    key = _intermediate(said.get("intermediateSigningKey"), roots, now)
    signature = _bytes(_text(said, "signature"))
    for issuer in issuers:
        if _verified(key, signature, packed(SENDER, issuer, PROTOCOL, message)):
            return _heard(_object(message.encode()), issuer, now)
    raise NotGoogles("the message is not signed, or for somebody else")


def packed(*parts: str) -> bytes:
    encoded = [part.encode() for part in parts]
    return b"".join(struct.pack("<I", len(part)) + part for part in encoded)


def public_key(text: str) -> ec.EllipticCurvePublicKey:
    """Base64 of a DER key. Raises NotGoogles."""
    try:
        key = load_der_public_key(_bytes(text))
    except ValueError:
        raise NotGoogles("a key that is none") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise NotGoogles("a key of another kind")
    return key


def moment(milliseconds: Any) -> datetime:
    """Of a number, or a text that is one. Raises NotGoogles."""
    text = str(milliseconds)
    if isinstance(milliseconds, bool) or not (text.isascii() and text.isdigit() and len(text) < 15):
        raise NotGoogles("a time that is none")
    return datetime.fromtimestamp(int(text) / 1000, UTC)


def _intermediate(said: Any, roots: Sequence[RootKey], now: datetime) -> ec.EllipticCurvePublicKey:
    if not isinstance(said, dict) or not isinstance(said.get("signatures"), list):
        raise NotGoogles("no key of its own")
    text = _text(said, "signedKey")
    signed = packed(SENDER, PROTOCOL, text)
    given = [each for each in said["signatures"][:_MOST_SIGNATURES] if isinstance(each, str)]
    if not any(
        _verified(root.key, _bytes(each), signed)
        for root in roots
        if root.ends > now
        for each in given
    ):
        raise NotGoogles("its key is not signed by a root key")
    told = _object(text.encode())
    if moment(told.get("keyExpiration")) <= now:
        raise NotGoogles("its key is over")
    return public_key(_text(told, "keyValue"))


def _heard(said: Mapping[str, Any], issuer: str, now: datetime) -> Heard:
    ends, nonce = moment(said.get("expTimeMillis")), _text(said, "nonce")
    if ends <= now:
        raise NotGoogles("it is over")
    whose, _, serial = _text(said, "objectId").partition(".")
    if whose != issuer or not serial or not 0 < len(nonce) <= _LONGEST_NONCE:
        raise NotGoogles("a card of somebody else")
    try:
        told = Told(_text(said, "eventType"))
    except ValueError:
        raise NotGoogles("another event") from None
    return Heard(issuer, serial, told, nonce, ends)


def _verified(key: ec.EllipticCurvePublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed, _ECDSA)
    except InvalidSignature:
        return False
    return True


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise NotGoogles("no JSON") from None
    if not isinstance(told, dict):
        raise NotGoogles("no object")
    return told


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str):
        raise NotGoogles(f"no {name}")
    return value


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotGoogles("no Base64") from None
