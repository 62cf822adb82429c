"""Buttons in messages of last year: what they carry is still read, and read as it was meant.

`taps_shipped.txt` has one line for each tap that was ever in a message: its prefix, its fields
with their kinds in their order, and what two of its buttons carried, as they were recorded.
"""

from pathlib import Path
from typing import Any

import pytest

from bot.groups import answer_outside
from bot.handlers.registry import ROUTERS
from bot.handlers.share.share_group import family_in_group
from bot.tap_codec import Kind, Tap, Text, Whole, YesNo
from bot.tapped import Tapped
from bot.taps.share import GroupShow
from tests.support.chat.taps import every_tap

SHIPPED = Path(__file__).with_name("taps_shipped.txt")
LINES = SHIPPED.read_text(encoding="utf-8").splitlines()
TAPS = {tap.prefix: tap for tap in every_tap()}
# Answered before any router is asked: groups are kept away from them.
IN_GROUPS = {GroupShow: (answer_outside, family_in_group)}


def kind_name(kind: Kind) -> str:
    if isinstance(kind, Whole):
        return "int" if kind.smallest == 0 else f"int>={kind.smallest}"
    if isinstance(kind, YesNo):
        return "bool"
    return "str?" if kind.empty else "str"


def some(kind: Kind, place: int) -> Any:
    """Another value at each place, so that two fields that changed places are noticed."""
    if isinstance(kind, Text):
        return f"x{place}"
    return True if isinstance(kind, YesNo) else 11 + place


def least(kind: Kind) -> Any:
    if isinstance(kind, Text):
        return "" if kind.empty else "a"
    return False if isinstance(kind, YesNo) else kind.smallest


def samples(tap: type[Tap]) -> list[Tap]:
    return [
        tap(**{name: some(kind, place) for place, (name, kind) in enumerate(tap.frame)}),
        tap(**{name: least(kind) for name, kind in tap.frame}),
    ]


def line_of(tap: type[Tap]) -> str:
    """`cstar id:int on:bool = cstar:11:1 cstar:0:0`"""
    fields = [f"{name}:{kind_name(kind)}" for name, kind in tap.frame]
    carried = dict.fromkeys(sample.pack() for sample in samples(tap))
    return " ".join([tap.prefix, *fields, "=", *carried])


def test_what_was_shipped_is_still_read() -> None:
    """A prefix, an order or a kind that changed makes old buttons dead, or does something else."""
    now = {line_of(tap) for tap in TAPS.values()}
    assert len(LINES) > 100
    for line in LINES:
        assert line in now, (
            f"{line!r} is in old messages: leave that tap as it was in bot/taps, and give what "
            f"you need now a tap of its own with a prefix of its own"
        )


def test_a_new_tap_is_written_down_before_it_is_shipped() -> None:
    missing = [line_of(tap) for tap in TAPS.values() if line_of(tap) not in LINES]
    assert not missing, (
        f"from the first message on, a tap never changes: add to the end of {SHIPPED.name}\n"
        + "\n".join(missing)
    )


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split()[0])
def test_recorded_buttons_are_read_and_written_byte_for_byte(line: str) -> None:
    declared, _, recorded = line.partition(" = ")
    tap = TAPS[declared.split()[0]]
    for data, expected in zip(recorded.split(), samples(tap), strict=False):
        read = tap.unpack(data)
        assert read == expected
        assert expected.pack() == data


def answered() -> dict[type[Tap], str]:
    """The taps that a handler of the bot waits for, and the area of the handler."""
    return {
        one.callback.tap: handler.callback.__module__.split(".")[2]
        for router in ROUTERS
        for handler in router.callback_query.handlers
        for one in handler.filters or ()
        if isinstance(one.callback, Tapped)
    }


def test_every_shipped_tap_has_a_handler() -> None:
    known = answered()
    for line in LINES:
        tap = TAPS[line.split()[0]]
        assert tap in known or tap in IN_GROUPS, (
            f"buttons in old messages carry {tap.__name__}: a handler answers it, if only by "
            f"the screen that has taken its place"
        )


def test_a_tap_and_its_handler_have_one_area() -> None:
    for tap, area in answered().items():
        assert tap.__module__ == f"bot.taps.{area}", (
            f"{tap.__name__} is answered in bot/handlers/{area}: declare it in bot/taps/{area}.py"
        )


def test_no_two_taps_share_a_prefix() -> None:
    assert len(TAPS) == len(every_tap())
