"""The bot without its wires: updates go in, screens come out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.enums import ChatType
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from backend.identities import whose
from backend.platform.actor import SOMEBODY
from backend.platform.context import Context
from backend.platform.door import BOT
from backend.platform.policy import NO_POLICY, Policy
from backend.platform.watch.log import get_log
from backend.platform.words import Words
from backend.reading.reader import Reader
from bot.awaiting import going_elsewhere
from bot.door import at_the_door
from bot.files import Files
from bot.groups import private_only
from bot.intake.update import Malformed, Raw
from bot.membership import membership_router
from bot.place_screen import ScreenPlacer
from bot.respond import LateSearch, Refuse, RespondMiddleware, apologise
from bot.screens.home.keys import keys_in
from bot.screens.screen import Button, Screen
from bot.send_screen import Wire
from bot.taps.home import Home
from bot.visitor import VisitorMiddleware
from bot.visits import changed_documents_first
from bot.words import Translator, language_of
from models.bot_chat import BotChat
from models.identity import in_telegram

log = get_log(__name__)

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
    dispatcher = Dispatcher(disable_fsm=True)
    for kind in KINDS:
        dispatcher.observers[kind].middleware(at_the_door)
    dispatcher.update.outer_middleware(private_only)
    dispatcher.update.outer_middleware(VisitorMiddleware())
    for observer in (dispatcher.message, dispatcher.edited_message, dispatcher.callback_query):
        observer.middleware(RespondMiddleware())
        observer.middleware(going_elsewhere)
        observer.middleware(changed_documents_first)
    dispatcher.inline_query.middleware(LateSearch())
    dispatcher.include_routers(membership_router(), *map(_copied, routers))
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


@dataclass(frozen=True, slots=True)
class BotApp:
    """One bot at work: what the lanes call."""

    bot: Bot
    ctx: Context
    dispatcher: Dispatcher
    catalogs: Words
    refuse: Refuse
    show: ScreenPlacer
    base_url: str = ""
    policy: Policy = NO_POLICY
    # Reads what people send; its processes start with the first file. Close it at the end.
    reader: Reader = field(default_factory=Reader)

    @classmethod
    def of(
        cls,
        bot: Bot,
        ctx: Context,
        dispatcher: Dispatcher,
        catalogs: Words,
        refuse: Refuse,
        base_url: str = "",
        policy: Policy = NO_POLICY,
    ) -> "BotApp":
        show = ScreenPlacer(Wire(bot, Files.of(bot.id, ctx)), partial(keys_in, catalogs))
        return cls(bot, ctx, dispatcher, catalogs, refuse, show, base_url, policy)

    async def handle(self, raw: Raw) -> None:
        """Raises Malformed for what will never be an update; anything else may be repeated."""
        update = self._update(raw)
        try:
            kind = update.event_type
        except UpdateTypeLookupError:
            log.info("an update of a kind that is not known here", update_id=update.update_id)
            return
        given: dict[str, Any] = {
            "ctx": self.ctx.acting(SOMEBODY, BOT),
            "catalogs": self.catalogs,
            "refuse": self.refuse,
            "show": self.show,
            "base_url": self.base_url,
            "policy": self.policy,
            "reader": self.reader,
        }
        if await self.dispatcher.feed_update(self.bot, update, **given) is UNHANDLED:
            log.warning("nothing answers this update", update_id=update.update_id, kind=kind)

    def _update(self, raw: Raw) -> Update:
        try:
            return Update.model_validate(raw, context={"bot": self.bot})
        except ValidationError as wrong:
            # Its text quotes what the person wrote: only the places go on.
            places = {".".join(str(part) for part in error["loc"][:3]) for error in wrong.errors()}
            raise Malformed(f"not an update of Telegram: {sorted(places)[:3]}") from None

    async def apologise(self, raw: Raw) -> None:
        """The update was set aside: say so in the private chat that it came from."""
        update = self._update(raw)
        tapped = update.callback_query.message if update.callback_query is not None else None
        message = update.message or tapped
        if message is None or message.chat.type != ChatType.PRIVATE:
            return
        person = await whose(in_telegram(message.chat.id))
        language = person.language if person is not None else language_of(None)
        words = Translator(self.catalogs, language)
        chat, _ = await BotChat.get_or_create(bot_id=self.bot.id, chat_id=message.chat.id)
        home = Button(words("home-button"), tap=Home().pack())
        await apologise(self.show, chat, Screen(words.html("broken"), ((home,),), fresh=True))
