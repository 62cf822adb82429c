"""Two people have a card of «Лукоград»; a campaign goes out; Борис says no under it."""

import time
from datetime import timedelta

from backend.campaigns.campaign_progress import campaign_progress
from backend.campaigns.send_campaigns import send_campaign
from backend.campaigns.start_campaign import CampaignOrder, start_campaign
from backend.consents.verify import verify_chain
from backend.messaging.registry import open_channels
from backend.outbox.backlog import counts
from backend.platform.context import Context
from backend.platform.secrets.vault import Vault
from backend.platform.settings import Settings
from backend.reactions import reactions
from backend.worker.run import run_worker
from bot.run import run_bot
from models.campaign import Campaign, CampaignState
from models.card import Card
from models.consent_record import ConsentLink, ConsentRecord
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import get_card
from tests.support.clock import START, StoppedClock
from tests.support.contexts import context
from tests.support.factory.customers import customer_of
from tests.support.machine.running import OpenGate, in_background
from tests.support.machine.waiting import until

BRAND = "lukograd"


async def campaign(street: Context, settings: Settings, text: str) -> dict[str, int]:
    """What `karman push` starts and the worker does."""
    async with open_channels(settings, OpenGate()) as channels:
        started = await start_campaign(street, CampaignOrder(brand=BRAND, text=text, erid="2Vtz"))
        await send_campaign(street, channels, started)
        return (await campaign_progress(started)).states


async def test_the_switch_under_a_campaign(
    telegram: Telegram, street: Context, settings: Settings, clock: StoppedClock
) -> None:
    anna, boris = telegram.person("Анна"), telegram.person("Борис")
    for person in (anna, boris):
        await person.start()
        await get_card(person, "Лукоград", "Telegram", "SMS")
    clock.advance(days=1)
    assert await campaign(street, settings, "Скидка на <лук>") == {"delivered": 2}
    for person in (anna, boris):
        shown = await person.until("Скидка на <лук>")
        assert "Реклама." in shown["text"]
        assert "erid: 2Vtz" in shown["text"]
    clock.advance(minutes=1)
    await boris.tap("Не присылать рекламу")
    await boris.until("рекламы в канале «Telegram» больше не будет")
    clock.advance(minutes=1)
    assert await campaign(street, settings, "Ещё скидка") == {"delivered": 1}
    await anna.until("Ещё скидка")
    assert not any("Ещё скидка" in m.get("text", "") for m in boris.messages)
    record = await ConsentRecord.get(how="bot:push_button")
    assert record.channels == ["telegram"], "SMS is another answer"

    old = next(m for m in boris.messages if "Скидка на <лук>" in m.get("text", ""))
    data = old["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    again = await boris.answered(await boris.tap_data(old["message_id"], data))
    assert "уже выключено" in again["text"]
    assert await ConsentRecord.filter(how="bot:push_button").count() == 1


async def test_a_campaign_stands_in_the_history_of_the_card(
    telegram: Telegram, street: Context, settings: Settings, clock: StoppedClock
) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await get_card(anna, "Лукоград", "Telegram")
    await campaign(street, settings, "Скидка на лук")
    await anna.until("Скидка на лук")
    customer = await customer_of(anna.id)
    card = await Card.get(customer_id=customer.id)
    await anna.send("/cards")
    await anna.until("Мои карты")
    await anna.tap(lambda button: button.get("callback_data") == f"card:{card.id}")
    await anna.until("Номер:")
    await anna.tap("Ещё")
    await anna.tap("Сообщения")
    await anna.until("Скидка на лук")


async def test_from_the_tap_to_the_stop_is_measured(
    telegram: Telegram, settings: Settings, database: str, vault: Vault
) -> None:
    """Bot and worker at work: what `karman push` prints at the end. The clock is the processor
    time of this process, for which it is all the same what else the machine does."""
    live = context(vault, lambda: START + timedelta(seconds=time.process_time()))
    boris = telegram.person("Борис")
    async with open_channels(settings, OpenGate()) as channels:
        book = reactions(channels)
        work = run_worker(settings, live, book)
        async with in_background(run_bot(settings, live, OpenGate())), in_background(work):
            await boris.start()
            await get_card(boris, "Лукоград", "Telegram")
            started = await start_campaign(live, CampaignOrder(brand=BRAND, text="Скидка на лук"))
            await boris.until("Скидка на лук")
            await boris.tap("Не присылать рекламу")
            await boris.until("больше не будет")
            await until(lambda: _done(started), "the end of the campaign")
            await until(_nothing_waits, "the end of all reactions")
            await until(_all_sealed, "the links of all records")
    progress = await campaign_progress(await Campaign.get(id=started.id))
    assert progress.states == {"delivered": 1}
    (waited,) = progress.tap_to_stop
    assert 0 < waited < 5
    assert "1 turned advertising off meanwhile" in progress.tap_line()
    customer = await customer_of(boris.id)
    account = (await ConsentRecord.filter(customer_id=customer.id).first()).account_id  # type: ignore[union-attr]
    verdict = await verify_chain(account)
    assert (verdict.links, verdict.unlinked, verdict.broken) == (4, 0, None), "sealed by reactions"


async def _done(campaign: Campaign) -> bool:
    return (await Campaign.get(id=campaign.id)).state is CampaignState.DONE


async def _all_sealed() -> bool:
    """By a reaction, soon after the commit: the sweep comes by once in a quarter of an hour."""
    return await ConsentRecord.all().count() == await ConsentLink.all().count()


async def _nothing_waits() -> bool:
    return not (await counts())["waiting"]
