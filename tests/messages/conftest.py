"""«Ромашка», Анна who carries its card, and a lane that writes down what goes out."""

import pytest

from backend.consents.gate import gate_by
from backend.messages.send_messages import Lane
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import Context
from models.card import Card
from models.customer import Customer
from tests.messages.people import Shop, make_shop, member
from tests.support.edge.notebook import Notebook

ANNA = "+79161234567"
Anna = tuple[Customer, Card]


@pytest.fixture
async def shop(database: str) -> Shop:
    return await make_shop()


@pytest.fixture
async def anna(ctx: Context, shop: Shop) -> tuple[Customer, Card]:
    return await member(ctx, shop, 1, ANNA)


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def post(notebook: Notebook, ctx: Context) -> GatedChannels:
    """With the real gate."""
    return GatedChannels({"telegram": notebook}, gate_by(ctx.clock))


@pytest.fixture
def lanes(ctx: Context, post: GatedChannels) -> tuple[Lane, Lane]:
    """What somebody waits for, and advertising."""
    return Lane(ctx, post, promo=False), Lane(ctx, post, promo=True)
