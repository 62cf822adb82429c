"""Ids and secrets that are not database sequences, all made here."""

import secrets
from collections.abc import Callable

NewId = Callable[[], str]


def new_token() -> str:
    """43 characters of URL-safe base64 (256 bits): for links, keys and secrets."""
    return secrets.token_urlsafe(32)
