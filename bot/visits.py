"""Around every handler: by which door the person came, what they leave, and what comes first."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from aiogram import Router
from aiogram.dispatcher.flags import get_flag
from aiogram.types import CallbackQuery, Message, TelegramObject

from backend.messaging.action import ActionKind
from backend.platform.context import Context
from backend.platform.door import BOT, DOORS
from bot.screens.home.keys import CARDS, HOME, pressed
from bot.start_link import parse_start
from bot.taps.pocket import OpenCard
from bot.views.choices import first_due
from bot.visitor import Visitor

# «Later» holds for one visit. A /start is always a new one.
VISIT = timedelta(hours=6)
# On the handlers where a visit begins: @router.message(…, flags=VISITS).
VISITS = {"visit": True}

# Routers whose evidence names the screen that the person saw.
_SCREENS = {
    "consent": "bot:consent_screen",
    "consents": "bot:settings",
    "consent_again": "bot:changed_documents",
}
# On a handler that is a door of its own: @router.callback_query(…, flags=PUSH_BUTTON).
PUSH_BUTTON = {"door": "bot:push_button"}
DELETE_MY_DATA = {"door": "bot:delete_my_data"}

Next = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


def door_of(router: Router) -> str:
    """`bot:wallet` for the router «wallet»; the bot as a whole for one that has no door."""
    name = _SCREENS.get(router.name, f"bot:{router.name}")
    return name if name in DOORS else BOT


def at_the_door(handler: Next, event: TelegramObject, data: dict[str, Any]) -> Awaitable[Any]:
    """Around every handler: its `ctx` says by which door the person came."""
    ctx: Context = data["ctx"]
    data["ctx"] = ctx.through(get_flag(data, "door") or door_of(data["event_router"]))
    return handler(event, data)


def going_elsewhere(handler: Next, event: TelegramObject, data: dict[str, Any]) -> Awaitable[Any]:
    """A tap, a command or a key leaves the question that was put; a handler may put it again.
    What cancels looks first at what there is to cancel."""
    visitor: Visitor = data["visitor"]
    if isinstance(event, CallbackQuery) or (
        isinstance(event, Message) and _leaves(event.text or "", visitor)
    ):
        visitor.chat.awaiting = ""
    return handler(event, data)


def _leaves(text: str, visitor: Visitor) -> bool:
    if text.startswith("/"):
        return text.split(maxsplit=1)[0].partition("@")[0] != "/cancel"
    return pressed(visitor.words.words, text) in {CARDS, HOME}


def changed_documents_first(
    handler: Next, event: TelegramObject, data: dict[str, Any]
) -> Awaitable[Any]:
    """Around handlers where a visit begins: home, the cards, a card."""
    begins = get_flag(data, "visit") and not _leads_to_an_offer(event)
    if not begins or _put_off(data["visitor"], data["ctx"], event):
        return handler(event, data)
    return _asked_or_handled(handler, event, data)


async def _asked_or_handled(handler: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
    opened = data.get("callback_data")
    card = opened.id if isinstance(opened, OpenCard) else 0
    asked = await first_due(data["visitor"], data["ctx"], card)
    return asked if asked is not None else await handler(event, data)


def _leads_to_an_offer(event: TelegramObject) -> bool:
    """A link's offer has a consent screen of its own; a card that somebody shares has nothing
    to do with the documents."""
    if not isinstance(event, Message):
        return False
    link = parse_start((event.text or "").partition(" ")[2].strip())
    offer = link.action is not None and link.action.kind is ActionKind.OPEN_OFFER
    return link.offer is not None or offer or bool(link.share or link.assigned)


def _put_off(visitor: Visitor, ctx: Context, event: TelegramObject) -> bool:
    if isinstance(event, Message) and (event.text or "").startswith("/start"):
        return False
    later = visitor.chat.consent_later_at
    return later is not None and ctx.clock() - later < VISIT
