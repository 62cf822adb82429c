"""karman doctor asks Google itself whether cards may be made."""

from datetime import UTC, datetime

import pytest

from backend.cli.verbs.keeping.doctor import Look, Wrong, _google_wallet
from backend.platform.settings import Settings, load_settings
from tests.passes.google.account import EMAIL, ISSUER, key
from tests.passes.google.conftest import settings_for
from tests.support.edge.strict_google import StrictGoogle


async def test_nothing_is_set() -> None:
    assert "KARMAN_GOOGLE_PASSES is not set" in await _google_wallet(load_settings())


def there(issuer: str = ISSUER, email: str = EMAIL) -> StrictGoogle:
    return StrictGoogle(issuer, email, key().public_key(), lambda: datetime.now(UTC))


async def test_what_google_says() -> None:
    async with there().serving() as url:
        assert await _google_wallet(settings_for(url)) == ISSUER
        plain = Settings.model_validate(settings_for(url).model_dump() | {"base_url": url})
        with pytest.raises(Look, match="no https"):
            await _google_wallet(plain)


@pytest.mark.parametrize(
    "refuses", [there(issuer="3388000000000000001"), there(email="x@y.example")]
)
async def test_what_google_refuses(refuses: StrictGoogle) -> None:
    async with refuses.serving() as url:
        with pytest.raises(Wrong, match=f"issuer {ISSUER}: Google refuse"):
            await _google_wallet(settings_for(url))
    with pytest.raises(Wrong, match="Google"):
        await _google_wallet(settings_for(url))
