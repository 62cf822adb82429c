"""What people do again and again on the way to a card in the bot."""

from collections.abc import Callable
from io import BytesIO

import zxingcpp
from PIL import Image

from tests.support.chat.person import Json, Person
from tests.support.chat.telegram import Telegram

ANSWERS = {
    "Как вас зовут": "Анна",
    "Ваша фамилия": "Ветрова",
    "Ваше отчество": "Сергеевна",
    "Когда вы родились": "24.03.1990",
    "электронная почта": "anna@example.ru",
    "В каком городе": "Казань",
}


async def find_offer(person: Person, brand: str) -> None:
    """Type the name, open the first offer found."""
    await person.send(brand)
    await person.until("По запросу")
    await person.tap(brand)
    await person.until(lambda screen: bool(screen.get("photo")))


async def begin(person: Person, brand: str) -> None:
    """From a typed name to the first question, or to what stands in its place."""
    await find_offer(person, brand)
    await person.tap("Выпустить карту")


async def to_consents(person: Person, brand: str) -> None:
    """From a typed name to the consent screen: every question is answered."""
    await begin(person, brand)
    await fill(person)


async def fill(person: Person, answers: dict[str, str] | None = None) -> list[str]:
    """Answer everything that is asked, the phone by its button; returns the questions put."""
    given = {**ANSWERS, **(answers or {})}
    asked: list[str] = []
    while True:
        screen = await person.until(_is_any)
        if not _is_question(screen):
            await look_over(person)
            return asked
        words = str(screen["text"])
        asked.append(words)
        if "номером телефона" in words:
            await person.press("Поделиться номером")
        else:
            await person.send(next(text for key, text in given.items() if key in words))
        await person.until(_next_after(words))


async def look_over(person: Person) -> None:
    """From the answers, once they are all there, to the consents."""
    screen = await person.until(lambda s: _is_summary(s) or _is_consent(s))
    if _is_summary(screen):
        await person.tap("Всё верно")
        await person.until(_is_consent)


def _next_after(words: str) -> Callable[[Json], bool]:
    return lambda s: _is_any(s) and s.get("text") != words


def _is_any(screen: Json) -> bool:
    return _is_question(screen) or _is_summary(screen) or _is_consent(screen)


def _is_summary(screen: Json) -> bool:
    return "Проверьте ответы" in str(screen.get("text", ""))


def _is_question(screen: Json) -> bool:
    return "Анкета ·" in str(screen.get("text", ""))


def _is_consent(screen: Json) -> bool:
    return str(screen.get("text", "")).startswith("Согласия")


async def tick(person: Person, *labels: str) -> None:
    """Tick these; each is seen ticked before the next."""
    for label in labels:
        await person.tap(f"☐ {label}")
        await person.until(_showing(f"☑️ {label}"))


def _showing(label: str) -> Callable[[Json], bool]:
    return lambda screen: label in _labels(screen)


def _labels(screen: Json) -> str:
    rows = screen.get("reply_markup", {}).get("inline_keyboard", [])
    return " ".join(button["text"] for row in rows for button in row)


async def agree(person: Person, *channels: str) -> None:
    """The consent screen of one program: both documents, and advertising by `channels`."""
    await look_over(person)
    await tick(person, "Персональные данные", "Правила программы", *channels)
    await person.tap("Согласиться")


async def get_card(person: Person, brand: str, *channels: str) -> Json:
    """From a typed name to the card; returns the message with its picture."""
    await to_consents(person, brand)
    await agree(person, *channels)
    return await person.until("Карта готова")


async def picture_of(telegram: Telegram, message: Json) -> bytes:
    """The largest size, as the person's phone downloads it."""
    file_id = message["photo"][-1]["file_id"]
    assert telegram.http is not None
    async with telegram.http.get(f"{telegram.url}/sandbox/files/{file_id}") as answer:
        assert answer.status == 200
        return await answer.read()


def barcode_on(picture: bytes) -> str:
    """What a till's scanner reads off the picture."""
    found = zxingcpp.read_barcode(Image.open(BytesIO(picture)))
    assert found is not None, "no barcode on the picture"
    return str(found.text)
