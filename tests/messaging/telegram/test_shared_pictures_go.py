"""A share is revoked: the messages that show the card go, and with them the rows that say where."""

import pytest

from backend.events.cards import CardShareRevoked
from backend.messaging.channel import Handed
from backend.messaging.gated_channels import GatedChannels
from backend.messaging.handover import Handover
from backend.messaging.take_back import MOST_MESSAGES, take_back
from backend.platform.context import Context
from backend.platform.failures import TryLater
from models.card_share import CardShare, SharedMessage
from models.customer import Customer
from tests.support.edge.gates import everything_goes
from tests.support.edge.notebook import Notebook
from tests.support.factory.cards import issued_card
from tests.support.outbox import happened

pytestmark = pytest.mark.usefixtures("database")
Place = tuple[int, int, int]


class Chats:
    """Takes back what it is asked to, but for chats that it cannot reach just now."""

    def __init__(self) -> None:
        self.taken: list[Place] = []
        self.away: set[int] = set()

    async def turn(self, handover: Handover) -> None:
        """No turn."""

    async def send(self, handover: Handover) -> Handed:
        raise AssertionError("nothing is sent")

    async def take_back(self, bot_id: int, chat_id: int, message_id: int) -> None:
        if chat_id in self.away:
            raise TryLater("away")
        self.taken.append((bot_id, chat_id, message_id))


async def share_of(ctx: Context, telegram_id: int, shown: int) -> CardShare:
    """With so many messages in the chats 1, 2, …"""
    event = await issued_card(ctx, telegram_id)
    share = await CardShare.create(
        card_id=event.card_id, customer_id=event.customer_id, with_whom="group", mode="view",
        token_hash=f"{telegram_id:064d}", created_at=ctx.clock(), expires_at=ctx.clock(),
    )  # fmt: skip
    for number in range(1, shown + 1):
        await SharedMessage.create(
            share_id=share.id, customer_id=event.customer_id, bot_id=7, chat_id=number,
            message_id=30 * telegram_id + number, sent_at=ctx.clock(),
        )  # fmt: skip
    return share


async def revoked(ctx: Context, channel: object, share: CardShare, messages: str = "") -> None:
    post = GatedChannels({"telegram": channel}, everything_goes)  # type: ignore[dict-item]
    await take_back(post, ctx, happened(CardShareRevoked(share.id, messages)))


async def test_every_message_goes_the_newest_first(ctx: Context) -> None:
    mine, other = await share_of(ctx, 1, 3), await share_of(ctx, 2, 1)
    chats = Chats()
    for _ in range(2):
        await revoked(ctx, chats, mine)
    assert chats.taken == [(7, 3, 33), (7, 2, 32), (7, 1, 31)]
    assert [shown.share_id for shown in await SharedMessage.all()] == [other.id]
    assert await CardShare.all().count() == 2, "their owners are there"


async def test_an_interrupted_round_goes_on_where_it_stopped(ctx: Context) -> None:
    share = await share_of(ctx, 1, 3)
    chats = Chats()
    chats.away = {2}
    with pytest.raises(TryLater):
        await revoked(ctx, chats, share)
    assert [shown.chat_id for shown in await SharedMessage.all().order_by("id")] == [1, 2]
    chats.away = set()
    await revoked(ctx, chats, share)
    assert [chat for _, chat, _ in chats.taken] == [3, 2, 1]
    assert not await SharedMessage.exists()


async def test_what_an_earlier_version_wrote_down_goes_too(ctx: Context) -> None:
    share = await share_of(ctx, 1, 1)
    chats = Chats()
    await revoked(ctx, chats, share, "7:-100500:12,7:42:13")
    assert chats.taken == [(7, -100500, 12), (7, 42, 13), (7, 1, 31)]


async def test_the_newest_that_can_still_go_and_the_rest_is_forgotten(ctx: Context) -> None:
    share = await share_of(ctx, 1, 0)
    rows = [
        SharedMessage(
            share_id=share.id, customer_id=share.customer_id, bot_id=7, chat_id=1,
            message_id=number, sent_at=ctx.clock(),
        )
        for number in range(MOST_MESSAGES + 2)
    ]  # fmt: skip
    await SharedMessage.bulk_create(rows)
    chats = Chats()
    await revoked(ctx, chats, share)
    assert [number for _, _, number in chats.taken] == [*range(MOST_MESSAGES + 1, 1, -1)]
    assert not await SharedMessage.exists()


async def test_a_share_outlives_its_deleted_owner_until_its_messages_are_gone(
    ctx: Context,
) -> None:
    share, other = await share_of(ctx, 1, 1), await share_of(ctx, 2, 0)
    await Customer.all().update(deleted_at=ctx.clock())
    chats = Chats()
    chats.away = {1}
    with pytest.raises(TryLater):
        await revoked(ctx, chats, share)
    assert await CardShare.exists(id=share.id)
    chats.away = set()
    await revoked(ctx, chats, share)
    assert [left.id for left in await CardShare.all()] == [other.id]


async def test_where_nothing_can_be_taken_back_all_stays_for_another_time(ctx: Context) -> None:
    share = await share_of(ctx, 1, 1)
    await revoked(ctx, Notebook(), share, "7:1:1")
    await take_back(GatedChannels({}, everything_goes), ctx, happened(CardShareRevoked(share.id)))
    assert await SharedMessage.all().count() == 1
