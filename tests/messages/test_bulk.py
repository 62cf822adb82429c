"""One message to a list: in pieces, each once, also after a kill."""

from collections.abc import Sequence

import pytest

from backend.access.find_facades import login_with_id
from backend.messages.accept import BATCH, id_in_bulk
from backend.messages.cut_bulk import add_piece, begin_bulk, cut_some, drop_bulk, queue_bulk
from backend.messages.order import MessageOrder
from backend.messages.send_messages import Lane
from backend.platform.context import Context
from backend.platform.database import transaction
from models.card import Card
from models.customer import Customer
from models.facade import FacadeLogin
from models.message import Message
from models.message_purpose import MessagePurpose
from models.partner_message import (
    BulkPiece,
    BulkState,
    MessageState,
    PartnerBulk,
    PartnerMessage,
)
from tests.messages.conftest import ANNA
from tests.messages.people import Shop, facade, member
from tests.support.clock import StoppedClock
from tests.support.edge.notebook import Notebook

SALE = MessageOrder(MessagePurpose.PROMO, "Скидки")
Anna = tuple[Customer, Card]


async def queued(ctx: Context, login: FacadeLogin, phones: Sequence[str]) -> PartnerBulk:
    bulk = await begin_bulk(ctx, login)
    for at in range(0, len(phones), BATCH):
        await add_piece(ctx, bulk, phones[at : at + BATCH])
    await queue_bulk(bulk, SALE)
    return bulk


async def cut_all(ctx: Context) -> int:
    pieces = 0
    while await cut_some(ctx):
        pieces += 1
    return pieces


async def test_everybody_has_it_once(
    ctx: Context, shop: Shop, anna: Anna, lanes: tuple[Lane, Lane], notebook: Notebook
) -> None:
    """Also who stands in the list three times, in different pieces."""
    for n in range(5):
        await member(ctx, shop, 10 + n, f"+7916000000{n}")
    phones = [ANNA, *(f"+7916000000{n}" for n in range(5)), ANNA]
    phones += [f"+7999{n:07d}" for n in range(2 * BATCH)] + [ANNA]
    login = (await facade(ctx, shop)).login
    bulk = await queued(ctx, login, phones)
    assert await cut_all(ctx) == 3
    while await lanes[1].step():
        continue
    assert len(notebook.sent) == len({one.customer_id for one in notebook.sent}) == 6
    assert not await BulkPiece.exists()
    bulk = await PartnerBulk.get(id=bulk.id)
    assert (bulk.state, bulk.numbers) == (BulkState.DONE, len(phones))
    assert await PartnerMessage.filter(bulk_id=bulk.id).count() == 6 + 2 * BATCH
    row = await PartnerMessage.get(public_id=id_in_bulk(ctx, bulk.public_id, ANNA))
    assert row.state is MessageState.DELIVERED


async def test_nothing_goes_before_all_of_it_has_come(
    ctx: Context, shop: Shop, anna: Anna, clock: StoppedClock
) -> None:
    bulk = await begin_bulk(ctx, (await facade(ctx, shop)).login)
    await add_piece(ctx, bulk, [ANNA])
    assert not await cut_some(ctx)
    clock.advance(hours=2)
    assert not await cut_some(ctx)
    assert not await PartnerBulk.exists(), "its caller has gone"


async def test_the_numbers_are_sealed_and_go(ctx: Context, shop: Shop) -> None:
    bulk = await begin_bulk(ctx, (await facade(ctx, shop)).login)
    await add_piece(ctx, bulk, [ANNA])
    assert ANNA.encode() not in (await BulkPiece.get()).sealed
    await drop_bulk(bulk.id)
    assert not await BulkPiece.exists()


async def _cut_and_killed(ctx: Context) -> None:
    async with transaction():
        assert await cut_some(ctx)
        raise KeyboardInterrupt


async def test_a_piece_that_was_half_written_is_there_again(
    ctx: Context, shop: Shop, anna: Anna
) -> None:
    """As after a kill: the transaction comes to nothing."""
    await queued(ctx, (await facade(ctx, shop)).login, [ANNA])
    with pytest.raises(KeyboardInterrupt):
        await _cut_and_killed(ctx)
    assert not await PartnerMessage.exists()
    assert not await Message.filter(once__startswith="partner:").exists()
    assert await cut_all(ctx) == 1
    assert await PartnerMessage.all().count() == 1


async def test_whose_login_is_revoked_says_nothing_more(
    ctx: Context, shop: Shop, anna: Anna
) -> None:
    login = (await facade(ctx, shop)).login
    await queued(ctx, login, [ANNA])
    await FacadeLogin.filter(id=login.id).update(revoked_at=ctx.clock())
    assert await login_with_id(login.id) is None
    await cut_all(ctx)
    assert not await PartnerMessage.exists()
    assert not await BulkPiece.exists()
