"""Secrets and signatures as Standard Webhooks has them (standardwebhooks.com)."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

_BEGINNING = "whsec_"


def spelled(secret: bytes) -> str:
    """As it is shown to whoever verifies: `whsec_` and base64."""
    return _BEGINNING + base64.b64encode(secret).decode()


def signed_headers(
    secrets: Sequence[bytes], message_id: str, now: datetime, body: str
) -> dict[str, str]:
    """A signature by each secret, the newest first: while a secret is rotated, either verifies."""
    stamp = str(int(now.timestamp()))
    told = f"{message_id}.{stamp}.{body}".encode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(_signature(secret, told) for secret in secrets),
    }


def _signature(secret: bytes, told: bytes) -> str:
    digest = hmac.new(secret, told, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"
