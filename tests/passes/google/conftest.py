"""Google, served on this machine, and how it is asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from backend.passes.google.settings import Google, open_google
from backend.platform.settings import Settings, load_settings
from tests.passes.google.account import EMAIL, ISSUER, key, key_file
from tests.support.clock import StoppedClock
from tests.support.edge.strict_google import StrictGoogle


@pytest.fixture
def there(clock: StoppedClock) -> StrictGoogle:
    return StrictGoogle(ISSUER, EMAIL, key().public_key(), clock)


def settings_for(url: str, *, per_second: float = 1000.0) -> Settings:
    return load_settings(
        google_passes=f"{ISSUER}:{key_file(f'{url}/token')}",
        google_api_url=url,
        google_pay_url=url,
        google_per_second=per_second,
        base_url="https://karman.example",
    )


@asynccontextmanager
async def asking(there: StrictGoogle) -> AsyncIterator[Google]:
    async with there.serving() as url, open_google(settings_for(url), there.clock) as way:
        yield way
