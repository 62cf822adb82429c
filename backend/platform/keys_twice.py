"""Keys that stand twice in an object of JSON: a parser takes the last without a word."""

import json
from collections.abc import Iterator
from typing import Any

import orjson

Way = tuple[int | str, ...]
# More than anybody reads.
MOST = 100
# A quote of a text may be written so, which cannot be counted.
_HIDDEN_QUOTE = rb"\u0022"


def may_have_keys_twice(data: bytes, value: Any) -> bool:
    """Whether to look for them; `value` is what was read of `data`. What was dropped had quotes of
    its own, which are missing where the value is written again: that costs no more than reading."""
    return data.count(b'"') != orjson.dumps(value).count(b'"') or _HIDDEN_QUOTE in data


def keys_twice(data: bytes) -> Iterator[Way]:
    """The way to each, to MOST of them at least if there are so many. Raises RecursionError where
    what was dropped is nested too deeply."""
    # Numbers stay as they are written: long ones take their time.
    found = json.loads(data, object_pairs_hook=_Objects().made, parse_int=str, parse_float=str)
    level: list[tuple[Way, Any]] = [((), found)] if isinstance(found, dict | list) else []
    while level:
        below: list[tuple[Way, Any]] = []
        for way, each in level:
            if isinstance(each, _Object):
                yield from ((*way, name) for name in each.twice)
            parts = each.items() if isinstance(each, dict) else enumerate(each)
            below += [((*way, at), part) for at, part in parts if isinstance(part, dict | list)]
        level = below


class _Object(dict[str, Any]):
    twice: tuple[str, ...] = ()


class _Objects:
    """Makes objects of their pairs, and looks closely at so many that have a key twice."""

    def __init__(self) -> None:
        self._left = MOST

    def made(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) == len(pairs) or self._left <= 0:
            return found
        odd = _Object(found)
        odd.twice = _twice(pairs)
        self._left -= len(odd.twice)
        return odd


def _twice(pairs: list[tuple[str, Any]]) -> tuple[str, ...]:
    seen, found = set[str](), dict[str, None]()
    for name, _ in pairs:
        if name in seen:
            found[name] = None
        seen.add(name)
    return tuple(found)
