"""Whatever stands twice in JSON is found, and nothing else."""

import json
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from backend.platform.keys_twice import MOST, keys_twice, may_have_keys_twice

NAMES = st.sampled_from(["a", "b", "ю", '"', "a:b", '\\"', "\\", ""])
VALUES = st.one_of(st.none(), st.booleans(), st.integers(-9, 2**64 - 1), st.floats(-9, 9), NAMES)


@st.composite
def written(draw: st.DrawFn, depth: int = 3) -> str:
    """JSON with spaces, escapes and keys as some client may write them."""
    kind = draw(st.sampled_from("vlo" if depth else "v"))
    space = draw(st.sampled_from(["", " ", "\n"]))
    if kind == "v":
        return json.dumps(draw(VALUES), ensure_ascii=draw(st.booleans()))
    parts = draw(st.lists(written(depth - 1), max_size=4))
    if kind == "l":
        return "[" + f",{space}".join(parts) + "]"
    named = [f"{_spelt(draw(NAMES), draw(st.booleans()))}{space}:{space}{part}" for part in parts]
    return "{" + f",{space}".join(named) + "}"


def _spelt(name: str, oddly: bool) -> str:
    return '"' + "".join(f"\\u{ord(c):04x}" for c in name) + '"' if oddly else json.dumps(name)


def slowly(text: str) -> int:
    """How many objects have a key twice, of those that are kept or dropped."""
    found = 0

    def made(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal found
        found += len(dict(pairs)) < len(pairs)
        return dict(pairs)

    json.loads(text, object_pairs_hook=made)
    return found


@given(written())
def test_what_stands_twice_is_found(text: str) -> None:
    data = text.encode()
    ways = list(keys_twice(data))
    assert bool(ways) == (slowly(text) > 0)
    if ways:
        assert may_have_keys_twice(data, orjson.loads(data))
    elif b"\\u0022" not in data:
        assert not may_have_keys_twice(data, orjson.loads(data))


def test_the_way_leads_there() -> None:
    data = b'{"a": [{"b": 1, "b": {"c": 1, "c": 2}}], "d": 1, "d": 1, "d": 1}'
    assert list(keys_twice(data)) == [("d",), ("a", 0, "b"), ("a", 0, "b", "c")]


def test_of_very_many_some_are_told() -> None:
    data = b"[" + b",".join([b'{"a":1,"a":2}'] * 5000) + b"]"
    assert len(list(keys_twice(data))) == MOST


def test_long_numbers_cost_nothing() -> None:
    data = b'{"a": ' + b"9" * 1_000_000 + b', "a": 1}'
    assert list(keys_twice(data)) == [("a",)]
