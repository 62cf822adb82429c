"""People with contacts, and a way out to the gateways of the tests."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import ClientSession

from backend.platform.context import Context
from backend.platform.http import open_http
from models.customer import Customer

NewCustomer = Callable[..., Awaitable[Customer]]


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with open_http(loopback=True) as session:
        yield session


@pytest.fixture
def new_customer(ctx: Context, database: str) -> NewCustomer:
    """A customer who came to the bot."""

    async def make(telegram_id: int, language: str = "ru") -> Customer:
        return await Customer.create(
            telegram_id=telegram_id,
            language=language,
            data_key=ctx.vault.new_data_key(),
            created_at=ctx.clock(),
        )

    return make
