"""Анна comes by the button of a letter: the bot shows what it was about, and changes nothing."""

import pytest

from backend.customers.person.meet import in_telegram, meet
from backend.platform.context import Context
from models.application import Application, ApplicationStatus
from models.card import Card
from tests.support.chat.telegram import Telegram
from tests.support.factory.brands import NAME, make_account, make_offer, make_program
from tests.support.factory.cards import issued

pytestmark = pytest.mark.usefixtures("bot_running")


async def test_each_link_shows_its_screen(ctx: Context, telegram: Telegram) -> None:
    anna, boris = telegram.person("Анна"), telegram.person("Борис")
    program = await make_program(await make_account(), fields=(NAME,), numbers=3)
    offer = await make_offer(program, "romashka")
    customer = await meet(ctx, in_telegram(anna.id), language="ru")
    await issued(ctx, customer, [offer], answers={"given_name": "Анна"})
    card = await Card.get()

    await anna.start("do_open_contacts")
    await anna.until("Мои контакты")
    await anna.start(f"do_open_offer-{offer.id}")
    await anna.until("romashka")
    for kind in ("open_card", "connect_card"):
        await anna.start("do_open_contacts")
        await anna.until("Мои контакты")
        await anna.start(f"do_{kind}-{card.id}")
        await anna.until(card.printed_number)

    await boris.start(f"do_open_card-{card.id}")
    await boris.until("Этой карты в вашем кармане нет")
    assert await Application.filter(status=ApplicationStatus.OPEN).count() == 0
