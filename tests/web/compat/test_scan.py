"""A list of numbers cut anywhere is read like the whole body at once."""

import contextlib

import orjson
from hypothesis import given
from hypothesis import strategies as st

from backend.web.compat.koshelek.scan import Scan
from backend.web.compat.wrong import Wrong

NUMBERS = st.lists(st.integers(10**9, 10**15 - 1), max_size=30)
# Texts with whatever could look like the list, and like its end.
TEXTS = st.text(alphabet='msidn":[]{}\\,1я', max_size=20)
PARTS = st.recursive(
    TEXTS | st.integers(-99, 99),
    lambda part: (
        st.lists(part, max_size=3)
        | st.dictionaries(st.sampled_from(["msisdn", "a"]), part, max_size=2)
    ),
)
OTHERS = st.dictionaries(TEXTS.filter(lambda name: name != "msisdn"), PARTS, max_size=4)


def scanned(data: bytes, cuts: list[int]) -> tuple[list[str], bytes]:
    scan, at, found = Scan(), 0, list[str]()
    for size in [*cuts, len(data)]:
        scan.feed(data[at : at + size])
        found += scan.take()
        at += size
    scan.end()
    return found, scan.rest


@given(OTHERS, OTHERS, NUMBERS, st.lists(st.integers(1, 40), max_size=30), st.booleans())
def test_cut_anywhere(
    before: dict[str, object], after: dict[str, object], numbers: list[int], cuts: list[int],
    spaced: bool,
) -> None:  # fmt: skip
    whole = {**before, "msisdn": numbers, **{k: v for k, v in after.items() if k not in before}}
    data = orjson.dumps(whole, option=orjson.OPT_INDENT_2 if spaced else 0)
    found, rest = scanned(data, cuts)
    assert found == [f"+{number}" for number in numbers]
    assert orjson.loads(rest) == {**whole, "msisdn": []}


@given(st.binary(max_size=200), st.lists(st.integers(1, 20), max_size=20))
def test_anything_is_read_or_refused(data: bytes, cuts: list[int]) -> None:
    with contextlib.suppress(Wrong):
        scanned(data, cuts)
