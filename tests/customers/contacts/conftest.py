"""People with contacts."""

from collections.abc import Awaitable, Callable

import pytest

from backend.platform.context import Context
from models.customer import Customer
from tests.support.known import with_chat

NewCustomer = Callable[..., Awaitable[Customer]]


@pytest.fixture
def new_customer(ctx: Context, database: str) -> NewCustomer:
    """A customer who came to the bot."""

    async def make(telegram_id: int, language: str = "ru") -> Customer:
        customer = await Customer.create(
            language=language, data_key=ctx.vault.new_data_key(), created_at=ctx.clock()
        )
        return await with_chat(customer, telegram_id)

    return make
