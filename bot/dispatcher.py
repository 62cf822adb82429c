"""Which handler an update meets."""

from collections.abc import Iterable

from aiogram import Dispatcher, Router

from bot.membership import membership_router
from bot.respond import LateSearch
from bot.tapped import TapDoors
from bot.visits import at_the_door, changed_documents_first, going_elsewhere

# What Telegram is asked for (allowed_updates).
KINDS = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "my_chat_member",
)


def build_dispatcher(routers: Iterable[Router]) -> Dispatcher:
    """The routers in their order, asked one after the other; the last one takes what is left.

    A dispatcher keeps no state; what belongs to a bot comes with each update (`BotApp`). An
    aiogram router belongs to one dispatcher for good, and the handlers' are declared once for all:
    each dispatcher has its own copies.
    """
    dispatcher = TapDoors((membership_router(), *map(_copied, routers)))
    for kind in KINDS:
        dispatcher.observers[kind].middleware(at_the_door)
    for observer in (dispatcher.message, dispatcher.edited_message, dispatcher.callback_query):
        observer.middleware(going_elsewhere)
        observer.middleware(changed_documents_first)
    dispatcher.inline_query.middleware(LateSearch())
    return dispatcher


def _copied(router: Router) -> Router:
    """The same handlers behind the same middlewares."""
    copy = Router(name=router.name)
    for kind, declared in router.observers.items():
        copy.observers[kind].handlers += declared.handlers
        for middleware in declared.middleware:
            copy.observers[kind].middleware(middleware)
        for middleware in declared.outer_middleware:
            copy.observers[kind].outer_middleware(middleware)
    return copy
