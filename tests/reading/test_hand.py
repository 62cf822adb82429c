"""The bot holds so many files at once, and so much of them, and no more."""

import pytest

from backend.reading.hand import MOST_BYTES, MOST_FILES, Hand
from backend.reading.turns import Busy


def test_a_person_holds_two_and_all_of_them_a_bounded_number() -> None:
    hand = Hand()
    with hand.hold(1, 10), hand.hold(1, 10), pytest.raises(Busy), hand.hold(1, 10):
        pass
    held = [hand.hold(who, 10) for who in range(MOST_FILES)]
    for each in held:
        each.__enter__()
    with pytest.raises(Busy), hand.hold(99, 10):
        pass
    held[0].__exit__(None, None, None)
    with hand.hold(99, 10):
        pass


def test_bytes_count_too_and_are_given_back_after_a_failure() -> None:
    hand = Hand()
    with pytest.raises(ZeroDivisionError), hand.hold(1, MOST_BYTES):
        raise ZeroDivisionError
    with hand.hold(1, MOST_BYTES), pytest.raises(Busy), hand.hold(2, 1):
        pass
    with hand.hold(2, MOST_BYTES):
        pass
