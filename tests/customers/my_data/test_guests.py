"""What is left of a guest: nothing that names their chat, once it is of no use."""

import pytest

from backend.cards.pocket.end_shares import revoke_share
from backend.cards.share.share_card import accept_share, message_shown, share_card
from backend.customers.my_data.delete_data import delete_data
from backend.events.cards import CardShareRevoked
from backend.messaging.gated_channels import GatedChannels
from backend.messaging.take_back import take_back
from backend.platform.context import Context
from backend.platform.failures import TryLater
from backend.platform.migrate import migrate
from backend.platform.settings import load_settings
from backend.worker.keep_private import forget_all
from models.card_share import CardShare, SharedMessage, ShareMode, ShareWith
from models.customer import Customer
from models.message_purpose import MessagePurpose
from models.outbox import OutboxEvent
from tests.support.clock import StoppedClock
from tests.support.database.dump import dump_of
from tests.support.database.filling import Database
from tests.support.factory.cards import issued_card
from tests.support.factory.customers import customer_of, someone
from tests.support.outbox import happened

GUEST = 887_766_554
BOT = 7


class Eraser:
    """A channel that takes back; `away`: so many calls fail first."""

    def __init__(self) -> None:
        self.taken: list[tuple[int, int]] = []
        self.away = 0

    async def take_back(self, bot_id: int, chat_id: int, message_id: int) -> None:
        if self.away:
            self.away -= 1
            raise TryLater("away")
        self.taken.append((chat_id, message_id))


async def nobody(_customer: int, _brand: int | None, _channel: str, _: MessagePurpose) -> bool:
    return False


def post_of(eraser: Eraser) -> GatedChannels:
    return GatedChannels({"telegram": eraser}, nobody)  # type: ignore[dict-item]


@pytest.fixture
async def shown(ctx: Context, database: str) -> CardShare:
    """Анна's card, shown twice in the chat of a guest."""
    issued = await issued_card(ctx, telegram_id=1)
    anna, boris = await Customer.get(id=issued.customer_id), await someone(ctx, GUEST)
    share, token = await share_card(ctx, anna, issued.card_id, ShareWith.PERSON, ShareMode.VIEW)
    share = await accept_share(ctx, boris, token, "Борис")
    for number in (31, 32):
        assert await message_shown(ctx, share, BOT, GUEST, number)
    return share


async def traces(database: str) -> set[str]:
    """Files or tables in which the guest's id can be read."""
    dump = await dump_of(database)
    return {name for name, content in dump.items() if str(GUEST).encode() in content}


async def revoked_event(share: CardShare) -> CardShareRevoked:
    event = await OutboxEvent.filter(kind="CardShareRevoked").order_by("-id").first()
    assert event is not None
    assert event.payload == {"share_id": share.id, "messages": ""}
    return CardShareRevoked(**event.payload)


async def test_a_guest_who_is_deleted_leaves_no_id(
    ctx: Context, database: str, shown: CardShare
) -> None:
    boris = await customer_of(GUEST)
    await delete_data(ctx, boris.id)
    assert await SharedMessage.all().count() == 0
    left = await CardShare.get()
    assert (left.guest_id, left.label) == (None, None)
    if not database.startswith("sqlite"):
        assert await traces(database) == set()
    for event in await OutboxEvent.all():
        assert str(GUEST) not in str(event.payload)


async def test_what_is_taken_back_is_forgotten(ctx: Context, shown: CardShare) -> None:
    """Telegram is away at first: nothing is forgotten before it is taken away."""
    assert await revoke_share(ctx, await customer_of(1), shown.id)
    eraser, event = Eraser(), await revoked_event(shown)
    eraser.away = 1
    with pytest.raises(TryLater):
        await take_back(post_of(eraser), ctx, happened(event))
    assert await SharedMessage.all().count() == 2
    await take_back(post_of(eraser), ctx, happened(event))
    assert eraser.taken == [(GUEST, 32), (GUEST, 31)]
    assert await SharedMessage.all().count() == 0
    assert await CardShare.filter(id=shown.id).exists(), "its owner still sees that it ended"
    await take_back(post_of(eraser), ctx, happened(event))
    assert len(eraser.taken) == 2


async def test_an_owner_who_is_deleted_takes_everything_along(
    ctx: Context, shown: CardShare
) -> None:
    anna = await customer_of(1)
    await delete_data(ctx, anna.id)
    left = await CardShare.get()
    assert (left.guest_id, left.label, left.revoked_at) == (None, None, ctx.clock())
    eraser = Eraser()
    await take_back(post_of(eraser), ctx, happened(await revoked_event(shown)))
    assert len(eraser.taken) == 2
    assert await CardShare.all().count() == await SharedMessage.all().count() == 0


async def test_what_cannot_be_taken_back_is_forgotten_after_a_week(
    ctx: Context, clock: StoppedClock, shown: CardShare
) -> None:
    await delete_data(ctx, (await customer_of(1)).id)
    clock.advance(days=6)
    await forget_all(ctx, load_settings())
    assert await SharedMessage.all().count() == 2
    clock.advance(days=1, seconds=1)
    assert (await forget_all(ctx, load_settings()))["shown"] == 3
    assert await CardShare.all().count() == await SharedMessage.all().count() == 0


async def test_announcements_of_an_earlier_version_still_take_back(
    ctx: Context, shown: CardShare
) -> None:
    eraser = Eraser()
    await take_back(
        post_of(eraser), ctx, happened(CardShareRevoked(404, f"{BOT}:{GUEST}:31,{BOT}:-9:5"))
    )
    assert eraser.taken == [(GUEST, 31), (-9, 5)]


@pytest.mark.slow
@pytest.mark.sample("sqlite")
async def test_finished_announcements_of_an_earlier_version_forget(
    blank_database_url: str,
) -> None:
    database = Database(blank_database_url)
    await migrate(blank_database_url, last="0020_main_keys")
    at = "'2026-01-01 10:00:00+00:00'"
    payload = '{{"share_id": 5, "messages": "7:887766554:{n}"}}'
    events = [
        "INSERT INTO outbox_events (id, kind, payload, at, fanned_out_at) VALUES"
        f" ({n}, 'CardShareRevoked', '{payload.format(n=n)}', {at}, {at})"
        for n in (1, 2, 3)
    ]
    deliveries = [
        "INSERT INTO outbox_deliveries (id, event_id, reaction, attempts, available_at, error,"
        f" {column}) VALUES ({n}, {n}, 'take_back', 1, {at}, '', {at})"
        for n, column in ((1, "done_at"), (2, "failed_at"), (3, "dispatched_at"))
    ]
    await database.ask([*events, *deliveries, "SELECT 1"])
    await migrate(blank_database_url)
    found = await database.ask(["SELECT id, payload FROM outbox_events ORDER BY id"])
    assert [str(GUEST) in row["payload"] for row in found] == [False, False, True]
    assert all('"share_id"' in row["payload"] for row in found)
