"""What stands beside the answers about advertising is what it is made of, whoever changes that and
in whichever order they commit; and what is counted by it is what is counted and sent without it."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from backend.campaigns.audiences.place_answers import BATCH, place, place_answers
from backend.campaigns.collect_campaign import count_people as written_down
from backend.consents.record import take_turn
from backend.customers.my_data.delete_data import delete_data
from backend.customers.person.block import block, unblock
from backend.customers.person.choose import choose_city
from backend.customers.person.meet import in_telegram
from backend.messaging.reach import note_gone
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.secrets.vault import Sealed
from backend.segments import audience as counting
from backend.segments.audience import Audience, Caps, count_capped, count_people
from backend.segments.placed import all_placed, misplaced
from backend.segments.where import Tree
from backend.segments.whose import whose
from models.campaign import Campaign
from models.channel import ChannelName
from models.city import City
from models.consent_state import ConsentState
from models.contact import Contact, ContactKind, contact_place
from models.customer import Customer
from models.identity import Identity
from tests.support.factory.agreeing import Agreed, agreed
from tests.support.factory.customers import someone, with_chat
from tests.support.machine.waiting import until

KEYS = ("kazan", "ufa")
CHANNELS = (
    (ChannelName.TELEGRAM,), (ChannelName.EMAIL,), (ChannelName.SMS,), (ChannelName.WALLET,),
    (ChannelName.TELEGRAM, ChannelName.EMAIL), (ChannelName.EMAIL, ChannelName.SMS),
)  # fmt: skip
IN_KAZAN: Tree = {"field": "city", "in": ["kazan"]}
TREES: tuple[Tree | None, ...] = (
    None, IN_KAZAN, {"not": IN_KAZAN}, {"all": [IN_KAZAN, {"field": "card", "is": "has_not"}]},
    {"any": [IN_KAZAN, {"field": "consent", "in": ["email"]}]},
)  # fmt: skip


async def cities() -> list[City]:
    return [
        await City.create(
            key=key, name_ru=key, name_en=key, lat=1, lon=1, population=1, timezone="Asia/Omsk"
        )
        for key in KEYS
    ]


async def wrong() -> list[tuple[int, bool]]:
    return [each async for each in misplaced()]


async def step(ctx: Context, chance: random.Random, at: Agreed, places: list[City]) -> None:
    """Something that happens to somebody."""
    person = chance.choice(await Customer.filter(deleted_at__isnull=True))
    chat = in_telegram(1000 + person.id)
    now = ctx.clock()
    match chance.randrange(9):
        case 0:
            channels = chance.sample(("telegram", "email", "sms"), chance.randint(0, 3))
            ctx = replace(ctx, clock=lambda: now.replace(microsecond=chance.randrange(10**6)))
            here = (at.account, at.program, at.brand)
            await agreed(ctx, here, channels=tuple(channels), customer=person)
        case 1:
            await choose_city(person, chance.choice([None, *(each.id for each in places)]))
        case 2:
            await block(ctx, chat)
        case 3:
            await unblock(ctx, chat)
        case 4:
            await note_gone(person.id, "telegram", now)
        case 5:
            if not await Identity.exists(customer_id=person.id):
                await with_chat(person, 1000 + person.id)
        case 6 | 7:
            await _contact(ctx, chance, person)
        case _:
            if chance.random() < 0.2:
                await delete_data(ctx, person.id)


async def _contact(ctx: Context, chance: random.Random, person: Customer) -> None:
    now = ctx.clock()
    kind = chance.choice(list(ContactKind))
    proven = chance.choice([None, now])
    found = Contact.filter(customer_id=person.id, kind=kind)
    if not await found.exists():
        await Contact.create(
            customer=person, kind=kind, blind_index=f"{kind}{person.id}",
            sealed=Sealed(contact_place(kind)).seal(ctx, person, "x"), verified_at=proven,
            created_at=now,
        )  # fmt: skip
    elif chance.random() < 0.7:
        await found.update(verified_at=proven)
    else:
        await found.delete()


@pytest.mark.parametrize("seed", range(2))
async def test_the_quick_count_is_the_slow_one_and_what_is_written_down(
    database: str, ctx: Context, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance, places = random.Random(seed), await cities()
    at = await agreed(ctx)
    for number in range(12):
        person = await someone(ctx, 1002 + number if number % 3 else None)
        await agreed(ctx, (at.account, at.program, at.brand), customer=person)
    for _ in range(60):
        await step(ctx, chance, at, places)
        assert await wrong() == []
    brand, now = await whose(at.brand.id), ctx.clock().replace(microsecond=999_999)
    assert await all_placed()
    for channels in CHANNELS:
        for tree in TREES:
            asked = Audience(brand, tree, channels)
            quick = await count_people(asked, now)
            with monkeypatch.context() as patch:
                patch.setattr(counting, "all_placed", _never)
                assert await count_people(asked, now) == quick, (channels, tree)
                slow = await count_capped(asked, Caps(1, 0), now)
            assert await count_capped(asked, Caps(1, 0), now) == slow
            if ChannelName.WALLET not in channels:
                campaign = Campaign(
                    brand_id=at.brand.id, created_at=now, plan=_plan(tree, channels)
                )
                assert await written_down(campaign, now) == quick.recipients, (channels, tree)


async def _never() -> bool:
    return False


def _plan(tree: Tree | None, channels: tuple[ChannelName, ...]) -> dict[str, object]:
    return {
        "variants": [{"name": "A", "share": 100, "content": {"ru": {"text": "т"}}}],
        "audience": tree, "cascade": [{"channel": each.value} for each in channels],
    }  # fmt: skip


async def test_answers_of_before_are_placed_some_at_a_time(database: str, ctx: Context) -> None:
    places, at = await cities(), await agreed(ctx)
    for number in range(4):
        person = await someone(ctx, 2000 + number)
        await agreed(ctx, (at.account, at.program, at.brand), customer=person)
        await choose_city(person, places[number % 2].id)
    await Customer.filter(id=person.id).update(deleted_at=ctx.clock())
    brand = await whose(at.brand.id)
    counts = [await count_people(Audience(brand, tree), ctx.clock()) for tree in TREES]
    await ConsentState.all().update(city_id=None, reach=None)
    assert not await all_placed()
    assert {waits for _, waits in await wrong()} == {True}
    # What has happened to them by now is seen where it stands.
    assert counts == [await count_people(Audience(brand, tree), ctx.clock()) for tree in TREES]
    assert await place_answers(ctx) == 5 < BATCH
    assert await place_answers(ctx) == 0
    assert await all_placed()
    assert await wrong() == []
    assert counts == [await count_people(Audience(brand, tree), ctx.clock()) for tree in TREES]
    await ConsentState.filter(customer_id=at.customer.id).update(reach=1, city_id=9)
    await ConsentState.filter(customer_id=person.id).update(reach=2)
    assert await wrong() == [(at.customer.id, False), (person.id, False)]
    await place([at.customer.id, person.id])
    assert await wrong() == []


Does = Callable[[], Awaitable[object]]


async def at_once(first: Does, second: Does) -> None:
    """`second` begins while `first` is done and not committed, and may have to wait for it."""
    begun = asyncio.Event()

    async def later() -> None:
        await begun.wait()
        async with transaction():
            await second()

    # Made before the transaction: inside it, it would have its connection.
    task = asyncio.create_task(later())

    async def waits_or_is_done() -> bool:
        await rows("SELECT pg_stat_clear_snapshot()")
        return task.done() or bool(await rows(_WAITING))

    async with transaction():
        await first()
        begun.set()
        await until(waits_or_is_done)
    await task


_WAITING = """
SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


class Races:
    """What may happen to one person while they answer, or while their answers are placed."""

    def __init__(self, ctx: Context, at: Agreed, person: Customer, city: City) -> None:
        self._ctx, self._at, self._person, self._city = ctx, at, person, city

    async def answer(self) -> None:
        here = (self._at.account, self._at.program, self._at.brand)
        channels = ("telegram", "email", "sms")
        await agreed(self._ctx, here, channels=channels, customer=self._person)

    async def forget(self) -> None:
        await ConsentState.filter(customer_id=self._person.id).update(reach=None, city_id=None)

    async def place(self) -> None:
        await place([self._person.id])

    async def moves(self) -> None:
        await choose_city(self._person, self._city.id)

    async def comes(self) -> None:
        await with_chat(self._person, 9000 + self._person.id)

    async def blocks(self) -> None:
        await note_gone(self._person.id, "telegram", self._ctx.clock())

    async def proves(self) -> None:
        now = self._ctx.clock()
        await Contact.create(
            customer=self._person, kind=ContactKind.EMAIL, sealed=b"x",
            blind_index=str(self._person.id), verified_at=now, created_at=now,
        )  # fmt: skip

    async def loses(self) -> None:
        await Contact.filter(customer_id=self._person.id).update(verified_at=None)

    async def takes_away(self) -> None:
        await Contact.filter(customer_id=self._person.id).delete()

    async def leaves(self) -> None:
        await take_turn(self._person.id)
        gone = Customer.filter(id=self._person.id)
        await gone.update(city_id=None, deleted_at=self._ctx.clock())


# What must have happened before, by what happens.
CHANGES = {
    "moves": "", "comes": "", "proves": "", "blocks": "comes", "loses": "proves",
    "takes_away": "proves", "leaves": "comes",
}  # fmt: skip


async def test_whoever_commits_first_it_is_placed_right(database: str, ctx: Context) -> None:
    if not is_postgres():
        pytest.skip("SQLite has one writer")
    (city, _), at = await cities(), await agreed(ctx)
    for change, before in CHANGES.items():
        for other in ("answer", "place"):
            for changes_first in (False, True):
                races = Races(ctx, at, await someone(ctx), city)
                if before:
                    await getattr(races, before)()
                if other == "place":
                    await races.answer()
                    await races.forget()
                pair = [getattr(races, other), getattr(races, change)]
                await at_once(*(reversed(pair) if changes_first else pair))
                await place_answers(ctx)
                assert await wrong() == [], (change, other, changes_first)
