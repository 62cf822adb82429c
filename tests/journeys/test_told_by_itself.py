"""What a brand's system tells becomes a message in the chat, or once a day, when Анна wants it."""

from datetime import UTC, datetime, timedelta

from backend.campaigns.send_campaigns import CampaignsOnTheirWay
from backend.messaging.registry import open_channels
from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.triggers.named_people import Found
from backend.triggers.tell_events import ToldEvent, tell_events
from backend.triggers.trigger_voice import TriggerVoices
from models.card import Card
from models.consent_state import ConsentState
from models.message import Delivery, DeliveryState
from models.trigger import TriggerEvent
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import get_card
from tests.support.clock import StoppedClock
from tests.support.machine.running import OpenGate, in_background
from tests.support.machine.waiting import until
from tests.triggers.given import a_trigger, react

DAY = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


async def _two_wait() -> bool:
    return await Delivery.filter(digest_at__isnull=False).count() == 2


async def test_from_the_event_to_the_chat(
    telegram: Telegram, street: Context, settings: Settings, clock: StoppedClock
) -> None:
    clock.now = DAY
    anna = telegram.person("Анна")
    await anna.start()
    await get_card(anna, "Лукоград", "Telegram")
    card = await Card.get().select_related("brand")
    assert card.brand is not None
    brand = card.brand
    options = {"options": {"values": ["thing"]}}
    await a_trigger(street, brand, TriggerEvent.PARTNER_EVENT, "Вас ждёт {thing}", **options)

    async def tell(key: str, thing: str) -> None:
        whose = Found(card.customer_id, card.id)
        event = ToldEvent("cart_left", whose, clock(), key, {"thing": thing})
        assert await tell_events(street, brand, [event]) == 1
        await react(street)

    async with open_channels(settings, OpenGate(), clock) as channels:
        voices = TriggerVoices(street, settings.base_url, 0)
        ways = CampaignsOnTheirWay(
            street, channels, {"trigger": voices.find}, base_url=settings.base_url
        )
        async with in_background(ways.keep()):
            await tell("1", "<лук>")
            shown = await anna.until("Вас ждёт <лук>")
            assert "Реклама. ООО, ИНН 1" in str(shown)
            await anna.send("/settings")
            await anna.until("Настройки")
            await anna.tap("Согласия и реклама")
            await anna.until("Что вы разрешили")
            await anna.tap("☐ Реклама раз в день")
            await anna.until("в полдень, от всех магазинов")
            for key, thing in (("2", "чеснок"), ("3", "перец")):
                await tell(key, thing)
            await until(_two_wait, "both to wait for noon")
            clock.now = DAY.replace(hour=9) + timedelta(days=1)
            whole = str(await anna.until("Вас ждёт перец"))
            assert "Вас ждёт чеснок" in whole
            assert whole.count("Реклама. ООО, ИНН 1") == 2
            await anna.tap("🔕 Лукоград: без рекламы")
            await anna.until("Реклама")
    said = await ConsentState.get(purpose="advertising", channel="telegram")
    assert not said.granted
    assert not await Delivery.filter(state=DeliveryState.QUEUED).exists()
