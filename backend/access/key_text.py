"""The text of a key: `karman_`, ten characters that name it, `_`, the secret, a checksum.

    karman_8fJ2kQ0aZx_2Qm…(43 characters)…s1Yw7(6 characters)

The beginning is for whoever searches texts for secrets. The checksum (CRC-32 of all before it)
tells a typo apart without asking the database. Everything is base62, so that a double click
takes all of it.
"""

import hashlib
import hmac
import re
import zlib
from dataclasses import dataclass

from backend.platform.ids import BASE62, new_base62

_BEGINNING = "karman_"
_ID = 10
# 62^43 is a little more than 2^256.
_SECRET = 43
_CHECKSUM = 6
_FORM = re.compile(
    rf"{_BEGINNING}([0-9A-Za-z]{{{_ID}}})_([0-9A-Za-z]{{{_SECRET}}})[0-9A-Za-z]{{{_CHECKSUM}}}"
)


@dataclass(frozen=True, slots=True, repr=False)
class KeyText:
    """`public_id` names the key and may be shown; `secret` never is, but once."""

    public_id: str
    secret: str

    def __repr__(self) -> str:
        return f"KeyText({self.public_id})"

    @property
    def text(self) -> str:
        body = f"{_BEGINNING}{self.public_id}_{self.secret}"
        return body + _checksum(body)

    @property
    def digest(self) -> str:
        """What is kept of the secret."""
        return hashlib.sha256(self.secret.encode()).hexdigest()

    def is_of(self, digest: str) -> bool:
        """Constant-time."""
        return hmac.compare_digest(self.digest, digest)


def new_key_text() -> KeyText:
    return KeyText(new_base62(_ID), new_base62(_SECRET))


def read_key_text(text: str) -> KeyText | None:
    """None for what was never the text of a key: another form, or a typo."""
    found = _FORM.fullmatch(text)
    if found is None or text[-_CHECKSUM:] != _checksum(text[:-_CHECKSUM]):
        return None
    return KeyText(found[1], found[2])


def _checksum(body: str) -> str:
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(_CHECKSUM):
        number, rest = divmod(number, len(BASE62))
        digits = BASE62[rest] + digits
    return digits
