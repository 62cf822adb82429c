"""Two processes hold one delivery: whoever read it before the other had its turn sends nothing."""

from dataclasses import replace

import pytest

from backend.messaging.channel import Handed
from backend.messaging.deliver import deliver, deliver_row
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.handover import Handover
from backend.platform.context import Context
from backend.platform.failures import TryLater
from models.customer import Customer
from models.message import Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose
from tests.support.edge.notebook import Notebook, post_to
from tests.support.factory.customers import with_chat

pytestmark = pytest.mark.usefixtures("database")


class Busy(Notebook):
    """Telegram has no time the first time."""

    async def send(self, handover: Handover) -> Handed:
        handed = await super().send(handover)
        if len(self.sent) == 1:
            raise TryLater("429")
        return handed


async def test_an_attempt_that_was_read_before_another_changes_nothing(ctx: Context) -> None:
    """Both read the row with no attempt; the first one's came to nothing and queued it again. The
    second must read it anew, so that two later attempts never overlap."""
    anna = await Customer.create(language="ru", created_at=ctx.clock())
    await with_chat(anna, 1)
    telegram = Busy()
    post: GatedChannels = replace(post_to(telegram), channels={"telegram": telegram})
    draft = Draft("hello:1", anna.id, MessagePurpose.SERVICE, "welcome-card", {})
    with pytest.raises(TryLater, match="429"):
        await deliver(ctx, post, draft, "telegram")
    row = await Delivery.get()
    assert (row.state, row.attempts) == (DeliveryState.QUEUED, 1)

    stale = await Delivery.get()
    stale.attempts = 0
    with pytest.raises(TryLater, match="taken by another attempt"):
        await deliver_row(ctx, post, await Message.get(), stale)
    assert len(telegram.sent) == 1

    assert await deliver_row(ctx, post, await Message.get(), row) is DeliveryState.DELIVERED
    await row.refresh_from_db()
    assert (row.attempts, row.provider_id) == (2, "2")
