"""Whatever a person sends, the answer is polite and useful, never silence."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from backend.platform.context import Context
from models.application import Application
from models.card import Card
from models.customer import Customer
from models.identity import Identity
from models.offer import Offer, OfferStatus
from models.pool_number import NumberStatus, PoolNumber
from models.telegram_file import TelegramFile
from tests.support.chat.person import Json, Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import agree, begin, fill, find_offer, get_card, to_consents
from tests.support.clock import StoppedClock
from tests.support.factory.customers import customer_of
from tests.support.pictures.small import picture


@pytest.fixture
async def anna(telegram: Telegram, street: Context) -> Person:
    """At home, in no city in particular."""
    person = telegram.person("Анна")
    await person.start()
    await person.until("С какого города")
    await person.tap("Вся Россия")
    await person.until("Предложения")
    return person


async def test_words_with_typos_find_the_shop(anna: Person) -> None:
    for typed in ("лукагрод", "lukograd", "kerjuhfl"):
        await anna.send(typed)
        found = await anna.until(f"По запросу «{typed}»")
        assert "Лукоград" in found["text"]
    await anna.send("щщщщщ")
    await anna.until("ничего не нашлось")


async def test_a_city_by_location_and_by_typing(anna: Person) -> None:
    await anna.send("/settings")
    await anna.until("Настройки")
    await anna.tap("📍 Город")
    await anna.until("ходите по магазинам")
    await anna.tap("геопозиции")
    await anna.until("Нажмите кнопку")
    anna.position = (56.84, 60.61)
    await anna.press("Отправить геопозицию")
    await anna.until("Екатеринбург")
    await anna.tap("Другой город")
    await anna.until("ходите по магазинам")
    await anna.send("Козань")
    await anna.until("Казань")
    assert await Customer.exists(identities__external_id=str(anna.id), city__key="kazan")


@pytest.mark.parametrize(
    ("what", "answer"),
    [
        ("sticker", "С этим я пока"),
        ("voice", "С этим я пока"),
        ("command", "Команды /dance у меня нет"),
        ("contact", "понадобится в анкете"),
        ("location", "Поменять город?"),
        ("edit", "не перечитываю"),
    ],
)
async def test_everything_else_is_answered(anna: Person, what: str, answer: str) -> None:
    if what == "sticker":
        await anna.send_sticker()
    elif what == "voice":
        await anna.send_voice()
    elif what == "command":
        await anna.send("/dance")
    elif what == "contact":
        await anna.share_contact()
    elif what == "location":
        await anna.share_location(55.0, 83.0)
    else:
        sent = await anna.send("кофе")
        await anna.until("По запросу")
        await anna.edit(sent["message_id"], "чай")
    await anna.until(answer)


async def test_an_album_gets_one_answer(anna: Person) -> None:
    before = len(from_bot(anna))
    await anna.send_photo(picture(40, 40, "JPEG"), picture(50, 50, "JPEG"))
    await anna.until(
        lambda s: bool(s.get("reply_markup")) and "Предложения" not in s.get("text", "")
    )
    await anna.send("/help")
    await anna.until("Что я умею")
    told = [each.get("text") for each in from_bot(anna)[before:]]
    assert len(told) == 2, f"to the album and to /help: {told}"


def from_bot(person: Person) -> list[Json]:
    return [message for message in person.messages if not message["mine"]]


async def test_a_button_from_last_month_still_works_or_leads_home(
    telegram: Telegram, anna: Person
) -> None:
    greens = await Offer.get(key="lukograd-greens-daily")
    taps = (f"offer:{greens.id}", "removed-long-ago:5")
    rows = [[{"text": tap, "callback_data": tap}] for tap in taps]
    old = await telegram.call(
        "sendMessage", chat_id=anna.id, text="Осень", reply_markup={"inline_keyboard": rows}
    )
    await anna.tap_data(old["message_id"], taps[0])
    await anna.until(lambda s: "Лукоград" in s.get("caption", ""))
    answer = await anna.answered(await anna.tap_data(old["message_id"], taps[1]))
    assert "уже не работает" in answer["text"]
    await anna.until("карты лояльности в одном месте")


async def test_in_a_group_the_bot_asks_to_talk_in_private(telegram: Telegram, anna: Person) -> None:
    boris = telegram.person("Борис")
    group = await telegram.group("Соседи", anna, boris)
    await anna.send("/cards", chat_id=group)

    async def told() -> bool:
        chat = await telegram.page("GET", f"/sandbox/people/{anna.id}/chats/{group}")
        return any("личные сообщения" in m.get("text", "") for m in chat["messages"])

    await _eventually(told)


async def test_inline_shares_an_offer_that_leads_back(telegram: Telegram, anna: Person) -> None:
    found = await anna.inline("кофе")
    await anna.choose(next(r for r in found["results"] if "Зернопар" in r["title"]))
    link = next(m for m in reversed(anna.messages) if m["mine"] and m.get("reply_markup"))
    url = link["reply_markup"]["inline_keyboard"][0][0]["url"]
    boris = telegram.person("Борис")
    await boris.start(url.split("start=")[1])
    await boris.until(lambda s: "Зернопар" in s.get("caption", ""))
    await boris.tap("Выпустить карту")
    await boris.until("Анкета ·")
    customer = await customer_of(boris.id)
    assert (await Application.get(customer_id=customer.id)).source == "inline"


async def test_refusing_the_consent_is_explained_and_can_be_reconsidered(anna: Person) -> None:
    await to_consents(anna, "Лукоград")
    answer = await anna.answered(await anna.tap("Согласиться"))
    assert "Сначала отметьте" in answer["text"]
    await anna.tap("Отказаться")
    await anna.until("Без этого карты не будет")
    await anna.tap("Вернуться к согласиям")
    await anna.until("Согласия")
    await anna.tap("📄 Читать")
    await anna.until("SHA-256")
    await anna.tap("К согласиям")
    await anna.until("Нужно для карты")
    await anna.tap("Отказаться")
    await anna.until("Без этого карты не будет")
    await anna.tap("Закончить и удалить")
    await anna.until("карты лояльности в одном месте")
    assert await Card.all().count() == 0
    assert (await Application.get()).answers is None


async def test_helpful_no_to_each_wrong_answer(anna: Person) -> None:
    await begin(anna, "Том Томыч")
    await anna.until("номером телефона")
    await anna.share_contact(own=False)
    await anna.until("Это чужой контакт")
    await anna.share_contact(own=False, forwarded=True)
    await anna.until("Пересланный контакт")
    await anna.press("Поделиться номером")
    await anna.until("Как вас зовут")
    await anna.send("Анна123")
    await anna.until("только буквы")
    await anna.tap("Анна")
    await anna.until("отчество")
    await anna.tap("Пропустить")
    await anna.until("родились")
    for typed, told in (
        ("31.02.1990", "нет в календаре"),
        ("01.01.2031", "ещё не наступила"),
        ("завтра", "день, месяц и год"),
    ):
        await anna.send(typed)
        await anna.until(told)
    await anna.tap("Назад")
    await anna.until("отчество")


async def test_the_questionnaire_resumes_after_days(anna: Person, clock: StoppedClock) -> None:
    await begin(anna, "Лукоград")
    await anna.until("номером телефона")
    await anna.press("Поделиться номером")
    await anna.until("Как вас зовут")
    clock.advance(days=9)
    await anna.start()
    await anna.until("карты лояльности в одном месте")
    await anna.tap("Продолжить анкету")
    await anna.until("Анкета · 2/5")


async def test_pool_empty_and_offer_ended_while_typing(anna: Person) -> None:
    await find_offer(anna, "Попкорн Палыч")
    assert "Свободные номера закончились" in anna.text, "told before anything is typed"
    assert "Выпустить карту" not in str(anna.buttons)
    await to_consents(anna, "Гвоздоград")
    numbers = PoolNumber.filter(program__brands__key="gvozdograd")
    ids = await numbers.values_list("id", flat=True)
    await PoolNumber.filter(id__in=ids).update(status=NumberStatus.QUARANTINED)
    await agree(anna)
    await anna.until("номера закончились")
    await to_consents(anna, "Лукоград")
    await Offer.filter(brand__key="lukograd").update(status=OfferStatus.ARCHIVED)
    await agree(anna)
    await anna.until("уже закончилось")


async def test_a_typed_number_of_a_plastic_card(anna: Person) -> None:
    await find_offer(anna, "Лукоград")
    await anna.tap("У меня уже есть карта")
    await anna.until("Введите номер")
    await anna.send("12345")
    await anna.until("не похоже на номер карты")
    await anna.send("2910001000207")
    await fill(anna)
    await agree(anna)
    await anna.until("Карта в кармане")
    assert (await Card.get()).barcode_value == "2910001000207"


async def test_hide_remove_and_the_list_of_cards(anna: Person) -> None:
    await anna.send("/cards")
    await anna.until("пока пусто")
    await get_card(anna, "Лукоград")
    await anna.tap("Ещё")
    await anna.tap("В архив")
    await anna.until("В архиве")
    await anna.send("/cards")
    await anna.until("пока пусто")
    await anna.tap("Архив")
    await anna.until("Архив")
    await anna.tap("Лукоград")
    await anna.until(lambda s: bool(s.get("photo")))
    await anna.tap("Ещё")
    await anna.tap("Вернуть в список")
    await anna.until(lambda s: bool(s.get("photo")) and "В архиве" not in str(s))
    await anna.tap("Ещё")
    await anna.tap("Убрать")
    await anna.until("Убрать карту")
    await anna.tap("Да, убрать")
    await anna.until("пока пусто")


async def test_english_from_settings(anna: Person) -> None:
    await anna.send("/settings")
    await anna.until("Настройки")
    await anna.tap("Язык")
    await anna.until(lambda s: "English" in str(s))
    await anna.tap("English")
    await anna.until("Settings")
    await anna.send("/cards")
    await anna.until("Nothing here yet")


async def test_blocked_and_back(anna: Person) -> None:
    await anna.block()
    await _eventually(lambda: Identity.exists(external_id=str(anna.id), blocked_at__isnull=False))
    await anna.start()
    await anna.until("карты лояльности в одном месте")
    assert await Identity.exists(external_id=str(anna.id), blocked_at=None)


async def test_a_picture_is_uploaded_once(anna: Person) -> None:
    """The second look at a card sends Telegram's own file_id: the same file, not a copy."""
    await get_card(anna, "Лукоград")
    await anna.send("/cards")
    await anna.until("1 карта")
    await anna.tap("Лукоград")
    first = await anna.until(lambda s: bool(s.get("photo")))
    await anna.tap("Мои карты")
    await anna.until("1 карта")
    await anna.tap("Лукоград")
    again = await anna.until(lambda s: bool(s.get("photo")))
    assert again["photo"][-1]["file_unique_id"] == first["photo"][-1]["file_unique_id"]
    assert await TelegramFile.filter(content_key__startswith="card:").count() == 1


async def _eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(500):
        if await holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen within five seconds")
