"""What every sending method shares: the chat, the reply, the keyboard, the gate."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.bodies import Params
from bot.sandbox.box import Box
from bot.sandbox.chats import Place, writable_place
from bot.sandbox.content.keyboards import read_markup
from bot.sandbox.content.reply_keyboards import apply_markup
from bot.sandbox.content.text import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.messages import add_message, find_message, without_reply


@dataclass(frozen=True, slots=True)
class Letter:
    """An addressed envelope: everything about a message but its content."""

    box: Box
    place: Place
    markup: Json | None
    extra: Json
    paid: bool = False

    def admit(self, amount: int = 1) -> None:
        """Pass the rates. Before any file is kept, and before anything is written."""
        self.box.gate.admit(self.place.id, amount, paid=self.paid)

    def send(self, content: Json) -> Json:
        """Keep and show the message."""
        markup = self.markup
        inline = markup if markup and "inline_keyboard" in markup else None
        shown = {"reply_markup": inline} if inline else {}
        with self.box.store.write():
            message = add_message(
                self.box,
                self.place,
                self.box.bot_user,
                self.extra | content | shown,
                reply_keyboard=bool(markup and not inline),
            )
            apply_markup(self.box, self.place, markup)
        return message


def address(box: Box, params: Params) -> Letter:
    """Read the common parameters of a sending method; raises ApiError."""
    place = writable_place(box, params.text("chat_id"))
    markup = read_markup(params, private=place.private)
    extra = _reply(box, place, params.object("reply_parameters"))
    if params.flag("protect_content"):
        extra["has_protected_content"] = True
    effect = params.text("message_effect_id")
    if effect:
        if not place.private:
            raise bad_request("message effects can be used in private chats only")
        extra["effect_id"] = effect
    return Letter(box, place, markup, extra, params.flag("allow_paid_broadcast"))


def _reply(box: Box, place: Place, wanted: Json | None) -> Json:
    if not wanted:
        return {}
    message_id: Any = wanted.get("message_id")
    if not isinstance(message_id, int):
        raise bad_request("can't parse reply parameters: message_id must be an Integer")
    if wanted.get("chat_id") not in (None, place.id, str(place.id)):
        raise bad_request("replies to another chat are not offered by the sandbox")
    found = find_message(box, place.id, message_id)
    if found is None:
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    reply: Json = {"reply_to_message": without_reply(found.body)}
    if wanted.get("quote"):
        reply["quote"] = _quote(found.body, str(wanted["quote"]))
    return reply


def _quote(body: Json, quote: str) -> Json:
    position = str(body.get("text") or body.get("caption") or "").find(quote)
    if position < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"text": quote, "position": position, "is_manual": True}
