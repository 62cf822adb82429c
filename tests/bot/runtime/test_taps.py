"""Buttons in old messages: what they carry never changes and always fits."""

import pytest

from bot.start_link import StartLink, make_start, parse_start, source_of
from bot.tap_codec import Tap, Text, YesNo
from bot.taps.pocket import OpenCard
from tests.support.chat.taps import every_tap

# The largest numbers that can come up in years.
FEW = dict.fromkeys(("page", "step", "option", "ticks", "channels"), 9999)
MANY = dict.fromkeys(("id", "card", "customer", "application"), 10**12)
SOME = 10**8  # accounts, offers, documents: whatever a marketer makes


def filled(tap: type[Tap]) -> Tap:
    """With the longest values that can come up."""
    values = {
        name: True
        if isinstance(kind, YesNo)
        else "x" * 16
        if isinstance(kind, Text)
        else FEW.get(name) or MANY.get(name) or SOME
        for name, kind in tap.frame
    }
    return tap(**values)


@pytest.mark.parametrize("tap", every_tap(), ids=lambda tap: tap.__name__)
def test_a_tap_fits_and_comes_back_as_it_was(tap: type[Tap]) -> None:
    packed = filled(tap).pack()
    assert len(packed.encode()) <= 64
    assert tap.unpack(packed) == filled(tap)


def test_messages_of_the_worker_open_a_card() -> None:
    assert OpenCard(id=12).pack() == "card:12"


def test_what_a_start_link_says() -> None:
    assert parse_start("o12") == StartLink(12, "")
    assert parse_start("o12-insta_gram-2") == StartLink(12, "insta_gram-2")
    assert parse_start("office") == StartLink(None, "office")
    assert parse_start("не наше") == StartLink()
    assert source_of("/start o12-qr") == "qr"
    assert source_of("/start@karman_bot qr") == "qr"
    assert source_of("/start") == source_of("привет") == ""


def test_a_start_link_always_fits() -> None:
    assert parse_start(make_start(12, "qr")) == StartLink(12, "qr")
    assert make_start(12) == "o12"
    assert make_start(12, "с плаката") == make_start(12, "x" * 64) == "o12"
