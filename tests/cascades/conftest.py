"""A brand whose campaign goes by several channels, and people who can be found on all of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from backend.analytics.count_deliveries import count_deliveries
from backend.cascades.advance import advance
from backend.cascades.plan_next import plan_next
from backend.cascades.tell_states import tell_ended
from backend.platform.context import Context
from backend.platform.secrets.vault import Sealed
from models.brand import Brand
from models.campaign import Campaign
from models.card import Card
from models.contact import Contact, ContactKind, contact_place
from models.customer import Customer
from models.message import CAMPAIGN, Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose
from tests.support.factory.agreeing import agreed
from tests.support.factory.brands import shop
from tests.support.factory.customers import someone

ALL = ("telegram", "email", "sms")
TELEGRAM, EMAIL, SMS = (
    {"channel": "telegram", "wait_minutes": 60, "arrived": "clicked"},
    {"channel": "email", "wait_minutes": 60, "arrived": "clicked"},
    {"channel": "sms", "wait_minutes": 60, "arrived": "delivered"},
)


@dataclass
class Cascades:
    """`clicked`: messages whose link was followed."""

    ctx: Context
    brand: Brand
    account_id: int
    where: Any
    channels: Collection[str] = ALL
    prices: Mapping[str, int] = field(default_factory=dict)
    clicked: set[int] = field(default_factory=set)
    _numbers: int = 0

    async def somebody(self, allowed: Sequence[str] = ALL) -> Customer:
        """With a chat, a phone and an address, all proven."""
        self._numbers += 1
        customer = await someone(self.ctx, 7_000_000 + self._numbers)
        await agreed(self.ctx, self.where, channels=tuple(allowed), customer=customer)
        for kind, value in (
            (ContactKind.PHONE, f"+7916{self._numbers:07d}"),
            (ContactKind.EMAIL, f"person{self._numbers}@example.ru"),
        ):
            await Contact.create(
                customer=customer, kind=kind, verified_at=self.ctx.clock(), verified_by="test",
                sealed=Sealed(contact_place(kind)).seal(self.ctx, customer, value),
                blind_index=self.ctx.vault.blind_index(kind.value, value),
                created_at=self.ctx.clock(),
            )  # fmt: skip
        return customer

    async def campaign(self, *steps: Mapping[str, Any], **plan: Any) -> Campaign:
        return await Campaign.create(
            brand=self.brand, plan={"cascade": list(steps), **plan}, advertiser="ООО", inn="",
            created_at=self.ctx.clock(), purpose=MessagePurpose.PROMO, state="sending",
        )  # fmt: skip

    async def message(
        self, campaign: Campaign, customer: Customer, card: Card | None = None
    ) -> Message:
        """With its first delivery, which waits."""
        first = campaign.plan["cascade"][0]["channel"]
        now = self.ctx.clock()
        message = await Message.create(
            customer=customer, brand_id=campaign.brand_id, campaign=campaign, card=card, variant=0,
            purpose=campaign.purpose, kind=CAMPAIGN, created_at=now,
        )  # fmt: skip
        await Delivery.create(message=message, channel=first, created_at=now, changed_at=now)
        return message

    async def ends(
        self, message: Message, state: DeliveryState, provider_id: str = "", cost: int = 0
    ) -> Delivery:
        """Its last delivery, as the sender writes it."""
        delivery = await self.last(message)
        assert delivery.state is DeliveryState.QUEUED
        await Delivery.filter(id=delivery.id).update(
            state=state, changed_at=self.ctx.clock(), provider_id=provider_id, cost_kopecks=cost
        )
        return await Delivery.get(id=delivery.id)

    async def last(self, message: Message) -> Delivery:
        found = await Delivery.filter(message_id=message.id).order_by("-id").first()
        assert found is not None
        return found

    async def way(self, message: Message) -> list[tuple[str, str]]:
        found = await Delivery.filter(message_id=message.id).order_by("id")
        campaign = await Campaign.get(id=message.campaign_id)
        places = [each["channel"] for each in campaign.plan["cascade"]]
        assert [places[each.step] for each in found] == [each.channel for each in found]
        return [(each.channel, each.state.value) for each in found]

    async def passes(self) -> None:
        """What the worker does, to the end."""
        await self.passes_until_planned()
        while await self.advance():
            continue

    async def passes_until_planned(self) -> None:
        while await count_deliveries(plan_next, tell_ended):
            continue

    async def advance(self) -> bool:
        async def clicked(ids: Collection[int]) -> set[int]:
            return self.clicked & set(ids)

        async def prices(accounts: Collection[int]) -> Mapping[int, Mapping[str, int]]:
            return dict.fromkeys(accounts, self.prices)

        return await advance(self.ctx, self.channels, clicked, prices)


@pytest.fixture
async def cascades(ctx: Context, database: str) -> Cascades:
    account, program, brand = await shop()
    return Cascades(ctx, brand, account.id, (account, program, brand))
