"""aiogram drives every offered method and gets objects back."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, types
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from bot.sandbox.facts import OFFERED
from bot.sandbox.limits import Limits
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.pictures.small import picture


def client(telegram: Telegram, token: str = "") -> Bot:
    api = TelegramAPIServer.from_base(telegram.url)
    return Bot(token or telegram.token, session=AiohttpSession(api=api))


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    made = client(telegram)
    yield made
    await made.session.close()


@pytest.fixture
async def anna(telegram: Telegram) -> Person:
    person = telegram.person("Анна")
    await person.start()
    return person


KEYS = types.InlineKeyboardMarkup(
    inline_keyboard=[
        [
            types.InlineKeyboardButton(text="Да", callback_data="yes", style="success"),
            types.InlineKeyboardButton(text="Номер", copy_text=types.CopyTextButton(text="4607")),
        ],
        [types.InlineKeyboardButton(text="Сайт", url="https://karman.example/")],
        [types.InlineKeyboardButton(text="Поделиться", switch_inline_query="кофе")],
    ]
)


async def test_sending(bot: Bot, anna: Person) -> None:
    text = await bot.send_message(
        anna.id, "<b>да</b>", parse_mode="HTML", reply_markup=KEYS,
        link_preview_options=types.LinkPreviewOptions(is_disabled=True),
        reply_parameters=types.ReplyParameters(message_id=1),
    )  # fmt: skip
    assert text.html_text == "<b>да</b>"
    assert text.reply_markup
    assert text.reply_markup.model_dump() == KEYS.model_dump()
    assert text.reply_to_message
    photo = await bot.send_photo(
        anna.id, types.BufferedInputFile(picture(), "card.png"), caption="Карта", has_spoiler=True
    )
    assert photo.photo
    assert photo.has_media_spoiler
    again = await bot.send_photo(anna.id, photo.photo[-1].file_id)
    assert again.photo == photo.photo
    document = await bot.send_document(anna.id, types.BufferedInputFile(b"1;2", "cards.csv"))
    assert document.document
    album = await bot.send_media_group(
        anna.id,
        [
            types.InputMediaPhoto(media=types.BufferedInputFile(picture(), "1.png"), caption="1"),
            types.InputMediaPhoto(media=photo.photo[0].file_id),
        ],
    )
    assert len(album) == 2
    point = await bot.send_location(anna.id, 59.9, 30.3, live_period=60)
    assert point.location
    assert point.location.live_period == 60
    venue = await bot.send_venue(anna.id, 59.9, 30.3, "Магазин", "Невский, 1")
    assert venue.venue
    contact = await bot.send_contact(anna.id, "+79161234502", "Борис")
    assert contact.contact
    assert contact.contact.user_id
    assert await bot.send_chat_action(anna.id, "upload_photo")
    copied = await bot.copy_message(anna.id, anna.id, photo.message_id, caption="Ещё")
    assert copied.message_id
    forwarded = await bot.forward_message(anna.id, anna.id, text.message_id)
    assert forwarded.forward_origin


async def test_editing_and_deleting(bot: Bot, anna: Person) -> None:
    sent = await bot.send_message(anna.id, "Раз", reply_markup=KEYS)
    where: dict[str, Any] = {"chat_id": anna.id, "message_id": sent.message_id}
    edited = await bot.edit_message_text("Два", **where, reply_markup=KEYS)
    assert isinstance(edited, types.Message)
    assert edited.text == "Два"
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("Два", **where, reply_markup=KEYS)
    await bot.edit_message_reply_markup(**where, reply_markup=None)
    upload = types.BufferedInputFile(picture(), "card.png")
    media = types.InputMediaPhoto(media=upload, caption="Карта")
    shown = await bot.edit_message_media(media, **where, reply_markup=KEYS)
    assert isinstance(shown, types.Message)
    assert shown.photo
    await bot.edit_message_caption(**where, caption="Баланс")
    await bot.set_message_reaction(**where, reaction=[types.ReactionTypeEmoji(emoji="👍")])
    await bot.pin_chat_message(**where)
    pinned = (await bot.get_chat(anna.id)).pinned_message
    assert pinned
    assert pinned.message_id == sent.message_id
    await bot.unpin_chat_message(**where)
    await bot.unpin_all_chat_messages(anna.id)
    await bot.delete_message(**where)
    await bot.delete_messages(anna.id, [sent.message_id])


async def test_files(bot: Bot, anna: Person) -> None:
    await anna.send_document("numbers.csv", b"1\n2\n")
    update = (await bot.get_updates(offset=-1))[0]
    assert update.message
    assert update.message.document
    file = await bot.get_file(update.message.document.file_id)
    assert file.file_path
    content = await bot.download_file(file.file_path)
    assert content
    assert content.read() == b"1\n2\n"
    assert (await bot.get_user_profile_photos(anna.id)).total_count == 0


async def test_taps_and_inline(bot: Bot, anna: Person) -> None:
    await bot.send_message(anna.id, "Берём?", reply_markup=KEYS)
    tapped = await anna.tap("Да")
    update = (await bot.get_updates(offset=-1))[0]
    assert update.callback_query
    assert isinstance(update.callback_query.message, types.Message)
    await bot.answer_callback_query(update.callback_query.id, "Готово", show_alert=True)
    assert (await anna.answered(tapped))["text"] == "Готово"

    asked = asyncio.create_task(anna.inline("кофе"))
    update = (await bot.get_updates(offset=update.update_id + 1, timeout=5))[0]
    assert update.inline_query
    content = types.InputTextMessageContent(message_text="<b>Кофе</b>", parse_mode="HTML")
    article = types.InlineQueryResultArticle(
        id="1", title="Кофе", input_message_content=content, reply_markup=KEYS
    )
    await bot.answer_inline_query(update.inline_query.id, [article], cache_time=1)
    await anna.choose((await asked)["results"][0])
    updates = await bot.get_updates(offset=update.update_id + 1)
    assert [found.event_type for found in updates] == ["message", "chosen_inline_result"]
    chosen = updates[1].chosen_inline_result
    assert chosen
    inline_id = chosen.inline_message_id
    assert await bot.edit_message_text("Чай", inline_message_id=inline_id) is True


async def test_the_profile(bot: Bot, telegram: Telegram, anna: Person) -> None:
    scope = types.BotCommandScopeAllPrivateChats()
    russian = [types.BotCommand(command="cards", description="Мои карты")]
    await bot.set_my_commands(russian, scope=scope, language_code="ru")
    await bot.set_my_commands([types.BotCommand(command="cards", description="My cards")])
    found = await bot.get_my_commands(scope=scope, language_code="ru")
    assert [(c.command, c.description) for c in found] == [("cards", "Мои карты")]
    shown = await telegram.page("GET", "/sandbox/bot?lang=ru")
    assert shown["commands"][0]["description"] == "Мои карты"
    shown = await telegram.page("GET", "/sandbox/bot?lang=en")
    assert shown["commands"][0]["description"] == "My cards"
    await bot.delete_my_commands(scope=scope, language_code="ru")
    assert await bot.get_my_commands(scope=scope, language_code="ru") == []

    await bot.set_my_name("Pocket")
    await bot.set_my_name("Карман", language_code="ru")
    assert (await bot.get_my_name(language_code="ru")).name == "Карман"
    assert (await bot.get_me()).first_name == "Pocket"
    await bot.set_my_description("Карты", language_code="ru")
    assert (await bot.get_my_description(language_code="ru")).description == "Карты"
    await bot.set_my_short_description("Карты")
    assert (await bot.get_my_short_description(language_code="en")).short_description == "Карты"
    await bot.set_chat_menu_button(menu_button=types.MenuButtonDefault())
    assert isinstance(await bot.get_chat_menu_button(), types.MenuButtonDefault)
    member = await bot.get_chat_member(anna.id, bot.id)
    assert isinstance(member, types.ChatMemberMember)


async def test_groups(bot: Bot, telegram: Telegram, anna: Person) -> None:
    group = await telegram.group("Семья", anna)
    link = await bot.create_chat_invite_link(group, name="Гости", member_limit=5)
    assert link.member_limit == 5
    assert (await bot.get_chat(group)).invite_link == link.invite_link
    assert await bot.leave_chat(group)


async def test_webhook_settings(bot: Bot) -> None:
    await bot.set_webhook("https://karman.example/hook", allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.allowed_updates) == ("https://karman.example/hook", ["message"])
    with pytest.raises(TelegramConflictError):
        await bot.get_updates()
    assert await bot.delete_webhook(drop_pending_updates=True)


async def test_refusals_become_aiograms_errors(telegram: Telegram, anna: Person) -> None:
    bot, stranger = client(telegram), client(telegram, "1000000001:other")
    try:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()
        with pytest.raises(TelegramBadRequest, match="chat not found"):
            await bot.send_message(5, "x")
        await anna.block()
        with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
            await bot.send_message(anna.id, "x")
    finally:
        await bot.session.close()
        await stranger.session.close()


async def test_a_rate_becomes_retry_after(tmp_path: Path) -> None:
    async with Telegram(tmp_path, limits=Limits(chat_burst=1)) as telegram:
        anna, bot = telegram.person("Анна"), client(telegram)
        await anna.start()
        await bot.send_message(anna.id, "раз")
        with pytest.raises(TelegramRetryAfter) as refused:
            await bot.send_message(anna.id, "два")
        assert refused.value.retry_after == 1
        await bot.session.close()


def test_this_file_calls_every_offered_method() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in OFFERED if f"bot.{_snake(name)}(" not in source] == []


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
