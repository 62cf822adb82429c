"""A CRM asks to tell Анна of her points; she presses the button, and the CRM may know it."""

from backend.access.issue_facade import FacadeOrder, issue_facade
from backend.consents.gate import gate_by
from backend.messages.accept import accept_for_numbers
from backend.messages.order import MessageOrder
from backend.messages.send_messages import Lane
from backend.messages.sender import sender_of
from backend.messaging.gated_channels import GatedChannels
from backend.messaging.registry import open_channels
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from backend.platform.settings import Settings
from models.account import Account
from models.card import Card
from models.facade import FacadeKind
from models.message_purpose import MessagePurpose
from models.partner_message import MessageState, PartnerMessage
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import get_card
from tests.support.machine.running import OpenGate

BALANCE = MessageOrder(MessagePurpose.TRANSACTION, "Списано <10> баллов", "Баллы")
SALE = MessageOrder(
    MessagePurpose.PROMO, "Лук дешевле", "Скидки", picture="https://lukograd.example/a.png"
)


async def test_from_the_crm_to_the_card(
    telegram: Telegram, street: Context, settings: Settings
) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await get_card(anna, "Лукоград", "Telegram")
    card = await Card.get().select_related("program")
    assert card.program is not None
    account = await Account.get(id=card.program.account_id)
    order = FacadeOrder(account, FacadeKind.KOSHELEK)
    login = (await issue_facade(street.acting(OPERATOR, CLI), order)).login
    by = await sender_of(login)
    async with open_channels(settings, OpenGate()) as channels:
        post = GatedChannels(channels, gate_by(street.clock))
        for message, promo in ((BALANCE, False), (SALE, True)):
            (one,) = await accept_for_numbers(street, by, message, [card.printed_number])
            assert one.state is MessageState.ENQUEUED
            await Lane(street, post, promo=promo).step()
            shown = await anna.until(message.text)
            assert ("Реклама." in str(shown)) is promo
            await anna.tap("Открыть")
            await anna.until(card.printed_number)
            row = await PartnerMessage.get(public_id=one.public_id)
            assert row.state is MessageState.OPENED
