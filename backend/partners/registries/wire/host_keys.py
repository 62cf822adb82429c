"""The keys by which a server is known, as people copy them."""

import base64
import binascii
import hashlib
from itertools import pairwise

_FINGERPRINT = len("SHA256:") + 43


def fingerprint(text: str) -> str:
    """Of a public key as `ssh-keyscan` or a .pub file has it (`ssh-ed25519 AAAA…`), or the
    fingerprint itself. Raises ValueError."""
    text = text.strip()
    if text.startswith("SHA256:"):
        if len(text) == _FINGERPRINT and text.isascii() and " " not in text:
            return text
        raise ValueError("expected SHA256: and 43 characters, as `ssh-keygen -lf` prints it")
    words = text.split()
    for kind, blob in pairwise(words):
        if kind.startswith(("ssh-", "ecdsa-")):
            return _of_key(kind, blob)
    raise ValueError("expected ssh-ed25519 AAAA… or SHA256:…")


def _of_key(kind: str, blob: str) -> str:
    try:
        key = base64.b64decode(blob, validate=True)
    except binascii.Error:
        raise ValueError("expected ssh-ed25519 AAAA…, whole") from None
    named = len(kind).to_bytes(4, "big") + kind.encode()
    if not key.startswith(named) or len(key) < len(named) + 32:
        raise ValueError("expected ssh-ed25519 AAAA…, whole")
    digest = base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")
    return f"SHA256:{digest}"
