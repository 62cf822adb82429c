"""Which addresses a text and a button may lead to."""

import re
from urllib.parse import urlsplit

from catalog.wordings.parts import TextRefused, parts_of, urls_of

LONGEST_ADDRESS = 1000
_SCHEME = re.compile(r"(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{0,31})://", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Of the web, encrypted, of a host that has a name, with no password in it; and read as one
    address wherever it stands."""
    try:
        parts = urlsplit(text)
        _port = parts.port
        whole = urls_of(parts_of(text, "ru")) == (text,)
    except (ValueError, TextRefused):
        return False
    host = parts.hostname or ""
    named = "." in host.strip(".") and not host.replace(".", "").isdigit() and ":" not in host
    return (
        whole
        and text.isprintable()
        and len(text) <= LONGEST_ADDRESS
        and text.startswith("https://")
        and "@" not in parts.netloc
        and named
    )


def other_scheme(text: str) -> str:
    """The first address in a text that begins otherwise than with https://, "" for none."""
    found = (each[1].lower() for each in _SCHEME.finditer(text) if each[1].lower() != "https")
    scheme = next(found, "")
    return f"{scheme}://" if scheme else ""
