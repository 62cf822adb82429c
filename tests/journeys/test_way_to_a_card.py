"""The whole way, with everything that people do on it: look back, change, refuse, tap twice."""

from typing import Any

import pytest

from backend.customers.person.profile import read_profile
from backend.platform.context import Context
from bot.intake.update import encode
from bot.tap_codec import Tap
from bot.taps.issue import Back, Drop, DropThis
from models.application import Application, ApplicationStatus
from models.card import Card
from models.offer import Offer
from models.telegram_update import TelegramUpdate
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import agree, begin, fill, find_offer, look_over, tick, to_consents
from tests.support.factory.customers import customer_of


@pytest.fixture
async def anna(telegram: Telegram, street: Context) -> Person:
    person = telegram.person("Анна")
    await person.start()
    await person.until("С какого города")
    await person.tap("Вся Россия")
    await person.until("Предложения")
    return person


async def pick(person: Person, *labels: str) -> None:
    """Turn the pages of the list until each is there, and tick it."""
    await person.tap("Выбрать несколько")
    await person.until("Несколько карт")
    for label in labels:
        for _ in range(9):
            if any(label in button for button in person.buttons):
                break
            seen = person.buttons
            await person.tap("›")
            await person.until(lambda _s, seen=seen: person.buttons != seen)  # type: ignore[misc]
        whole = next(button for button in person.buttons if label in button)
        await tick(person, whole.removeprefix("☐ "))


async def test_several_cards_one_shop_refused_one_answer_changed(
    anna: Person, street: Context
) -> None:
    """Зернопар and Бубликово are one card; Барбосвиль is refused at last; the name is mended."""
    await pick(anna, "Зернопар", "Лукоград", "Барбосвиль")
    assert sum("Бубликово" in label for label in anna.buttons) <= 1
    await anna.tap("Оформить 3 карты")
    screen = await anna.until("Анкета ·")
    assert "«Зернопар» и «Бубликово» (одна карта)" in screen["text"]
    await _answer_all(anna)
    screen = await anna.until("Проверьте ответы")
    assert "Имя: Ана" in screen["text"]
    assert "Эти карты ведут 3 компании" in screen["text"]
    await anna.tap("✏️ Имя")
    await anna.until("Сейчас: Ана")
    await anna.send("Анна")
    screen = await anna.until(lambda s: "Имя: Анна" in s.get("text", ""))
    await anna.tap("Всё верно")
    for number in (1, 2):
        await anna.until(f"Согласия · {number} из 3")
        await tick(anna, "Персональные данные", "Правила программы")
        await anna.tap("Согласиться")
    await anna.until("Согласия · 3 из 3")
    await anna.tap("‹ Назад")
    await anna.until("Согласия · 2 из 3")
    assert "☑️ Персональные данные" in anna.buttons, "what was ticked is still ticked"
    await anna.tap("Согласиться")
    screen = await anna.until("Согласия · 3 из 3")
    refused = next(
        name for name in ("Зернопар", "Лукоград", "Барбосвиль") if name in screen["text"]
    )
    await anna.tap("Отказаться")
    screen = await anna.until("Без этого карты не будет")
    assert refused in screen["text"]
    await anna.tap("остальные выпустить")
    await anna.until("Готово!")
    customer = await customer_of(anna.id)
    cards = await Card.filter(customer_id=customer.id).select_related("brand")
    assert len(cards) == 2
    assert refused not in {card.brand.name_ru for card in cards if card.brand}
    profile = read_profile(street, customer)
    assert profile["given_name"] == "Анна"
    assert not any(key.startswith("barbosville") for key in profile) or refused != "Барбосвиль"


async def _answer_all(anna: Person) -> None:
    """Skip what may be skipped, type or pick the rest."""
    answers = {
        "Как вас зовут": "Ана", "фамилия": "Ветрова", "Когда вы родились": "5 марта 1990",
        "почта": "anna@example.ru", "городе": "Казань", "питомца": "Мурзик",
    }  # fmt: skip
    seen = ""
    while "Проверьте ответы" not in (words := await _next_words(anna, seen)):
        known = next((text for key, text in answers.items() if key in words), None)
        if "номером телефона" in words:
            await anna.press("Поделиться номером")
        elif any("Пропустить" in label for label in anna.buttons):
            await anna.tap("Пропустить")
        elif known is not None:
            await anna.send(known)
        else:
            await anna.tap(lambda button: button["text"].startswith("☐"))
            await anna.until(lambda _s: any("☑️" in label for label in anna.buttons))
            await anna.tap("Готово")
        seen = words


async def _next_words(anna: Person, seen: str) -> str:
    screen = await anna.until(
        lambda s: (
            s.get("text") != seen
            and ("Анкета ·" in s.get("text", "") or "Проверьте" in s.get("text", ""))
        )
    )
    return str(screen["text"])


async def test_back_from_every_step_keeps_the_answers(anna: Person) -> None:
    await begin(anna, "Лукоград")
    await anna.until("номером телефона")
    await anna.press("‹ Назад")
    await anna.until(lambda s: bool(s.get("photo")))
    await anna.tap("Выпустить карту")
    await anna.until("номером телефона")
    await anna.press("Поделиться номером")
    await anna.until("Как вас зовут")
    await anna.send("Анна")
    await anna.until("Ваша фамилия")
    await anna.tap("‹ Назад")
    await anna.until("Сейчас: Анна")
    await anna.tap("Оставить: Анна")
    await anna.until("Ваша фамилия")
    await fill(anna)
    await anna.tap("‹ Назад")
    await anna.until("Проверьте ответы")
    await anna.tap("‹ Назад")
    await anna.until("Анкета · 5/5")
    await anna.tap("Оставить")
    await look_over(anna)
    await agree(anna)
    await anna.until("Карта готова")


async def test_a_date_is_repeated_as_it_was_understood(anna: Person) -> None:
    await begin(anna, "Верстойл")
    await anna.until("номером телефона")
    await anna.press("Поделиться номером")
    for question, text in (("зовут", "Анна"), ("фамилия", "Ветрова"), ("родились", "05/03/1990")):
        await anna.until(question)
        await anna.send(text)
    await anna.until("Записали: 5 марта 1990 г.")


async def arrives(street: Context, person: Person, content: dict[str, Any]) -> TelegramUpdate:
    """An update that Telegram would not send of itself: one that comes again, a tap on a button
    that the page does not show any more."""
    newest = await TelegramUpdate.all().order_by("-update_id").first()
    assert newest is not None
    update = {"update_id": newest.update_id + 1000, **content}
    return await TelegramUpdate.create(
        bot_id=newest.bot_id,
        update_id=update["update_id"],
        lane=person.id,
        payload=street.vault.seal_service("inbox", encode(update)),
        received_at=street.clock(),
    )


def _message(person: Person, message_id: int) -> dict[str, Any]:
    chat = {"id": person.id, "type": "private", "first_name": "Анна"}
    return {"message_id": message_id, "date": 1, "chat": chat, "from": _user(person)}


def _user(person: Person) -> dict[str, Any]:
    return {"id": person.id, "is_bot": False, "first_name": "Анна"}


async def old_tap(street: Context, person: Person, message_id: int, tap: Tap) -> None:
    query = {
        "id": "1", "from": _user(person), "chat_instance": "1", "data": tap.pack(),
        "message": {**_message(person, message_id), "text": "…"},
    }  # fmt: skip
    await arrives(street, person, {"callback_query": query})


async def test_a_message_that_comes_again_answers_nothing_else(
    anna: Person, street: Context
) -> None:
    """The process died after «Анна» was kept and before the update was marked as handled."""
    await begin(anna, "Лукоград")
    await anna.until("номером телефона")
    await anna.press("Поделиться номером")
    await anna.until("Как вас зовут")
    said = await anna.send("Анна")
    await anna.until("Ваша фамилия")
    again = await arrives(
        street, anna, {"message": {**_message(anna, said["message_id"]), "text": "Анна"}}
    )
    before = anna.screen.get("message_id")
    await anna.until(lambda s: s.get("message_id") != before and "фамилия" in s.get("text", ""))
    await anna.send("Ветрова")
    await anna.until("В каком городе")
    assert (await TelegramUpdate.get(id=again.id)).handled_at is not None


async def test_two_taps_on_the_last_button_leave_the_card_on_the_screen(anna: Person) -> None:
    await to_consents(anna, "Лукоград")
    await tick(anna, "Персональные данные", "Правила программы")
    screen = anna.screen
    data = next(
        button["callback_data"]
        for row in screen["reply_markup"]["inline_keyboard"]
        for button in row
        if "Согласиться" in button["text"]
    )
    for _ in range(3):
        await anna.tap_data(screen["message_id"], data)
    await anna.until(lambda s: "Номер:" in s.get("caption", ""))
    await anna.send("/privacy")
    await anna.until("Ваши данные")
    told = [str(m.get("text", "")) + str(m.get("caption", "")) for m in anna.messages]
    assert not any("уже закрыта" in words for words in told)
    assert await Card.all().count() == 1


async def test_buttons_of_an_older_message_destroy_nothing(anna: Person, street: Context) -> None:
    """«Да, отменить» under an older form, and the buttons that messages of last year carry."""
    await begin(anna, "Лукоград")
    await anna.until("номером телефона")
    await anna.press("Поделиться номером")
    await anna.until("Как вас зовут")
    await anna.send("Анна")
    screen = await anna.until("Ваша фамилия")
    old = await Application.get(status=ApplicationStatus.OPEN)
    here = int(screen["message_id"])
    await old_tap(street, anna, here, DropThis(application=old.id + 77, sure=True))
    await old_tap(street, anna, here, Drop(sure=True))
    await anna.until("Отменить оформление?")
    assert await Application.filter(status=ApplicationStatus.OPEN).count() == 1
    await anna.tap("Продолжить")
    await anna.until("Ваша фамилия")
    await old_tap(street, anna, here, Back())
    await anna.until("Сейчас: Анна")


async def test_who_comes_by_a_link_is_asked_for_the_city_afterwards(
    telegram: Telegram, street: Context
) -> None:
    boris = telegram.person("Борис")
    offer = await Offer.all().order_by("id").first()
    assert offer is not None
    await boris.start(f"o{offer.id}-poster")
    await boris.until(lambda s: bool(s.get("photo")))
    await boris.tap("Главная")
    await boris.until("Где вы ходите по магазинам")
    await boris.tap("Главная")
    await boris.until("карты лояльности в одном месте")
    await boris.send("Казань")
    await boris.until("это город")
    await boris.tap("Мой город — Казань")
    await boris.until("Предложения · Казань")
    assert (await customer_of(boris.id)).city_id is not None
    await boris.send("/home")
    await boris.until("Город: Казань")


async def test_the_conditions_say_what_the_offer_does_not(anna: Person) -> None:
    await find_offer(anna, "Лукоград")
    said = anna.screen.get("caption", "")
    await anna.tap("Условия")
    screen = await anna.until("— условия")
    assert "ООО «Лукоград Торг»" in screen["text"]
    assert "Без срока окончания" in screen["text"]
    assert said.splitlines()[3] not in screen["text"], "the offer's own text is not repeated"
    await anna.tap("Правила программы")
    screen = await anna.until("SHA-256")
    assert "#" not in screen["text"].replace("SHA-256", "")
    assert "**" not in screen["text"]
    await anna.tap("К условиям")
    await anna.until("— условия")
