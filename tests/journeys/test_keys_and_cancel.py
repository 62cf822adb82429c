"""«Мои карты» below the chat, a way out of every question, and a help that knows it all."""

import inspect

import pytest

from backend.platform.context import Context
from backend.platform.words import Translator
from bot import awaiting
from bot.handlers.home.cancel import BACK_TO
from bot.menu import COMMANDS
from bot.words import load_words
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import begin, get_card

KEYS = ["💳 Мои карты", "🏠 Главная"]


@pytest.fixture
async def anna(telegram: Telegram, street: Context) -> Person:
    person = telegram.person("Анна")
    await person.start()
    await person.until("С какого города")
    return person


async def test_the_keys_come_with_the_first_card_and_come_back_after_every_question(
    anna: Person,
) -> None:
    assert anna.keyboard == []
    shown = await get_card(anna, "Лукоград")
    assert anna.keyboard == KEYS
    assert anna.screen["message_id"] == shown["message_id"], "their line stands above the card"
    await anna.press("Мои карты")
    await anna.until("1 карта")
    await anna.press("Главная")
    await anna.until("карты лояльности")

    await anna.tap("📍")
    await anna.until("Где вы ходите")
    await anna.tap("Определить по геопозиции")
    await anna.until("Нажмите кнопку внизу")
    assert anna.keyboard == ["📍 Отправить геопозицию", "✕ Отмена"]
    await anna.press("Отмена")
    await anna.until("Выбор города отменён")
    assert anna.keyboard == KEYS


async def test_a_key_leaves_whatever_was_asked(anna: Person) -> None:
    await get_card(anna, "Лукоград")
    await anna.send("/add")
    await anna.tap("Ввести номер")
    await anna.until("Введите номер")
    await anna.press("Мои карты")
    await anna.until("1 карта")
    await anna.send("4600000000015")
    await anna.until("По запросу")


async def test_who_changes_the_language_gets_keys_in_it_and_the_old_ones_work(
    anna: Person,
) -> None:
    await get_card(anna, "Лукоград")
    await anna.send("/settings")
    await anna.tap("Язык")
    await anna.tap("English")
    await anna.until("Settings")
    assert anna.keyboard == KEYS
    await anna.press("Мои карты")
    await anna.until("My cards")
    assert anna.keyboard == ["💳 My cards", "🏠 Home"]


async def test_cancel_says_what_it_cancels(anna: Person) -> None:
    await anna.send("/cancel")
    await anna.until("Выбор города отменён")
    await anna.send("/cancel")
    await anna.until("Отменять нечего")
    await anna.send("/add")
    await anna.tap("Ввести номер")
    await anna.until("Введите номер")
    await anna.send("/cancel")
    await anna.until("карта не добавлена")
    await anna.tap("Назад")
    await anna.until("Добавить карту")
    await begin(anna, "Лукоград")
    await anna.until("Анкета ·")
    await anna.send("/cancel")
    await anna.until("Отменить оформление?")


def test_whatever_may_be_asked_can_be_cancelled() -> None:
    """And has its words; the questionnaire asks once more, as its own button does."""
    asked = {
        value
        for name, value in inspect.getmembers(awaiting)
        if name.isupper() and isinstance(value, str) and name not in {"CARDS", "HOME"}
    }
    assert asked - {awaiting.QUESTION} == set(BACK_TO)
    for language in ("ru", "en"):
        words = Translator(load_words(), language)
        said = [words(f"cancelled-{each.replace('_', '-')}") for each in BACK_TO]
        assert all(said)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_help_knows_every_command(language: str) -> None:
    said = Translator(load_words(), language)("help-text", bot="karman_bot")
    assert [command for command in COMMANDS if f"/{command} " not in said] == []


async def test_an_unknown_command_lists_those_there_are(anna: Person) -> None:
    await anna.send("/foo")
    await anna.until("Команды /foo у меня нет")
    assert [command for command in COMMANDS if f"/{command}" not in anna.text] == []


async def test_the_keys_go_with_the_data(anna: Person) -> None:
    await get_card(anna, "Лукоград")
    await anna.send("/deletemydata")
    await anna.tap("Продолжить удаление")
    await anna.until("Точно удалить")
    await anna.tap("Да, удалить навсегда")
    await anna.until("Ваши данные удалены")
    assert anna.keyboard == []
