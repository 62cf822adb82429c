"""What a handler gives back, as it stands in the chat."""

import asyncio
from dataclasses import asdict
from hashlib import sha256
from io import BytesIO

import numpy as np
import orjson
import pytest
from aiogram import Router
from aiogram.types import CallbackQuery, Message
from PIL import Image

from backend.pictures.card_picture import CardFace
from backend.platform.context import Context
from bot import app
from bot.files import CARD_DESIGN, Files, content_key
from bot.screens.screen import Alert, Ask, AskKeyboard, Button, Picture, Reply, Screen
from models.barcode_format import BarcodeFormat
from models.bot_chat import BotChat
from models.media import Media
from models.telegram_file import TelegramFile
from tests.bot.conftest import Toy
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.machine.waiting import until

AnyReply = Reply | Screen | Alert | None
NEXT = Button("дальше", tap="next")
FACE = CardFace(
    brand="Пекарня", primary="#223344", secondary=None, logo=None, holder="Анна", balance=None,
    tier=None, printed_number="4600001", barcode_value="4600001",
    barcode_format=BarcodeFormat.CODE128,
)  # fmt: skip


def showing(*replies: AnyReply) -> Router:
    """Gives back one after the other, whatever the person does; the last one again and again."""
    router = Router()
    left = list(replies)

    async def reply(event: Message | CallbackQuery) -> AnyReply:
        return left.pop(0) if len(left) > 1 else left[0]

    router.message()(reply)
    router.callback_query()(reply)
    return router


def page(text: str, **more: object) -> Screen:
    return Screen(text, ((NEXT,),), **more)  # type: ignore[arg-type]


def bots(person: Person) -> list[dict[str, object]]:
    return [message for message in person.messages if not message["mine"]]


async def stored_picture(colour: str) -> str:
    file = BytesIO()
    Image.new("RGB", (320, 200), colour).save(file, "PNG")
    content = file.getvalue()
    digest = sha256(content).hexdigest()
    await Media.create(sha256=digest, mime="image/png", width=320, height=200, content=content)
    return digest


async def test_a_tap_edits_the_screen_in_place(telegram: Telegram, toy: Toy) -> None:
    anna = telegram.person("Анна")
    async with toy.running(showing(page("раз"), page("<b>два</b>"))):
        await anna.start()
        await anna.until("раз")
        tap = await anna.tap("дальше")
        await anna.until("два")
        await anna.answered(tap)

    assert len(bots(anna)) == 1


async def test_after_a_text_the_screen_stands_below_and_the_old_buttons_go(
    telegram: Telegram, toy: Toy
) -> None:
    anna = telegram.person("Анна")
    async with toy.running(showing(page("раз"), page("два"))):
        await anna.start()
        await anna.until("раз")
        await anna.send("кофе")
        await anna.until("два")
        await until(lambda: "reply_markup" not in bots(anna)[0])

    assert [message["text"] for message in bots(anna)] == ["раз", "два"]
    assert anna.buttons == ["дальше"]


async def test_the_same_screen_again_is_no_error(telegram: Telegram, toy: Toy) -> None:
    anna = telegram.person("Анна")
    async with toy.running(showing(page("раз"))):
        await anna.start()
        await anna.until("раз")
        for _ in range(3):
            await anna.answered(await anna.tap("дальше"))

    assert len(bots(anna)) == 1


async def test_a_button_of_an_old_message_shows_a_new_screen_below(
    telegram: Telegram, toy: Toy
) -> None:
    anna = telegram.person("Анна")
    async with toy.running(showing(page("раз"), page("два"))):
        push = await telegram.call(
            "sendMessage", chat_id=anna.id, text="новость",
            reply_markup={"inline_keyboard": [[{"text": "смотреть", "callback_data": "next"}]]},
        ) if await anna.start() else {}  # fmt: skip
        await anna.until("раз")
        await anna.tap_data(push["message_id"], "next")
        await anna.until("два")

    texts = {message["text"]: message for message in bots(anna)}
    assert set(texts) == {"раз", "новость", "два"}
    assert "reply_markup" in texts["новость"], "a push keeps its buttons"


async def test_a_screen_that_the_person_deleted_is_sent_anew(telegram: Telegram, toy: Toy) -> None:
    anna = telegram.person("Анна")
    async with toy.running(showing(page("раз"), page("два"))):
        await anna.start()
        screen = await anna.until("раз")
        await telegram.call("deleteMessage", chat_id=anna.id, message_id=screen["message_id"])
        # Anna sees it before its row is written.
        known = BotChat.filter(chat_id=anna.id, screen_message_id=screen["message_id"])
        await until(known.exists, "the screen's row")
        await anna.send("кофе")
        await anna.until("два")

    assert len(bots(anna)) == 1


async def test_text_and_picture_replace_each_other(telegram: Telegram, toy: Toy) -> None:
    anna = telegram.person("Анна")
    red, blue = await stored_picture("red"), await stored_picture("blue")
    screens = [
        page("текст"),
        page("красная", picture=Picture(media=red)),
        page("синяя", picture=Picture(media=blue)),
        page("снова текст"),
    ]
    async with toy.running(showing(*screens)):
        await anna.start()
        await anna.until("текст")
        for words in ("красная", "синяя", "снова текст"):
            await anna.tap("дальше")
            await anna.until(words)
            await until(lambda: len(bots(anna)) == 1)

    assert "photo" not in anna.screen
    assert (await BotChat.get(chat_id=anna.id)).screen_has_photo is False


async def test_a_picture_is_uploaded_once(telegram: Telegram, toy: Toy) -> None:
    anna, boris = telegram.person("Анна"), telegram.person("Борис")
    card = page("карта", picture=Picture(card=FACE))
    async with toy.running(showing(card)):
        await anna.start()
        first = await anna.until("карта")
        await boris.start()
        second = await boris.until("карта")

    assert first["photo"][-1]["file_id"] == second["photo"][-1]["file_id"]
    assert (first["photo"][-1]["width"], first["photo"][-1]["height"]) == (1080, 680)
    assert await TelegramFile.all().count() == 1
    uploading = [event for event in anna.events if event["type"] == "chat_action"]
    assert [event["action"] for event in uploading] == ["upload_photo"]
    assert not [event for event in boris.events if event["type"] == "chat_action"]


async def test_another_balance_is_another_picture(telegram: Telegram, toy: Toy) -> None:
    from dataclasses import replace

    anna = telegram.person("Анна")
    richer = replace(FACE, balance="120")
    faces = [page(f"{n}", picture=Picture(card=face)) for n, face in enumerate((FACE, richer))]
    async with toy.running(showing(*faces)):
        await anna.start()
        await anna.until("0")
        await anna.tap("дальше")
        await anna.until("1")

    assert await TelegramFile.all().count() == 2


async def test_the_logo_is_on_the_picture_and_an_upload_of_before_is_found(
    ctx: Context, database: str
) -> None:
    """Pictures were kept under the hash of the logo's bytes, which is what a logo is named by."""
    red, files = await stored_picture("red"), Files.of(7, ctx)
    bare, with_logo = Picture(card=FACE), Picture(card=FACE, logo=red)
    shown = {n: v for n, v in asdict(FACE).items() if n not in {"ink", "strip"}} | {"logo": red}
    before = orjson.dumps([CARD_DESIGN, shown], option=orjson.OPT_SORT_KEYS).decode()
    assert content_key(ctx.vault, with_logo) == f"card:{ctx.vault.blind_index('picture', before)}"
    assert content_key(ctx.vault, bare) != content_key(ctx.vault, with_logo)
    drawn = Image.open(BytesIO((await files.load(with_logo)).data)).convert("RGB")
    red_ones = np.asarray(drawn)[..., 0].astype(int) - np.asarray(drawn)[..., 1:].max(axis=-1)
    assert (red_ones > 190).sum() > 1000


@pytest.mark.parametrize("edited", [False, True])
async def test_a_file_id_that_telegram_forgot_is_uploaded_anew(
    telegram: Telegram, toy: Toy, edited: bool
) -> None:
    anna = telegram.person("Анна")
    red = await stored_picture("red")
    await TelegramFile.create(
        bot_id=telegram.bot_id, content_key=f"media:{red}", file_id="AgACAgIAAxkBAAforgotten",
        created_at=toy.ctx.clock(),
    )  # fmt: skip
    screens = [page("красная", picture=Picture(media=red))]
    async with toy.running(showing(*([page("текст")] if edited else []), *screens)):
        await anna.start()
        if edited:
            await anna.tap("дальше")
        shown = await anna.until("красная")

    row = await TelegramFile.get(content_key=f"media:{red}")
    assert row.file_id == shown["photo"][-1]["file_id"]


async def test_a_missing_picture_or_a_long_text_shows_the_text_alone(
    telegram: Telegram, toy: Toy
) -> None:
    anna = telegram.person("Анна")
    red = await stored_picture("red")
    screens = [
        page("без картинки", picture=Picture(media="0" * 64)),
        page("длинно " + "я" * 2000, picture=Picture(media=red)),
        page("с картинкой <b>" + "я" * 1000 + "</b>", picture=Picture(media=red)),
    ]
    async with toy.running(showing(*screens)):
        await anna.start()
        await anna.until("без картинки")
        await anna.tap("дальше")
        assert "photo" not in await anna.until("длинно")
        await anna.tap("дальше")
        assert "photo" in await anna.until("с картинкой")


async def test_a_question_by_reply_keyboard_and_the_way_back(telegram: Telegram, toy: Toy) -> None:
    anna = telegram.person("Анна")
    asking = AskKeyboard(Ask.CONTACT, "📱 Мой номер", "Отмена", ("Позже",), placeholder="Номер")
    screens = [page("раз"), page("Ваш номер?", keyboard=asking), page("спасибо")]
    async with toy.running(showing(*screens)):
        await anna.start()
        await anna.until("раз")
        await anna.tap("дальше")
        await anna.until("📱 Мой номер")
        assert anna.keyboard == ["📱 Мой номер", "Позже", "Отмена"]
        await anna.press("Мой номер")
        await anna.until("спасибо")
        assert anna.keyboard == []
        assert anna.buttons == ["дальше"]

    assert (await BotChat.get(chat_id=anna.id)).keyboard_shown is False
    assert "✓" not in [message.get("text") for message in bots(anna)]


async def test_a_reply_keyboard_alone_goes_with_the_next_text(telegram: Telegram, toy: Toy) -> None:
    anna = telegram.person("Анна")
    asking = AskKeyboard(Ask.LOCATION, "📍 Я здесь", "Отмена")
    async with toy.running(showing(Screen("Где вы?", keyboard=asking), Screen("нашли"))):
        await anna.start()
        await anna.until("Где вы?")
        await anna.press("Я здесь")
        await anna.until("нашли")
        assert anna.keyboard == []

    assert [message["text"] for message in bots(anna)] == ["Где вы?", "нашли"]


async def test_an_alert_leaves_the_screen_as_it_is(
    telegram: Telegram, toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "SOON_SECONDS", 60.0)
    anna = telegram.person("Анна")
    async with toy.running(showing(page("раз"), Alert("Выбрано уже три"), Alert("д" * 500))):
        await anna.start()
        await anna.until("раз")
        answer = await anna.answered(await anna.tap("дальше"))
        assert (answer["text"], answer["show_alert"]) == ("Выбрано уже три", True)
        await anna.answered(await anna.tap("дальше"))

    assert [message["text"] for message in bots(anna)] == ["раз"]


async def test_a_slow_tap_stops_spinning_before_its_screen_comes(
    telegram: Telegram, toy: Toy
) -> None:
    anna = telegram.person("Анна")
    router = Router()
    answered = asyncio.Event()

    @router.message()
    async def start(event: Message) -> Screen:
        return page("раз")

    @router.callback_query()
    async def slow(event: CallbackQuery) -> Alert:
        await asyncio.wait_for(answered.wait(), 5)
        return Alert("готово <3")

    async with toy.running(router):
        await anna.start()
        answer = await anna.answered(await anna.tap("дальше"))
        assert not answer.get("text")
        answered.set()
        # It is too late for an alert: the words come as a message.
        await anna.until("готово <3")


async def test_protected_and_fresh_screens_are_sent_not_edited(
    telegram: Telegram, toy: Toy
) -> None:
    anna = telegram.person("Анна")
    async with toy.running(
        showing(page("раз"), page("тайна", protect=True), page("ниже", fresh=True))
    ):
        await anna.start()
        await anna.tap("дальше")
        secret = await anna.until("тайна")
        assert secret["has_protected_content"] is True
        await until(lambda: len(bots(anna)) == 1)
        await anna.tap("дальше")
        await anna.until("ниже")

    assert [message["text"] for message in bots(anna)] == ["тайна", "ниже"]


async def test_several_cards_come_one_after_the_other(telegram: Telegram, toy: Toy) -> None:
    anna = telegram.person("Анна")
    answer = Reply(screen=page("первая"), more=(page("вторая"), page("третья")))
    async with toy.running(showing(answer)):
        await anna.start()
        await anna.until("третья")

    assert [message["text"] for message in bots(anna)] == ["первая", "вторая", "третья"]


async def test_what_a_handler_changes_in_the_chat_is_kept(
    telegram: Telegram, toy: Toy, request: pytest.FixtureRequest
) -> None:
    from bot.visitor import Visitor

    anna = telegram.person("Анна")
    router = Router()
    seen: list[str] = []

    @router.message()
    async def ask(event: Message, visitor: Visitor) -> Screen:
        seen.append(visitor.chat.awaiting)
        visitor.chat.awaiting = "city"
        return page("Какой город?")

    async with toy.running(router):
        for _ in range(2):
            await anna.send("привет")
        await until(lambda: len(bots(anna)) == 2)

    assert seen == ["", "city"]
