"""A barcode that changes by time: the card's own value, the moment, and a code of that moment
(RFC 6238, SHA-1). Google's phones draw it without a network; a till asks whether it is of now.
"""

import hashlib
import hmac
import re
import struct
from datetime import datetime
from typing import Any

from backend.passes.face import Barcode
from backend.passes.google.barcode import type_of

PERIOD_SECONDS = 30
DIGITS = 8
# Square or stacked ones hold what comes on top of the value; what a till's laser reads does not.
ROTATES = frozenset({"QR_CODE", "PDF_417"})
# One before and one after: a phone's clock, and the cashier's hand.
_STEPS = (0, -1, 1)
_SHOWN = re.compile(r"(?P<value>.+)-(?P<at>[0-9]{1,12})-(?P<code>[0-9]{8})", re.DOTALL)


def rotates(barcode: Barcode) -> bool:
    """Braces in the value would be taken for places to fill in."""
    return type_of(barcode) in ROTATES and not set(barcode.value) & set("{}")


def rotating_of(barcode: Barcode, key: bytes) -> dict[str, Any]:
    made = {
        "type": type_of(barcode),
        "valuePattern": barcode.value + "-{totp_timestamp_seconds}-{totp_value_0}",
        "alternateText": barcode.number,
        "totpDetails": {
            "algorithm": "TOTP_SHA1",
            "periodMillis": str(PERIOD_SECONDS * 1000),
            "parameters": [{"key": key.hex(), "valueLength": DIGITS}],
        },
    }
    if not barcode.value.isascii():
        made["renderEncoding"] = "UTF_8"
    return made


def value_in(shown: str) -> str | None:
    """The card's own value in what a till has read; None where it is no such barcode."""
    found = _SHOWN.fullmatch(shown)
    return found["value"] if found else None


def is_of_now(shown: str, key: bytes, now: datetime) -> bool:
    """The moment that stands in it counts for nothing: whoever copies it can write another."""
    found = _SHOWN.fullmatch(shown)
    if found is None:
        return False
    step = int(now.timestamp()) // PERIOD_SECONDS
    # Each is compared: how long it takes tells nothing.
    right = [hmac.compare_digest(code(key, step + each), found["code"]) for each in _STEPS]
    return any(right)


def code(key: bytes, step: int) -> str:
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 0xF
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"
