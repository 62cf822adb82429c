"""By which channel somebody is reached and at which address, who is reached by none, and what
a channel's word that they are gone changes."""

import pytest

from backend.messaging.address import address_of
from backend.messaging.handover import Address, CardAddress, Handover, PersonAddress
from backend.messaging.leave_link import LeaveLink, leave_path, read_leave
from backend.messaging.reach import Reach, door_of, note_gone, reach, reachable
from backend.messaging.whom import Asked, Whom, whom
from backend.platform.context import Context
from backend.platform.secrets.vault import Sealed
from models.channel import ChannelName
from models.contact import Contact, ContactKind, contact_place
from models.customer import Customer
from models.identity import Identity
from models.message import Message
from tests.support.clock import StoppedClock
from tests.support.factory.customers import has_blocked, with_chat

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


@pytest.fixture
async def anna(ctx: Context, database: str) -> Customer:
    customer = await Customer.create(
        language="ru", data_key=ctx.vault.new_data_key(), created_at=ctx.clock()
    )
    return await with_chat(customer, 42)


@pytest.fixture
async def boris(ctx: Context, database: str) -> Customer:
    return await with_chat(await Customer.create(language="ru", created_at=ctx.clock()), 43)


async def test_who_has_opened_something_is_reached_there(
    ctx: Context, anna: Customer, boris: Customer
) -> None:
    unknown = await Customer.create(language="ru", created_at=ctx.clock())
    await Identity.filter(customer_id=boris.id).update(reachable_since=None)
    assert await reach(anna.id) == Reach(ChannelName.TELEGRAM, blocked=False)
    assert await reach(boris.id) is None, "somebody else brought them"
    assert await reach(unknown.id) is None
    assert await reachable({anna.id, boris.id, unknown.id}) == {anna.id}
    assert await reachable({boris.id}) == set()
    await has_blocked(anna, ctx.clock())
    assert await reach(anna.id) == Reach(ChannelName.TELEGRAM, blocked=True)
    assert await reachable({anna.id}) == {anna.id}, "for what they turn to again"


async def blocked_at(customer_id: int, channel: str) -> bool:
    return (await now(customer_id, channel)).blocked


async def now(customer_id: int, channel: str) -> Whom:
    (there,) = await whom([Asked(customer_id, door_of(channel))])
    return there


async def address(ctx: Context, of: Customer, message: Message, channel: str) -> Address | None:
    return await address_of(ctx, await now(of.id, channel), message, channel)


async def test_gone_is_noted_of_one_person_at_one_door_and_the_first_time_counts(
    ctx: Context, clock: StoppedClock, anna: Customer, boris: Customer
) -> None:
    at = ctx.clock()
    await note_gone(anna.id, "email", at)
    await note_gone(anna.id, "sms", at)
    assert not await blocked_at(anna.id, "telegram"), "a mailbox is no door"
    await note_gone(anna.id, "telegram", at)
    clock.advance(hours=1)
    await note_gone(anna.id, "telegram", ctx.clock())
    assert (await Identity.get(customer_id=anna.id)).blocked_at == at
    assert await blocked_at(anna.id, "telegram")
    assert not await blocked_at(anna.id, "email")
    assert not await blocked_at(boris.id, "telegram")
    assert (await Identity.get(customer_id=boris.id)).blocked_at is None


async def contact(ctx: Context, owner: Customer, kind: ContactKind, text: str) -> Contact:
    return await Contact.create(
        customer_id=owner.id, kind=kind, blind_index=f"{owner.id}:{text}",
        sealed=Sealed(contact_place(kind)).seal(ctx, owner, text),
        verified_at=ctx.clock(), created_at=ctx.clock(),
    )  # fmt: skip


async def test_each_channel_finds_them_at_its_own_address(ctx: Context, anna: Customer) -> None:
    await contact(ctx, anna, ContactKind.EMAIL, "anna@example.ru")
    await contact(ctx, anna, ContactKind.PHONE, "+79161234567")
    message = Message(card_id=7)
    found = {name: await address(ctx, anna, message, name) for name in ChannelName}
    assert found == {
        ChannelName.TELEGRAM: PersonAddress("42"),
        ChannelName.EMAIL: PersonAddress("anna@example.ru"),
        ChannelName.SMS: PersonAddress("+79161234567"),
        ChannelName.WALLET: CardAddress(7),
    }
    handed = [Handover(message, "ru", address) for address in found.values()]
    assert [each.person for each in handed] == ["42", "anna@example.ru", "+79161234567", None]
    assert Handover(message, "ru", None).person is None


async def test_what_is_not_confirmed_or_not_there_is_no_address(
    ctx: Context, anna: Customer, boris: Customer
) -> None:
    mail = await contact(ctx, anna, ContactKind.EMAIL, "anna@example.ru")
    message = Message(card_id=None)
    assert await address(ctx, anna, message, "wallet") is None
    assert await address(ctx, anna, message, "sms") is None
    await Contact.filter(id=mail.id).update(verified_at=None)
    assert await address(ctx, anna, message, "email") is None
    await Contact.filter(id=mail.id).update(verified_at=ctx.clock())
    await Customer.filter(id=anna.id).update(data_key=None)
    assert await address(ctx, anna, message, "email") is None, "their key is destroyed"
    await Identity.all().delete()
    assert await address(ctx, boris, message, "telegram") is None


@pytest.mark.usefixtures("database")
async def test_the_link_that_says_no_says_it_for_one_person_and_one_brand(ctx: Context) -> None:
    path = leave_path(ctx.vault, LeaveLink(17, 3))
    token = path.removeprefix("/c/")
    assert path.startswith("/c/17-3-")
    assert read_leave(ctx.vault, token) == LeaveLink(17, 3)
    signature = token.rpartition("-")[2]
    assert len(signature) == 64
    for made_up in (
        f"17-4-{signature}", f"18-3-{signature}", f"3-17-{signature}", f"17-3-{'0' * 64}",
        f"17-3-{signature.upper()}", f"17-3-{signature[:-1]}", f"017-3-{signature}"[1:] + "0",
        f"{token}\n", "", "17-3", f"17-x-{signature}", f"{'9' * 19}-3-{signature}",
    ):  # fmt: skip
        assert read_leave(ctx.vault, made_up) is None, made_up
