"""No minute ever sees more requests of an operation than the endpoint allows."""

import pytest

from backend.partners.mindbox.wire.errors import RateLimited
from backend.partners.mindbox.wire.pace import Pace

KEY = ("CardsMobile.BindCard", "Wallet")


class Watch:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def sent(pace: Pace, watch: Watch, seconds: float, patience: float = 0.0) -> list[float]:
    """When requests went that come as fast as they can."""
    went, end = [], watch.now + seconds
    while watch.now < end:
        try:
            went.append(watch.now + pace.turn(KEY, patience))
        except RateLimited as refused:
            watch.now += min(refused.after, 0.05) or 0.001
    return went


def most_in_a_minute(went: list[float]) -> int:
    most, first = 0, 0
    for last, at in enumerate(went):
        while at - went[first] >= 60:
            first += 1
        most = max(most, last - first + 1)
    return most


@pytest.mark.parametrize("per_minute", [60, 8_000])
def test_no_minute_sees_more_and_most_is_used(per_minute: int) -> None:
    watch = Watch()
    went = sent(Pace(per_minute, clock=watch), watch, 200)
    assert per_minute * 0.94 <= most_in_a_minute(went) <= per_minute


def test_operations_and_endpoints_are_counted_apart() -> None:
    watch = Watch()
    pace = Pace(20, clock=watch)
    assert pace.turn(KEY, 0) == 0
    assert pace.turn(("CardsMobile.GetCustomerInfo", "Wallet"), 0) == 0
    assert pace.turn((KEY[0], "Other"), 0) == 0
    with pytest.raises(RateLimited):
        pace.turn(KEY, 0)


def test_who_has_patience_waits_for_their_turn() -> None:
    pace = Pace(61, clock=Watch())
    waits = [pace.turn(KEY, patience=4) for _ in range(6)]
    assert waits[:3] == [0, 0, 0]
    assert waits == sorted(waits)
    assert waits[5] == pytest.approx(3 * 60 / 58)
    with pytest.raises(RateLimited) as caught:
        pace.turn(KEY, patience=4)
    assert caught.value.after > 4


def test_each_refusal_waits_twice_as_long() -> None:
    watch = Watch()
    pace = Pace(clock=watch)
    waits = []
    for _ in range(9):
        waits.append(pace.refused(KEY, None, daily=False))
        with pytest.raises(RateLimited):
            pace.turn(KEY, patience=waits[-1] - 0.01)
        watch.now += waits[-1]
        assert pace.turn(KEY, patience=0) == 0
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_retry_after_is_heeded_and_a_day_is_long() -> None:
    pace = Pace(clock=Watch())
    assert pace.refused(KEY, 30, daily=False) == 30
    assert pace.refused(("other", "Wallet"), None, daily=True) == 900
    assert pace.refused(("other", "Wallet"), None, daily=True) == 1800


def test_after_a_refusal_it_is_slower_until_minutes_have_gone_well() -> None:
    watch = Watch()
    pace = Pace(600, clock=watch)
    fast = len(sent(pace, watch, 60))
    pace.refused(KEY, None, daily=False)
    watch.now += 1
    slow = len(sent(pace, watch, 60))
    assert slow < fast * 0.6
    pace.answered(KEY)
    watch.now += 61
    pace.answered(KEY)
    assert len(sent(pace, watch, 60)) > fast * 0.9


def test_imports_are_counted_by_the_hour() -> None:
    watch = Watch()
    pace = Pace(clock=watch)
    for _ in range(60):
        pace.import_turn("Wallet")
        watch.now += 10
    with pytest.raises(RateLimited) as caught:
        pace.import_turn("Wallet")
    assert caught.value.after == 3000
    pace.import_turn("Other")
    watch.now += 3000
    pace.import_turn("Wallet")
