"""«Лавка» with a brand, and an offer of it that people see."""

import pytest

from backend.brands.reference_lists import write_reference_lists
from backend.brands.save_offer import save_offer
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.tenant import Scope
from tests.brands.offers.entries import WHICH, offer
from tests.support.factory.brands import make_account, make_brand, make_program


@pytest.fixture
async def lavka(database: str) -> Scope:
    async with transaction():
        await write_reference_lists()
    account = await make_account("lavka")
    await make_brand(await make_program(account, "lavka-card"), "lavka")
    return Scope.of([account.id])


@pytest.fixture
async def published(lavka: Scope, ctx: Context) -> Scope:
    await save_offer(ctx, lavka, *WHICH, offer("published"))
    return lavka
