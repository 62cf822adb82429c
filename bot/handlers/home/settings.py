"""Settings, language, privacy and help."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from backend.customers.person.choose import choose_language, city_of
from backend.platform.policy import Policy
from bot.screens.home.settings import help_screen, languages, privacy, settings
from bot.screens.screen import Screen
from bot.tapped import Tapped
from bot.taps.home import Help, Language, Languages, OpenSettings, Privacy
from bot.visitor import Visitor

router = Router(name="settings")


@router.message(Command("settings"))
async def settings_command(message: Message, visitor: Visitor) -> Screen:
    return settings(visitor.words, await city_of(visitor.customer))


@router.callback_query(Tapped(OpenSettings))
async def settings_tap(query: CallbackQuery, visitor: Visitor) -> Screen:
    return settings(visitor.words, await city_of(visitor.customer))


@router.callback_query(Tapped(Languages))
async def languages_tap(query: CallbackQuery, visitor: Visitor) -> Screen:
    return languages(visitor.words)


@router.callback_query(Tapped(Language))
async def language(query: CallbackQuery, visitor: Visitor, callback_data: Language) -> Screen:
    await choose_language(visitor.customer, callback_data.code)
    visitor.speak(visitor.customer.language)
    return settings(visitor.words, await city_of(visitor.customer))


@router.message(Command("help"))
async def help_command(message: Message, visitor: Visitor, bot: Bot) -> Screen:
    return help_screen(visitor.words, (await bot.me()).username or "")


@router.callback_query(Tapped(Help))
async def help_tap(query: CallbackQuery, visitor: Visitor, bot: Bot) -> Screen:
    return help_screen(visitor.words, (await bot.me()).username or "")


@router.message(Command("privacy"))
async def privacy_command(
    message: Message, visitor: Visitor, base_url: str, policy: Policy
) -> Screen:
    return privacy(visitor.words, f"{base_url}/privacy", policy)


@router.callback_query(Tapped(Privacy))
async def privacy_tap(
    query: CallbackQuery, visitor: Visitor, base_url: str, policy: Policy
) -> Screen:
    return privacy(visitor.words, f"{base_url}/privacy", policy)
