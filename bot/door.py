"""Which door a tap comes by."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Router
from aiogram.dispatcher.flags import get_flag
from aiogram.types import TelegramObject

from backend.platform.context import Context
from backend.platform.door import BOT, DOORS

Next = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

# Routers whose evidence names the screen that the person saw.
_SCREENS = {
    "consent": "bot:consent_screen",
    "consents": "bot:settings",
    "consent_again": "bot:changed_documents",
}
# On a handler that is a door of its own: @router.callback_query(…, flags=PUSH_BUTTON).
PUSH_BUTTON = {"door": "bot:push_button"}
DELETE_MY_DATA = {"door": "bot:delete_my_data"}


def door_of(router: Router) -> str:
    """`bot:wallet` for the router «wallet»; the bot as a whole for one that has no door."""
    name = _SCREENS.get(router.name, f"bot:{router.name}")
    return name if name in DOORS else BOT


def at_the_door(handler: Next, event: TelegramObject, data: dict[str, Any]) -> Awaitable[Any]:
    """Around every handler: its `ctx` says by which door the person came."""
    ctx: Context = data["ctx"]
    data["ctx"] = ctx.through(get_flag(data, "door") or door_of(data["event_router"]))
    return handler(event, data)
