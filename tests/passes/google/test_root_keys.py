"""Google's root keys are asked for seldom, also by whoever sends forgeries."""

from typing import Any

import pytest

from backend.platform.failures import TryLater
from tests.passes.google.conftest import asking
from tests.passes.google.signer import Signer
from tests.support.clock import StoppedClock
from tests.support.edge.strict_google import StrictGoogle


async def test_kept_as_long_as_google_says(there: StrictGoogle, clock: StoppedClock) -> None:
    there.root_keys = Signer(clock()).keys()
    async with asking(there) as google:
        first = await google.roots.current()
        assert len(first) == 1
        for _ in range(5):
            assert await google.roots.current() == first
            assert await google.roots.current(anew=True) == first
        assert there.keys_asked == 1
        clock.advance(seconds=61)
        there.root_keys = Signer(clock()).keys()
        assert await google.roots.current() == first
        assert await google.roots.current(anew=True) != first
        clock.advance(hours=2)
        await google.roots.current()
    assert there.keys_asked == 3


async def test_what_is_known_stays_while_nothing_comes(
    there: StrictGoogle, clock: StoppedClock
) -> None:
    there.root_keys = Signer(clock()).keys()
    async with asking(there) as google:
        first = await google.roots.current()
        clock.advance(days=1)
        nonsense: list[Any] = [5, {"protocolVersion": "ECv2SigningOnly"}]
        answers: list[dict[str, Any]] = [{}, {"keys": []}, {"keys": nonsense}]
        for keys in answers:
            there.root_keys = keys
            clock.advance(minutes=2)
            assert await google.roots.current() == first
        clock.advance(days=5000)
        with pytest.raises(TryLater):
            await google.roots.current()
