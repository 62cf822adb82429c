"""Personal data and secrets never reach the log: masked by key and by pattern."""

import re
from typing import Any

MASK = "***"

_KEYS = re.compile(
    r"(?i)(token|authorization|password|passwd|secret|cookie|api_?key|master_?key|data_?key"
    r"|phone|e?mail|first_name|last_name|surname|patronymic|full_name|birth|profile|answers)"
)
_PATTERNS = (
    # asyncio prints the error of a task that nobody waited for, text and all.
    (re.compile(r"(?s)(\bexception=\w+)\(.*"), r"\1(…)>"),
    # A bot token, alone or in a Bot API address.
    (re.compile(r"(?<!\d)\d{5,20}:[A-Za-z0-9_-]{10,100}(?![A-Za-z0-9_-])"), MASK),
    # The text of a partner's key (backend/access/key_text.py); its public part may be read.
    (re.compile(r"\b(karman_[0-9A-Za-z]{10})_[0-9A-Za-z]{20,}"), rf"\1_{MASK}"),
    (re.compile(r"(?i)\b(bearer|basic|token)\s+[A-Za-z0-9._~+/=-]{8,}"), rf"\1 {MASK}"),
    # user:password@host of database and Redis addresses.
    (re.compile(r"(?<=://)[^\s/@]+@"), f"{MASK}@"),
    (re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), MASK),
    (re.compile(r"(?<![\d.])\+\d(?:[ ()\-]{0,2}\d){9,14}(?!\d)"), MASK),
    # A Russian number without a plus: 79161234567, 8 (916) 123-45-67.
    (re.compile(r"(?<![\d.:+-])[78](?:[ ()\-]{0,2}\d){10}(?![\d.])"), MASK),
)


def redact(text: str) -> str:
    for pattern, mask in _PATTERNS:
        text = pattern.sub(mask, text)
    return text


def redacted(value: Any) -> Any:
    """The value with every text in it masked; objects become their masked repr."""
    if isinstance(value, str):
        return redact(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return redact_keys({str(key): item for key, item in value.items()})
    if isinstance(value, list | tuple | set | frozenset):
        return [redacted(item) for item in value]
    return redact(repr(value))


def redact_keys(values: dict[str, Any]) -> dict[str, Any]:
    """Whatever stands under a telling key is masked whole."""
    return {
        key: MASK if value and _KEYS.search(key) else redacted(value)
        for key, value in values.items()
    }
