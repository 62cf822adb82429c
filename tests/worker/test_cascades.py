"""The worker's own rounds: messages go on while nobody looks."""

import asyncio

import pytest

from backend.messaging.channel import Channels
from backend.messaging.sms.send import SmsChannel
from backend.platform.settings import Settings
from backend.worker.cascades import keep_cascades
from backend.worker.facts import count_what_happened
from models.message import DeliveryState
from tests.cascades.conftest import SMS, TELEGRAM, Cascades, cascades
from tests.cascades.test_with_the_sender import Chats, Phones
from tests.support.machine.waiting import until

__all__ = ["cascades"]


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_messages_go_on_while_nobody_looks(cascades: Cascades) -> None:
    campaign = await cascades.campaign(SMS, TELEGRAM)
    message = await cascades.message(campaign, await cascades.somebody())
    await cascades.ends(message, DeliveryState.FAILED)
    await count_what_happened()
    channels: Channels = {"telegram": Chats(), "sms": SmsChannel(Phones())}
    # A gateway and a mailbox that nobody answers at stop nothing.
    nobody = "imap://bounces:x@127.0.0.1:9/INBOX?starttls=never"
    settings = Settings(sms_gateway="smsc", sms_login="x", sms_password="x", bounce_imap_url=nobody)

    async def gone_on() -> bool:
        return len(await cascades.way(message)) == 2

    working = asyncio.create_task(keep_cascades(cascades.ctx, settings, channels))
    await until(gone_on)
    assert not working.done()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert await cascades.way(message) == [("sms", "failed"), ("telegram", "queued")]
