"""Codes as RFC 6238 has them, and what a till takes."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.passes.google.rotating import PERIOD_SECONDS, code, is_of_now, value_in

KEY = b"12345678901234567890"


# Appendix B of the RFC, SHA-1, eight digits, steps of 30 seconds.
@pytest.mark.parametrize(
    ("seconds", "right"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1234567890, "89005924"),
        (20000000000, "65353130"),
    ],
)
def test_codes_of_the_rfc(seconds: int, right: str) -> None:
    assert code(KEY, seconds // PERIOD_SECONDS) == right


def test_a_till_takes_what_is_of_now_alone() -> None:
    now = datetime(2009, 2, 13, 23, 31, 30, tzinfo=UTC)
    shown = "46-00-1234567890-89005924"
    assert value_in(shown) == "46-00"
    assert is_of_now(shown, KEY, now)
    assert is_of_now(shown, KEY, now + timedelta(seconds=PERIOD_SECONDS))
    assert not is_of_now(shown, KEY, now + timedelta(seconds=3 * PERIOD_SECONDS))
    assert not is_of_now(shown.replace("890", "990"), KEY, now + timedelta(hours=1))
    assert not is_of_now(shown, bytes(20), now)
    for other in ("4600", "4600-1-2", "4600-1234567890-٨٩005924", ""):
        assert value_in(other) is None
        assert not is_of_now(other, KEY, now)
