"""Google's hand in the tests: it signs callbacks as ECv2SigningOnly has it."""

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.passes.google.account import ISSUER

PROTOCOL, SENDER = "ECv2SigningOnly", "GooglePayPasses"


def _parts(*parts: str) -> bytes:
    """Written from the description alone, and apart from what is tested."""
    made = bytearray()
    for part in parts:
        made += len(part.encode("utf-8")).to_bytes(4, "little") + part.encode("utf-8")
    return bytes(made)


def _millis(at: datetime) -> str:
    return str(int(at.timestamp() * 1000))


@dataclass
class Signer:
    """One root key, and one that it has signed."""

    now: datetime
    root: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    own: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def keys(self, ends: timedelta = timedelta(days=3650)) -> dict[str, Any]:
        """As Google publishes them, with one of another protocol."""
        known = {"keyValue": _public(self.root), "keyExpiration": _millis(self.now + ends)}
        other = {"keyValue": "AAAA", "protocolVersion": "ECv1"}
        return {"keys": [other, {**known, "protocolVersion": PROTOCOL}]}

    def callback(
        self,
        serial: str,
        event: str = "save",
        nonce: str = "40a8e5af-5b7f-4ea4-b152-63d96858550e",
        *,
        recipient: str = ISSUER,
        sender: str = SENDER,
        key_ends: timedelta = timedelta(days=7),
        **more: Any,
    ) -> dict[str, Any]:
        key = orjson.dumps(
            {"keyValue": _public(self.own), "keyExpiration": _millis(self.now + key_ends)}
        ).decode()
        message = orjson.dumps(
            {
                "classId": f"{ISSUER}.pryanik-club",
                "objectId": f"{ISSUER}.{serial}",
                "eventType": event,
                "expTimeMillis": int(_millis(self.now + timedelta(hours=1))),
                "count": 1,
                "nonce": nonce,
            }
            | more
        ).decode()
        return {
            "signature": _signed(self.own, _parts(sender, recipient, PROTOCOL, message)),
            "intermediateSigningKey": {
                "signedKey": key,
                "signatures": [_signed(self.root, _parts(sender, PROTOCOL, key))],
            },
            "protocolVersion": PROTOCOL,
            "signedMessage": message,
        }


def _public(key: ec.EllipticCurvePrivateKey) -> str:
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


def _signed(key: ec.EllipticCurvePrivateKey, data: bytes) -> str:
    return base64.b64encode(key.sign(data, ec.ECDSA(hashes.SHA256()))).decode()
