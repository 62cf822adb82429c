"""«Попкорн Палыч» has no numbers: nobody is led through a form for nothing, and whoever asks is
told when there are some."""

from pathlib import Path

from backend.brands.load_numbers import load_numbers
from backend.cards.issue.apply import apply_for
from backend.messaging.registry import open_channels
from backend.platform.context import Context
from backend.platform.settings import Settings
from models.card import Card
from models.number_wait import NumberWait
from models.offer import Offer, OfferStatus
from models.pool_number import NumberStatus, PoolNumber
from models.program import Program
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import agree, fill, tick, to_consents
from tests.support.factory.customers import customer_of
from tests.support.machine.running import OpenGate
from tests.support.outbox import clock_round


async def test_an_empty_pool_is_not_offered_and_who_asks_is_told(
    telegram: Telegram, street: Context, settings: Settings, tmp_path: Path
) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await anna.tap("Вся Россия")
    await anna.send("Попкорн")
    await anna.until("По запросу")
    assert "номера закончились" in anna.text
    await anna.tap("Попкорн Палыч")
    await anna.until("Свободные номера закончились")
    assert "Выпустить карту" not in " ".join(anna.buttons)
    answer = await anna.answered(await anna.tap("Сообщить, когда появятся"))
    assert answer["text"] == "Хорошо, сообщим один раз, когда номера появятся."
    await anna.until("Сообщим, когда появятся")
    assert "Не сообщать" in " ".join(anna.buttons)

    csv = tmp_path / "numbers.csv"
    csv.write_text("printed_number\nPK 1111 2222\n", encoding="utf-8")
    await load_numbers(street, "popcorn-row", csv)
    async with open_channels(settings, OpenGate(), street.clock) as channels:
        await clock_round(street, channels["telegram"])
        await clock_round(street, channels["telegram"])
    await anna.until("снова есть номера")
    await anna.tap("Открыть предложение")
    await anna.until(lambda screen: bool(screen.get("photo")))
    await anna.tap("Выпустить карту")
    await fill(anna)
    await agree(anna)
    await anna.until("Карта готова")


async def test_several_at_once_leave_it_out_with_a_word(
    telegram: Telegram, street: Context
) -> None:
    boris = telegram.person("Борис")
    await boris.start()
    await boris.tap("Вся Россия")
    await boris.send("/offers")
    await boris.tap("Развлечения")
    await boris.until("Попкорн Палыч")
    assert "номера закончились" in boris.text
    await boris.tap("Выбрать несколько")
    await boris.until("Номера закончились: «Попкорн Палыч»")
    assert "Попкорн" not in " ".join(boris.buttons)


async def test_who_loses_the_race_is_told_how_to_go_on(telegram: Telegram, street: Context) -> None:
    dina = telegram.person("Дина")
    await dina.start()
    await to_consents(dina, "Лукоград")
    program = await Program.get(key="lukograd-card")
    free = PoolNumber.filter(program_id=program.id, status=NumberStatus.FREE)
    kept = await free.first()
    assert kept is not None
    await free.update(status=NumberStatus.ISSUED)
    await tick(dina, "Персональные данные", "Правила программы")
    await dina.tap("Согласиться")
    await dina.until("Можем сообщить, когда они появятся")
    await dina.tap("Сообщить, когда появятся")
    await dina.until("Сообщим, когда появятся")
    await PoolNumber.filter(id=kept.id).update(status=NumberStatus.FREE)
    await dina.send("/home")
    await dina.tap("Продолжить анкету")
    await dina.until("Карта готова")
    assert await Card.all().count() == 1


async def test_one_of_several_that_ran_out_can_be_waited_for(
    telegram: Telegram, street: Context
) -> None:
    """Борис picked two while there were numbers; the one that is gone is left out in the end."""
    boris = telegram.person("Борис")
    await boris.start()
    await boris.tap("Вся Россия")
    customer = await customer_of(boris.id)
    offers = [
        await Offer.filter(brand__key=key, status=OfferStatus.PUBLISHED).order_by("id").first()
        for key in ("lukograd", "gvozdograd")
    ]
    ids = [offer.id for offer in offers if offer is not None]
    await apply_for(street, customer, ids)
    await boris.send("/home")
    await boris.tap("Продолжить анкету")
    await fill(boris)
    program = await Program.get(key="lukograd-card")
    await PoolNumber.filter(program_id=program.id).update(status=NumberStatus.ISSUED)
    await agree(boris)
    await agree(boris)
    await boris.until("Готово!")
    assert "Лукоград — Свободные номера закончились" in boris.text
    answer = await boris.answered(await boris.tap("Сообщить о номерах: Лукоград"))
    assert answer["text"] == "Хорошо, сообщим один раз, когда номера появятся."
    assert await NumberWait.filter(customer_id=customer.id, program_id=program.id).exists()
