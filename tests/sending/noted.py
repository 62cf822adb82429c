"""A channel that writes down to whom it gave what, and when by the test's clock."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from backend.messaging.channel import Handed, NoTurn, OutcomeUnknown, Turn
from backend.messaging.handover import Handover
from backend.platform.clock import Clock


@dataclass
class Noted:
    """`unsure`: customers of whose message no answer comes. `holding`: answers wait."""

    clock: Clock
    sent: list[tuple[int, datetime, str]] = field(default_factory=list)
    addresses: list[str | None] = field(default_factory=list)
    unsure: set[int] = field(default_factory=set)
    holding: asyncio.Event | None = None

    async def turn(self, handover: Handover) -> Turn:
        return NoTurn()

    async def send(self, handover: Handover) -> Handed:
        person = handover.message.customer_id
        self.sent.append((person, self.clock(), handover.said.text()))
        self.addresses.append(handover.person)
        if self.holding is not None:
            await self.holding.wait()
        if person in self.unsure:
            raise OutcomeUnknown("no answer")
        return Handed(str(len(self.sent)))

    @property
    def people(self) -> list[int]:
        return [person for person, _, _ in self.sent]
