"""Commands and descriptions, per language. Telegram allows few changes a day: only what
differs is set."""

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, MenuButtonCommands

from backend.platform.watch.log import get_log
from backend.platform.words import Translator, Words

COMMANDS = (
    "start", "cards", "add", "offers", "settings", "privacy", "mydata", "deletemydata", "cancel",
    "help",
)  # fmt: skip
log = get_log(__name__)


async def set_menu(bot: Bot, catalogs: Words) -> None:
    """The default, for people of other languages, is English. A failure is logged only."""
    try:
        for code, language in ((None, "en"), ("ru", "ru"), ("en", "en")):
            await _set_language(bot, Translator(catalogs, language), code)
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    except TelegramAPIError as refused:
        log.warning("the commands could not be set", error=type(refused).__name__)


async def _set_language(bot: Bot, words: Translator, code: str | None) -> None:
    commands = [BotCommand(command=name, description=words(f"command-{name}")) for name in COMMANDS]
    scope = BotCommandScopeAllPrivateChats()
    if await bot.get_my_commands(scope=scope, language_code=code) != commands:
        await bot.set_my_commands(commands, scope=scope, language_code=code)
    description = words("bot-description")
    if (await bot.get_my_description(language_code=code)).description != description:
        await bot.set_my_description(description=description, language_code=code)
    short = words("bot-short-description")
    if (await bot.get_my_short_description(language_code=code)).short_description != short:
        await bot.set_my_short_description(short_description=short, language_code=code)
