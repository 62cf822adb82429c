"""The people of the tests wait by events and say what they saw when they waited in vain."""

import asyncio

import pytest

from tests.support.chat.telegram import Telegram

CITIES = {"inline_keyboard": [[{"text": "Москва", "callback_data": "city:1"}]]}


async def test_a_person_waits_for_what_is_still_to_come(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    tap = asyncio.create_task(anna.tap("Моск"))
    sent = await telegram.call(
        "sendMessage", chat_id=anna.id, text="Выберите город", reply_markup=CITIES
    )
    await tap
    wait = asyncio.create_task(anna.until(lambda screen: screen.get("text") == "Москва!"))
    await telegram.call(
        "editMessageText", chat_id=anna.id, message_id=sent["message_id"], text="Москва!"
    )
    assert (await wait)["message_id"] == sent["message_id"]


async def test_a_vain_wait_tells_the_chat(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await telegram.call("sendMessage", chat_id=anna.id, text="Выберите город", reply_markup=CITIES)
    with pytest.raises(AssertionError) as told:
        await anna.until("Ваша карта", timeout=0.01)
    assert "a screen with 'Ваша карта'" in str(told.value)
    assert "> 1 '/start'" in str(told.value)
    assert "< 2 'Выберите город' [Москва]" in str(told.value)
    with pytest.raises(AssertionError, match="a button 'Казань'"):
        await anna.tap("Казань", timeout=0.01)


async def test_a_location_button_shares_where_the_person_is(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    anna.position = (59.94, 30.31)
    await anna.start()
    keyboard = {"keyboard": [[{"text": "Где я", "request_location": True}]]}
    await telegram.call("sendMessage", chat_id=anna.id, text="Где вы?", reply_markup=keyboard)
    sent = await anna.press("Где я")
    assert sent["location"] == {"latitude": 59.94, "longitude": 30.31}
