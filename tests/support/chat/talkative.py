"""A person who tells the bot everything about herself, in words that nobody else uses."""

from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import agree, fill, find_offer

ANSWERS = {
    "Как вас зовут": "Евлампия",
    "Ваша фамилия": "Крузенштерн",
    "Ваше отчество": "Дормидонтовна",
    "Когда вы родились": "24.03.1987",
    "электронная почта": "evlampia.kruz@example.ru",
    "В каком городе": "Казань",
    "Как зовут питомца": "Мурзилка Плюшевая",
    "день рождения": "17.09.2019",
}
SAID = ("тайна про клюкву в сахаре", "/неведомое-слово-внутри", "вышиваю крестиком по ночам")
LOOKED_FOR = ("шиншилла ездовая", "заморские пряники")
NOWHERE = "Верхняя Кукуевка"
PLACE = (55.123457, 49.654321)
PHONE = "79161239876"

# A date is kept as ISO, a phone in groups or with a plus: the digits are what matters.
TYPED = (
    *ANSWERS.values(), *SAID, *LOOKED_FOR, NOWHERE, "1987-03-24", "2019-09-17", "55.123457",
    "49.654321", PHONE, "Евлампия Кр.", "подпись к фотографии", "паспорт-крузенштерн.pdf",
    "переделанные слова",
)  # fmt: skip
# Not hers alone: it is a city of the reference list.
TELLING = tuple(value for value in TYPED if value != "Казань")


def talkative(telegram: Telegram) -> Person:
    """Somebody whose very name is unusual; of another alphabet than her Telegram knows."""
    return telegram.add_person("Евлампия Кр.", phone_number=PHONE)


async def tell_everything(person: Person, picture: bytes) -> None:
    """Two cards, a duplicate search, a lost application, and a lot of talk."""
    await person.start("offer-3_poster")
    await person.until(bool)
    await get_card_telling(person, "Лукоград")
    for words in (*SAID, *LOOKED_FOR):
        await person.send(words)
        await person.until(lambda screen: not screen["mine"])
    await person.inline(LOOKED_FOR[0])
    await person.share_location(*PLACE)
    await person.until("Поменять город")
    await person.send_photo(picture, caption="подпись к фотографии")
    await person.send_document("паспорт-крузенштерн.pdf", b"%PDF-1.4 nothing")
    said = await person.send("слова")
    await person.edit(said["message_id"], "переделанные слова")
    await person.until("Изменённые сообщения")
    await _leave_halfway(person)


async def get_card_telling(person: Person, brand: str) -> None:
    await find_offer(person, brand)
    await person.tap("Выпустить карту")
    await fill(person, ANSWERS)
    await agree(person, "Telegram")
    await person.until("Карта готова")


async def _leave_halfway(person: Person) -> None:
    """Барбосвиль asks for the pet: answered, then left before the consent screen."""
    await find_offer(person, "Барбосвиль")
    await person.tap("Выпустить карту")
    await person.until("Кто живёт с вами")
    await person.tap("Кошка")
    await person.tap("Готово")
    await person.until("Как зовут питомца")
    await person.send(ANSWERS["Как зовут питомца"])
    await person.until("день рождения")
    await person.send(ANSWERS["день рождения"])
    await person.until("Проверьте ответы")
