"""Борис has a card with advertising: he looks, switches, takes a receipt, takes it all back."""

import hashlib
import json

import pytest

from backend.consents.gate import may_send
from backend.consents.sweep import extend_all_chains
from backend.platform.context import Context
from models.card import Card, CardStatus
from models.consent_document import ConsentDocument, ConsentPurpose
from models.consent_record import ConsentAction, ConsentRecord
from models.customer import Customer
from models.message_purpose import MessagePurpose
from tests.support.chat.files import documents
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import agree, begin, fill, get_card
from tests.support.clock import StoppedClock
from tests.support.factory.customers import customer_of
from tests.support.factory.documents import new_version

PROMO = MessagePurpose.PROMO


async def with_card(telegram: Telegram, name: str = "Борис") -> Person:
    person = telegram.person(name)
    await person.start()
    await get_card(person, "Лукоград", "Telegram")
    return person


async def gate(street: Context, person: Person, channel: str = "telegram") -> bool:
    customer = await customer_of(person.id)
    card = await Card.get(customer_id=customer.id)
    return await may_send(street.clock(), customer.id, card.brand_id, channel, PROMO)


async def open_consents(person: Person) -> None:
    await person.tap("Ещё")
    await person.tap("Согласия и квитанция")
    await person.until("— согласия")


async def test_switches_hold_at_once(
    telegram: Telegram, street: Context, clock: StoppedClock
) -> None:
    boris = await with_card(telegram)
    await open_consents(boris)
    assert "☑️ Telegram" in boris.buttons
    assert "☐ SMS" in boris.buttons
    clock.advance(minutes=5)
    await boris.tap("☑️ Telegram")
    await boris.until(lambda _: "☐ Telegram" in boris.buttons)
    assert not await gate(street, boris)
    clock.advance(minutes=5)
    await boris.tap("☐ SMS")
    await boris.until(lambda _: "☑️ SMS" in boris.buttons)
    assert await gate(street, boris, "sms")
    assert not await gate(street, boris)
    said = await ConsentRecord.filter(how="bot:settings").order_by("id")
    assert [(r.action.value, r.channels) for r in said] == [
        ("withdrawn", ["telegram"]),
        ("granted", ["sms"]),
    ]
    assert said[0].context["tapped_at"]


async def test_all_advertising_off_from_the_settings(
    telegram: Telegram, street: Context, clock: StoppedClock
) -> None:
    boris = await with_card(telegram)
    clock.advance(minutes=1)
    await boris.send("/settings")
    await boris.until("Настройки")
    await boris.tap("Согласия и реклама")
    await boris.until("Что вы разрешили")
    assert any("Лукоград · Telegram" in label for label in boris.buttons)
    await boris.tap("☐ Реклама раз в день")
    await boris.until("в полдень, от всех магазинов")
    assert (await customer_of(boris.id)).ads_digest
    await boris.tap("☑️ Реклама раз в день")
    await boris.until(lambda _: any("☐ Реклама раз" in label for label in boris.buttons))
    assert not (await customer_of(boris.id)).ads_digest
    query = await boris.tap("Выключить всю рекламу")
    assert "выключена" in (await boris.answered(query))["text"]
    await boris.until(lambda _: any("без рекламы" in label for label in boris.buttons))
    assert not await gate(street, boris)


async def test_the_receipt_holds_the_texts_and_their_place(
    telegram: Telegram, street: Context
) -> None:
    boris = await with_card(telegram)
    await extend_all_chains()
    await open_consents(boris)
    await boris.tap("Квитанция")
    await boris.until(lambda _: sum("document" in m for m in boris.messages) == 2)
    files = await documents(telegram, boris)
    receipt, page = (files[next(n for n in files if n.endswith(e))] for e in (".json", ".html"))
    told = json.loads(receipt)
    assert told["controller"]["inn"]
    assert [r["purpose"] for r in told["records"]] == [p.value for p in (
        ConsentPurpose.PERSONAL_DATA, ConsentPurpose.PROGRAM_TERMS, ConsentPurpose.ADVERTISING
    )]  # fmt: skip
    assert told["records"][2]["channels"] == ["telegram"]
    assert [r["chain"]["seq"] for r in told["records"]] == [1, 2, 3]
    assert told["chain_head"]["seq"] == 3
    html = page.decode()
    for record in told["records"]:
        document = record["document"]
        words = f"{document['title']}\n\n{document['text']}"
        assert hashlib.sha256(words.encode()).hexdigest() == document["sha256"]
        assert document["sha256"] in html
        assert record["record_sha256"] in html
    assert "<script" not in html
    assert "http://" not in html
    await boris.until("— согласия")


async def test_personal_data_taken_back_and_given_again(
    telegram: Telegram, street: Context, clock: StoppedClock
) -> None:
    """It is told what goes before it goes; the same card comes back when he agrees again."""
    boris = await with_card(telegram)
    number = (await Card.get()).printed_number
    clock.advance(hours=1)
    await open_consents(boris)
    await boris.tap("Отозвать согласие на данные")
    await boris.until("Уйдёт карта")
    assert (await Card.get()).status is CardStatus.ACTIVE
    await boris.tap("Да, отозвать")
    await boris.until("отозвано")
    assert (await Card.get()).removed_at is not None
    assert not await gate(street, boris)
    assert await ConsentRecord.filter(action=ConsentAction.WITHDRAWN).count() == 3
    clock.advance(hours=1)
    await begin(boris, "Лукоград")
    assert await fill(boris) == []
    await agree(boris)
    await boris.until("С возвращением")
    back = await Card.get()
    assert (back.status, back.printed_number) == (CardStatus.ACTIVE, number)


@pytest.fixture
async def changed(telegram: Telegram, street: Context, clock: StoppedClock) -> Person:
    """Борис agreed; then the purposes of data and of advertising changed."""
    boris = await with_card(telegram)
    clock.advance(days=10)
    card = await Card.get().select_related("program__account")
    assert card.program is not None
    for purpose in (ConsentPurpose.PERSONAL_DATA, ConsentPurpose.ADVERTISING):
        await new_version(street, card.program.account, purpose)
    return boris


async def test_changed_documents_are_asked_at_the_next_visit(
    street: Context, changed: Person
) -> None:
    boris = changed
    assert not await gate(street, boris), "the old yes is about another purpose"
    await boris.send("/start")
    await boris.until("Документы изменились")
    assert not any("Правила" in label for label in boris.buttons), "only what changed"
    assert not any("☑️" in label for label in boris.buttons), "nothing is ticked beforehand"
    query = await boris.tap("Ответить")
    assert "Персональные данные" in (await boris.answered(query))["text"]
    await boris.tap("Читать")
    await boris.until("Версия 2")
    await boris.tap("‹ К согласиям")
    await boris.until("Документы изменились")
    await boris.tap("☐ Персональные данные")
    await boris.until(lambda _: "☑️ Персональные данные" in boris.buttons)
    await boris.tap("☐ SMS")
    await boris.until(lambda _: "☑️ SMS" in boris.buttons)
    await boris.tap("Ответить")
    await boris.until("Карман")
    again = await ConsentRecord.filter(how="bot:changed_documents").order_by("id")
    assert [(r.action.value, r.channels) for r in again] == [("granted", []), ("granted", ["sms"])]
    assert {
        d.version for d in await ConsentDocument.filter(id__in=[r.document_id for r in again])
    } == {2}
    assert await gate(street, boris, "sms")
    assert not await gate(street, boris), "Telegram was not ticked this time"
    await boris.send("/cards")
    await boris.until("Мои карты")


async def test_later_holds_for_one_visit_and_the_card_stays(
    changed: Person, clock: StoppedClock
) -> None:
    boris = changed
    await boris.send("/cards")
    await boris.until("Документы изменились")
    await boris.tap("Позже")
    await boris.until("Карман")
    await boris.send("/cards")
    await boris.until("Мои карты")
    await boris.tap("Лукоград")
    await boris.until("Номер:")
    clock.advance(hours=7)
    await boris.send("/home")
    await boris.until("Документы изменились")
    assert not await ConsentRecord.filter(how="bot:changed_documents").exists()


async def test_a_card_that_was_opened_comes_after_the_answer(
    changed: Person, clock: StoppedClock
) -> None:
    boris = changed
    await boris.send("/cards")
    await boris.until("Документы изменились")
    await boris.tap("Позже")
    await boris.until("Карман")
    await boris.send("/cards")
    await boris.until("Мои карты")
    clock.advance(days=1)
    await boris.tap("Лукоград")
    await boris.until("Документы изменились")
    await boris.tap("☐ Персональные данные")
    await boris.until(lambda _: "☑️ Персональные данные" in boris.buttons)
    await boris.tap("Ответить")
    await boris.until("Номер:")
    declined = await ConsentRecord.filter(action=ConsentAction.DECLINED)
    assert len(declined) == 1, "no channel ticked is a recorded no"


async def test_other_wording_is_asked_of_nobody(
    telegram: Telegram, street: Context, clock: StoppedClock
) -> None:
    boris = await with_card(telegram)
    card = await Card.get().select_related("program__account")
    assert card.program is not None
    await new_version(street, card.program.account, ConsentPurpose.PERSONAL_DATA, "wording")
    await boris.send("/start")
    await boris.until("Карман")
    assert await gate(street, boris)


async def test_another_language_reads_the_same_version(
    telegram: Telegram, street: Context, clock: StoppedClock
) -> None:
    """He agreed in Russian to version 1; in English he reads version 1, not a newer one."""
    boris = await with_card(telegram)
    card = await Card.get().select_related("program__account")
    assert card.program is not None
    await new_version(street, card.program.account, ConsentPurpose.PERSONAL_DATA, "wording")
    await Customer.filter(id=(await customer_of(boris.id)).id).update(language="en")
    await boris.send("/cards")
    await boris.until("My cards")
    await boris.tap("Lukograd")
    await boris.until("Number:")
    await boris.tap("More")
    await boris.tap("Consents and receipt")
    await boris.until("— consents")
    await boris.tap("Data: the text")
    await boris.until("Version 1")
    assert "Согласие" not in boris.text
