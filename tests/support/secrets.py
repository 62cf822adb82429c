"""What a person typed, in every form in which it might lie somewhere."""

import base64
import json
from collections.abc import Iterable


def forms_of(value: str) -> dict[str, bytes]:
    """Encodings and escapes by name."""
    escaped = json.dumps(value)[1:-1]
    return {
        "utf-8": value.encode(),
        "utf-16-le": value.encode("utf-16-le"),
        "utf-16-be": value.encode("utf-16-be"),
        "cp1251": value.encode("cp1251", "replace") if "?" not in value else value.encode(),
        "json": escaped.encode(),
        "json upper": escaped.upper().replace("\\U", "\\u").encode(),
        "python": ascii(value)[1:-1].encode(),
        "hex": value.encode().hex().encode(),
        "hex utf-16": value.encode("utf-16-le").hex().encode(),
        "base64": base64.b64encode(value.encode()).rstrip(b"="),
        "lower": value.lower().encode(),
        "upper": value.upper().encode(),
    }


def found_in(content: bytes, values: Iterable[str]) -> list[tuple[str, str]]:
    """(value, form) of everything that can be read in `content`."""
    low = content.lower()
    return [
        (value, form)
        for value in values
        for form, text in forms_of(value).items()
        if text in content or text.lower() in low
    ]
