"""Fields of a caller's object, each read as it is meant."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from backend.web.compat.wrong import Wrong

Body = Mapping[str, Any]
# Controls, halves of characters, separators of lines.
_CONTROL = ("Cc", "Cs", "Zl", "Zp")


def text(body: Body, name: str, most: int, *, needed: bool = False, where: str = "") -> str:
    """Without control characters but line breaks; "" where there is none. Typographic spaces and
    what joins emoji stay. Raises Wrong."""
    value = body.get(name)
    label = f"{where}{name}"
    if value is None or value == "":
        if needed:
            raise Wrong(400, label, f"{label} is missing")
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise Wrong(400, label, f"{label} is no text")
    value = value.strip()
    if len(value) > most:
        raise Wrong(400, label, f"{label} has {len(value)} characters; expected at most {most}")
    if needed and not value:
        raise Wrong(400, label, f"{label} is empty")
    if any(unicodedata.category(sign) in _CONTROL and sign not in "\n\r\t" for sign in value):
        raise Wrong(400, label, f"{label} has control characters")
    return value


def part(body: Body, name: str) -> Body:
    """An object in the object; empty where there is none. Raises Wrong."""
    value = body.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Wrong(400, name, f"{name} is no object")
    return value


def flag(body: Body, name: str) -> bool:
    value = body.get(name)
    return value is True or (isinstance(value, str) and value.lower() == "true")


def items(body: Body, name: str, most: int, *, needed: bool = True) -> list[Any]:
    """Raises Wrong."""
    value = body.get(name)
    if value is None and not needed:
        return []
    if not isinstance(value, list):
        raise Wrong(400, name, f"{name} is no list")
    if len(value) > most:
        raise Wrong(400, name, f"{name} has {len(value)} items; expected at most {most}")
    return value


def web_address(body: Body, name: str, most: int = 512) -> str:
    """http or https; "" where there is none. Raises Wrong."""
    value = text(body, name, most)
    if value and (not value.startswith(("https://", "http://")) or " " in value):
        raise Wrong(400, name, f"{name} is no address such as https://…")
    return value
