"""What is paid for says so to Telegram, and nothing else does."""

import pytest
from pydantic import SecretStr

from backend.messaging.channel import SendsPaid, Unpaid
from backend.messaging.handover import Handover, Head, PersonAddress
from backend.messaging.registry import open_channels
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.messaging.wording import Worded
from backend.platform.settings import Settings
from models.message import Message
from models.message_purpose import MessagePurpose
from tests.support.edge.noting_telegram import TOKEN, NotingTelegram

SAID = Worded(Message(kind="promo-push-as-it-was", data={}, body="Кофе"), "ru")


def to(chat: int) -> Handover:
    head = Head(chat, chat, MessagePurpose.PROMO, 1)
    return Handover(head, "ru", PersonAddress(str(chat)), words=SAID)


async def test_it_is_flagged_and_a_balance_that_is_too_low_has_a_name() -> None:
    async with NotingTelegram() as telegram:
        settings = Settings(bot_api_url=telegram.url, bot_token=SecretStr(TOKEN))
        async with open_channels(settings, memory_pacer(1000, paid=1000)) as channels:
            channel = channels["telegram"]
            assert isinstance(channel, SendsPaid)
            way = channel.paid()
            assert way is not None
            await channel.send(to(1))
            await way.send(to(2))
            assert (telegram.chats, telegram.paid) == ([1, 2], [2])
            telegram.poor = True
            with pytest.raises(Unpaid, match="BALANCE_TOO_LOW"):
                await way.send(to(3))
            await channel.send(to(3))
        async with open_channels(settings, memory_pacer(1000)) as channels:
            channel = channels["telegram"]
            assert isinstance(channel, SendsPaid)
            assert channel.paid() is None, "as the settings are from the start"
