"""User and password of HTTP Basic (RFC 7617), in UTF-8 as 1С sends them."""

import base64
import binascii

LONGEST = 1024


def basic(header: str) -> tuple[str, str] | None:
    """None for what is no such header."""
    kind, _, told = header.partition(" ")
    if kind.lower() != "basic" or len(told) > LONGEST:
        return None
    try:
        text = base64.b64decode(told.strip(), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
    user, colon, password = text.partition(":")
    return (user, password) if colon else None
