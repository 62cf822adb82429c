"""The codec writes what aiogram's CallbackData wrote, and reads nothing that it did not write."""

import random
from enum import StrEnum
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.tap_codec import BEYOND, MOST_BYTES, FromMinusOne, Kind, Tap, Text, Whole, YesNo
from tests.support.chat.taps import every_tap

TAPS = every_tap()


class Sample(Tap, prefix="smpl"):
    """One field of every kind."""

    id: int
    option: FromMinusOne
    on: bool
    channel: str
    sort: str = ""


class Side(StrEnum):
    FRONT = "front"


def theirs(tap: type[Tap]) -> type[CallbackData]:
    """The same frame as aiogram would have it."""
    python = {Whole: int, YesNo: bool, Text: str}
    fields = {name: python[type(kind)] for name, kind in tap.frame}
    return type("Theirs", (CallbackData,), {"__annotations__": fields}, prefix=tap.prefix)


def values_of(kind: Kind) -> st.SearchStrategy[Any]:
    if isinstance(kind, Whole):
        return st.integers(kind.smallest, 99_999)
    if isinstance(kind, YesNo):
        return st.booleans()
    printable = st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters=":")
    return st.text(printable, min_size=0 if kind.empty else 1, max_size=8)


@pytest.mark.parametrize("tap", [Sample, *TAPS], ids=lambda tap: tap.prefix)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_it_writes_and_reads_what_aiogram_does(tap: type[Tap], data: st.DataObject) -> None:
    values = {name: data.draw(values_of(kind)) for name, kind in tap.frame}
    written = tap(**values).pack()
    assert written == theirs(tap)(**values).pack()
    assert tap.unpack(written) == tap(**values)


def test_names_of_a_list_are_written_by_their_value() -> None:
    with_enum = Sample(id=1, option=-1, on=False, channel=Side.FRONT)
    assert with_enum.pack() == "smpl:1:-1:0:front:"
    assert Sample.unpack("smpl:1:-1:0:front:") == with_enum


@pytest.mark.parametrize(
    "data",
    [
        None, "", "smpl", "smpl:1:2:1:x", "smpl:1:2:1:x:y:z", "smp:1:2:1:x:", "SMPL:1:2:1:x:",
        "smpl:-1:2:1:x:", "smpl:1:-2:1:x:", "smpl:01:2:1:x:", "smpl:+1:2:1:x:", "smpl: 1:2:1:x:",
        "smpl:1_0:2:1:x:", "smpl:1.0:2:1:x:", "smpl:1e3:2:1:x:", "smpl:١:2:1:x:", "smpl:²:2:1:x:",
        "smpl::2:1:x:", "smpl:1:-:1:x:", "smpl:1:-0:1:x:", f"smpl:{BEYOND}:2:1:x:", "smpl:1:2:2:x:",
        "smpl:1:2:true:x:", "smpl:1:2::x:", "smpl:1:2:1::", "smpl:1:2:1:я:", "smpl:1:2:1:\0:",
        "smpl:1:2:1:\ud800:", "smpl:1:2:1:x\n:", f"smpl:1:2:1:{'x' * 64}:",
    ],
)  # fmt: skip
def test_what_it_cannot_have_written_is_none_of_ours(data: str | None) -> None:
    assert Sample.unpack(data) is None


def test_the_largest_number_comes_back() -> None:
    largest = Sample(id=BEYOND - 1, option=BEYOND - 1, on=True, channel="x")
    assert Sample.unpack(largest.pack()) == largest


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": -1}, {"id": BEYOND}, {"id": "1"}, {"option": -2}, {"on": 1}, {"channel": ""},
        {"channel": "a:b"}, {"channel": "я"}, {"channel": "x" * 60}, {"id": None},
    ],
)  # fmt: skip
def test_a_button_that_could_not_be_read_is_never_made(wrong: dict[str, Any]) -> None:
    good: dict[str, Any] = {"id": 1, "option": 2, "on": True, "channel": "x"}
    with pytest.raises(ValueError, match=r"expected|at most"):
        Sample(**{**good, **wrong}).pack()


def test_only_what_can_travel_is_declared() -> None:
    with pytest.raises(TypeError, match="int, bool or str"):
        type("Price", (Tap,), {"__annotations__": {"rubles": float}}, prefix="prc")


def bent(rng: random.Random, data: str) -> str:
    """One to three places of it replaced, taken out or doubled."""
    letters = list(data)
    for _ in range(rng.randrange(1, 4)):
        place = rng.randrange(len(letters) + 1)
        piece = rng.choice((":", "-", "0", "1", "x", "", "٣", "\0", "\ud800", "9" * 20, "::", " "))
        letters[place : place + rng.randrange(2)] = [piece]
    return "".join(letters)


def test_hostile_data_is_read_as_it_was_written_or_not_at_all() -> None:
    """Nothing raises, and what is taken for a tap is written back byte for byte."""
    rng = random.Random(8)
    shipped = [tap(**{name: 1 if kind == Whole() else kind.read("1") for name, kind in tap.frame})
               for tap in TAPS]  # fmt: skip
    for _ in range(20_000):
        data = bent(rng, rng.choice(shipped).pack())
        for tap in TAPS:
            read = tap.unpack(data)
            if read is not None:
                assert read.pack() == data
                assert len(data.encode()) <= MOST_BYTES
