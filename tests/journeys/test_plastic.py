"""Plastic on its way into the pocket: photographed, compared, asked about, agreed to."""

from pathlib import Path

import pytest
from PIL import Image

from backend.cards.plastic.plastic_number import PlasticNumber
from backend.cards.plastic.tries import MOST_TRIES
from backend.cards.plastic.whose_number import whose_card
from backend.cards.pocket.owner_notes import photos_of, read_notes
from backend.platform.context import Context
from catalog.symbologies.symbol_rules import check_digit
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.consent_record import ConsentRecord
from models.issued_plastic import IssuedPlastic
from models.outbox import OutboxEvent
from models.pool_number import PoolNumber
from models.program import Program
from models.refusal import Refusal
from models.wallet_entry import CardPhoto, WalletEntry
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import agree, barcode_on, fill, find_offer, picture_of
from tests.support.factory.customers import customer_of
from tests.support.pictures.plastic import heic, issued_plastic, jpeg, plastic

LUKOGRAD = "lukograd-card"


async def another_number(program_key: str = LUKOGRAD) -> str:
    """Looks like the program's numbers, and is none of its pool."""
    program = await Program.get(key=program_key)
    last = await PoolNumber.filter(program_id=program.id).order_by("-barcode_value").first()
    assert last is not None
    body = str(int(last.barcode_value[:-1]) + 77)
    return body + check_digit(body)


async def arrived(telegram: Telegram, name: str) -> Person:
    person = telegram.person(name)
    await person.start()
    await person.until("С какого города")
    await person.tap("Вся Россия")
    await person.until("Предложения")
    return person


async def test_own_plastic_with_the_same_phone(
    telegram: Telegram, street: Context, tmp_path: Path
) -> None:
    """Анна photographs the card that the shop gave her under the phone she has today."""
    anna = await arrived(telegram, "Анна")
    number = await another_number()
    await issued_plastic(street, tmp_path, LUKOGRAD, f"{number};{anna.phone_number};")
    await anna.send_photo(plastic((BarcodeFormat.EAN13, number)))
    await anna.until("Похоже на карту «Лукоград»", timeout=20)
    await anna.tap("Да, «Лукоград»")
    await fill(anna)
    await agree(anna, "Telegram")
    shown = await anna.until("Карта в кармане")
    assert "бренд" not in shown["caption"], "nobody updates anything at the shop yet"

    card = await Card.get(barcode_value=number)
    assert (card.origin, card.printed_number) == (CardOrigin.DUPLICATED, number)
    assert barcode_on(await picture_of(telegram, shown)) == number
    assert await ConsentRecord.filter(customer_id=card.customer_id).count() == 3
    told = await OutboxEvent.get(kind="ProfileRefreshed")
    assert "given_name" in told.payload["fields"]
    assert "phone" not in told.payload["fields"]
    assert await CardPhoto.all().count() == 0, "the picture is not kept"


async def test_somebody_elses_plastic(telegram: Telegram, street: Context, tmp_path: Path) -> None:
    """Борис has found a card in the street. Whose it is stays unsaid."""
    boris = await arrived(telegram, "Борис")
    number = await another_number()
    await issued_plastic(street, tmp_path, LUKOGRAD, f"{number};+79161112233;")
    await boris.send_photo(plastic((BarcodeFormat.EAN13, number)))
    await boris.until("Похоже на карту", timeout=20)
    await boris.tap("Да, «Лукоград»")
    await fill(boris)
    await agree(boris)
    await boris.until("записана на другой телефон")
    assert "Мои контакты" in " ".join(boris.buttons)
    assert "1112233" not in boris.text
    assert await Card.all().count() == 0
    plain = await IssuedPlastic.get()
    assert number not in plain.number_index
    assert "7916" not in plain.phone_index


async def test_the_shop_does_not_know_the_number(
    telegram: Telegram, street: Context, tmp_path: Path
) -> None:
    dina = await arrived(telegram, "Дина")
    await issued_plastic(street, tmp_path, LUKOGRAD, "2999999999993;+79161112233;")
    await dina.send_photo(plastic((BarcodeFormat.EAN13, await another_number())))
    await dina.until("Похоже на карту", timeout=20)
    await dina.tap("Да, «Лукоград»")
    await dina.until("не знает карту с таким номером")


async def test_a_card_of_nobody_is_kept_under_its_name(telegram: Telegram, street: Context) -> None:
    """Анна keeps the photo as well, by her own wish."""
    anna = await arrived(telegram, "Анна")
    await anna.send_photo(plastic((BarcodeFormat.QR, "HTTPS-NOBODY-0042")))
    await anna.until("среди наших магазинов нет", timeout=20)
    await anna.tap("Сохранить под своим названием")
    await anna.until("Как назвать карту")
    await anna.send("Ыъыъ 24")
    await anna.until("Ыъыъ 24")
    await anna.tap("🔴")
    await anna.until(lambda screen: bool(screen.get("photo")))
    answer = await anna.answered(await anna.tap("Сохранить и фото"))
    assert answer["text"] == "Фото сохранено."

    card = await Card.get()
    customer = await customer_of(anna.id)
    entry = await WalletEntry.get(card_id=card.id)
    assert card.origin is CardOrigin.EXTERNAL
    assert (card.barcode_format, card.barcode_value) == (BarcodeFormat.QR, "HTTPS-NOBODY-0042")
    assert read_notes(street, customer, entry).name == "Ыъыъ 24"
    assert entry.color == "#C62828"
    assert (await photos_of(street, customer, card.id))["front"].startswith(b"\xff\xd8\xff")


async def test_a_weak_barcode_is_compared(telegram: Telegram, street: Context) -> None:
    """ITF has no check digit of its own: the number on the screen is the one on the card."""
    boris = await arrived(telegram, "Борис")
    await boris.send_photo(plastic((BarcodeFormat.ITF, "00998877665544")))
    await boris.until("Это номер на карте?", timeout=20)
    assert "0099 8877 6655 44" in boris.text
    await boris.tap("Нет, ввести номер")
    await boris.until("Введите номер")
    await boris.send("00998877665545")
    await boris.until("00998877665545")
    await boris.tap("Сохранить под своим названием")
    await boris.until("Как назвать карту")
    await boris.send("Ыъыъ")
    await boris.until("Ыъыъ")
    card = await Card.get()
    assert (card.printed_number, card.barcode_value) == ("00998877665545", "00998877665545")
    assert card.barcode_format is BarcodeFormat.ITF


async def test_what_is_no_number_of_the_brand_is_not_taken(
    telegram: Telegram, street: Context
) -> None:
    """An unknown barcode is nobody's; «I have a card» shows the brand's own example."""
    anna = await arrived(telegram, "Анна")
    await anna.send_photo(plastic((BarcodeFormat.CODE128, "LOYAL-12345678")))
    await anna.until("среди наших магазинов нет", timeout=20)
    await anna.send("/add")
    await anna.tap("Ввести номер вручную")
    await anna.until("Введите номер")
    await anna.send("7777 1234")
    await anna.until("среди наших магазинов нет")

    await find_offer(anna, "Барбосвиль")
    await anna.tap("У меня уже есть карта")
    await anna.until("например BV 1000 2000")
    await anna.send("нету карты у меня")
    await anna.until("не похоже на номер карты «Барбосвиль»")
    await anna.send("bv 1234 5678")
    await anna.until("Анкета · 1/")
    await anna.send("/home")
    await anna.until("карты лояльности в одном месте")
    await find_offer(anna, "Тихошаг")
    await anna.tap("У меня уже есть карта")
    await anna.until("Пришлите фото карты: штрихкод и номер я прочитаю сам")
    await anna.send_photo(plastic((BarcodeFormat.DATAMATRIX, "TSABCDE23456")))
    await anna.until("Похоже на карту «Тихошаг»", timeout=20)
    assert await Card.all().count() == 0


async def test_two_cards_on_one_screenshot(telegram: Telegram, street: Context) -> None:
    anna = await arrived(telegram, "Анна")
    picture = plastic((BarcodeFormat.EAN13, "4006381333931"), (BarcodeFormat.QR, "NOBODY-77"))
    await anna.send_document("screen.png.jpg", picture)
    await anna.until("Нашёл 2 штрихкода", timeout=20)
    await anna.tap("NOBODY-77")
    await anna.until("NOBODY-77")


async def test_what_cannot_be_read(telegram: Telegram, street: Context) -> None:
    """Every refusal says what to do instead."""
    anna = await arrived(telegram, "Анна")
    await anna.send_document("IMG_1.HEIC", heic())
    await anna.until("Пришлите картинку как фото", timeout=20)
    await anna.send_document("card.jpg", plastic((BarcodeFormat.QR, "NOBODY-1"))[:900])
    await anna.until("повреждён", timeout=20)
    await anna.send_document("notes.bin", bytes(range(256)) * 8)
    await anna.until("Не понимаю этот файл", timeout=20)
    await anna.send_photo(jpeg(Image.new("RGB", (800, 600), "#446688")))
    await anna.until("Штрихкода на фото не нашёл", timeout=20)
    assert "Ввести номер вручную" in " ".join(anna.buttons)


async def test_a_number_is_written_where_a_photo_was_asked_for(
    telegram: Telegram, street: Context
) -> None:
    """Without the button for it. A word is looked for in the catalog, as anywhere; and so is a
    number once Дина has gone elsewhere."""
    dina = await arrived(telegram, "Дина")
    number = await another_number()
    await dina.send("/add")
    await dina.until("напишите номер")
    await dina.send(f"{number[:4]} {number[4:]}")
    await dina.until("Какого магазина эта карта")
    assert "Лукоград" in dina.buttons
    await dina.send("/add")
    await dina.send("Лукоград")
    await dina.until("По запросу «Лукоград»")
    await dina.send("/add")
    await dina.until("напишите номер")
    await dina.tap("Мои карты")
    await dina.send(number)
    await dina.until("ничего не нашлось")


async def test_two_programs_with_overlapping_masks(telegram: Telegram, street: Context) -> None:
    rules = [{"format": "code128", "mask": "ZZ-######"}]
    await Program.filter(key=LUKOGRAD).update(recognition=rules)
    await Program.filter(key="gvozdograd-master").update(recognition=rules)
    dina = await arrived(telegram, "Дина")
    await dina.send_photo(plastic((BarcodeFormat.CODE128, "ZZ-004242")))
    await dina.until("Какого магазина эта карта", timeout=20)
    labels = " ".join(dina.buttons)
    assert dina.screen["photo"], "both logos on one picture"
    assert "Лукоград" in labels
    assert "Гвоздоград" in labels
    await dina.tap("Гвоздоград")
    await fill(dina)
    await agree(dina)
    await dina.until("Карта в кармане")
    card = await Card.get()
    assert (card.barcode_format, card.barcode_value) == (BarcodeFormat.CODE128, "ZZ-004242")


async def test_numbers_cannot_be_tried_out(
    telegram: Telegram, street: Context, tmp_path: Path
) -> None:
    """The eleventh number within an hour is not asked about."""
    anna = await arrived(telegram, "Анна")
    await issued_plastic(street, tmp_path, LUKOGRAD, "2999999999993;+79161112233;")
    customer = await customer_of(anna.id)
    program = await Program.get(key=LUKOGRAD)
    number = await another_number()
    for _ in range(MOST_TRIES):
        with pytest.raises(Refusal, match="number_unknown"):
            await whose_card(street, customer, program, PlasticNumber(number))
    await anna.send_photo(plastic((BarcodeFormat.EAN13, number)))
    await anna.until("Похоже на карту", timeout=20)
    await anna.tap("Да, «Лукоград»")
    await anna.until("Слишком много попыток")
