"""What stands in the headers of an answer: what it is, and which state of it."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

JSON = "application/json"


def etag_of(value: Mapping[str, Any]) -> str:
    """Strong: another content has another one, whatever the order of its keys."""
    canonical = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    return f'"{hashlib.sha256(canonical).hexdigest()[:32]}"'


def matches(header: str, etag: str) -> bool:
    """Of If-Match and If-None-Match: `*` or a list of tags; a weak one is told from a strong."""
    named = [tag.strip() for tag in header.split(",")]
    return "*" in named or etag in named
