"""The bot without polling or webhook: updates go in, screens come out."""

from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from backend.customers.person.meet import in_telegram, whose
from backend.geofences.pass_by import pass_by
from backend.platform.context import SOMEBODY, Context, person
from backend.platform.door import BOT
from backend.platform.policy import NO_POLICY, Policy
from backend.platform.watch.log import get_log
from backend.platform.words import Translator, Words, language_of
from backend.reading.reader import Reader
from bot.answer_tap import TapAnswer
from bot.files import Files
from bot.groups import answer_outside
from bot.intake.update import Malformed, Raw
from bot.place import RESOLVED, Place
from bot.place_screen import ScreenPlacer
from bot.respond import SOON_SECONDS, Refuse, apologise, gone
from bot.screens.home.keys import every_keys
from bot.screens.screen import Alert, Button, Reply, Screen
from bot.send_screen import Wire
from bot.taps.home import Home
from bot.views.pocket import what_became
from bot.visitor import private, visitor_of
from models.bot_chat import BotChat
from models.refusal import Code, Refusal

log = get_log(__name__)


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
        show = ScreenPlacer(Wire(bot, Files.of(bot.id, ctx)), every_keys(catalogs))
        return cls(bot, ctx, dispatcher, catalogs, refuse, show, base_url, policy)

    async def handle(self, raw: Raw) -> None:
        """Raises Malformed for what will never be an update; anything else may be repeated."""
        place = Place.read(raw.get(RESOLVED, {}))
        update = self._update(raw)
        try:
            kind = update.event_type
        except UpdateTypeLookupError:
            log.info("an update of a kind that is not known here", update_id=update.update_id)
            return
        user = UserContextMiddleware.resolve_event_context(update).user
        if user is None or user.is_bot:
            return
        ctx = self.ctx.acting(SOMEBODY, BOT)
        if not private(update):
            words = Translator(self.catalogs, language_of(user.language_code))
            await answer_outside(update, ctx.through("bot:group"), self.bot, self.show, words)
        elif update.my_chat_member is not None:
            await self._fed(update, {"ctx": ctx})
        else:
            visitor = await visitor_of(ctx, self.bot.id, self.catalogs, update, user)
            given = {"ctx": ctx.by(person(visitor.customer.id)), "visitor": visitor}
            given["place"] = place
            # Whatever else they are answered.
            await pass_by(ctx, visitor.customer.id, place.passed)
            asks = kind in {"inline_query", "chosen_inline_result"}
            await (self._fed if asks else self._answered)(update, given)

    async def _answered(self, update: Update, given: dict[str, Any]) -> None:
        """A message or a tap: what its handler gives back is shown, and what it has changed in
        the chat is saved."""
        visitor, query = given["visitor"], update.callback_query
        tap = TapAnswer(self.bot, query) if query is not None else None
        try:
            async with tap.within(SOON_SECONDS) if tap is not None else nullcontext():
                reply = await self._reply(update, given)
            if reply is UNHANDLED:
                return
            if isinstance(reply, Reply | Screen | Alert):
                await self.show(visitor.chat, reply, tap)
            elif tap is not None:
                await tap.answer()
        except (TelegramForbiddenError, TelegramBadRequest) as refused:
            await gone(given["ctx"], visitor, refused)
        await visitor.keep()

    async def _reply(self, update: Update, given: dict[str, Any]) -> Any:
        """A refusal is an answer like any other."""
        try:
            return await self._handled(update, given)
        except Refusal as refusal:
            return self.refuse(given["visitor"].words, refusal)

    async def _handled(self, update: Update, given: dict[str, Any]) -> Any:
        """The second of two taps on the last button finds the application closed: it must not
        put a refusal in the place of the card."""
        try:
            return await self._fed(update, given)
        except Refusal as refusal:
            if refusal.code is not Code.APPLICATION_CLOSED or update.callback_query is None:
                raise
            shown = await what_became(given["visitor"], given["ctx"])
            if shown is None:
                raise
            return shown

    async def _fed(self, update: Update, given: dict[str, Any]) -> Any:
        """What the handler gives back; UNHANDLED when there is none."""
        around = {
            "show": self.show,
            "base_url": self.base_url,
            "policy": self.policy,
            "reader": self.reader,
        }
        answer = await self.dispatcher.feed_update(self.bot, update, **given, **around)
        if answer is UNHANDLED:
            kind = update.event_type
            log.warning("nothing answers this update", update_id=update.update_id, kind=kind)
        return answer

    def _update(self, raw: Raw) -> Update:
        told = {name: value for name, value in raw.items() if name != RESOLVED}
        try:
            return Update.model_validate(told, context={"bot": self.bot})
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
