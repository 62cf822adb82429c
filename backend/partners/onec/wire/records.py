"""JSON of 1С's: a list of records, or an object with one, into an object on each line."""

import json
from collections.abc import Iterator
from typing import Any

from backend.partners.onec.wire.kinds import Kind

MOST = 10_000


class NotRecords(ValueError):
    """What is wrong, and what was expected."""

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected


def lines(kind: Kind, data: bytes) -> Iterator[bytes]:
    """One line for each record, in their order. Raises NotRecords before the first."""
    found = _records(kind, data)
    return (_line(kind, each) for each in found)


def _records(kind: Kind, data: bytes) -> list[Any]:
    try:
        told = json.loads(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except UnicodeDecodeError:
        raise NotRecords("is not UTF-8", "JSON in UTF-8") from None
    except (ValueError, RecursionError):
        raise NotRecords("is not JSON", "a list of records") from None
    if isinstance(told, dict):
        told = told.get(kind.name)
    if not isinstance(told, list):
        raise NotRecords("holds no records", f'a list, or an object with "{kind.name}"')
    if len(told) > MOST:
        raise NotRecords(f"has {len(told)} records", f"at most {MOST} at once")
    return told


def _line(kind: Kind, record: Any) -> bytes:
    if not isinstance(record, dict):
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    named = {kind.column(str(name)): value for name, value in record.items()}
    read = {name: _value(kind, name, value) for name, value in named.items()}
    return json.dumps(read, ensure_ascii=False).encode() + b"\n"


def _value(kind: Kind, name: str, value: Any) -> Any:
    return kind.value(name, value) if isinstance(value, str) else value
