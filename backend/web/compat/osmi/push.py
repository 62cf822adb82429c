"""Pushes by serials: advertising, unless the call says that it is something else."""

from collections.abc import Sequence
from typing import Any

from backend.cards.passes.find_pass import find_pass
from backend.messages.accept import accept_for_numbers
from backend.messages.order import MessageOrder
from backend.messages.sender import sender_of
from backend.messages.states import TOLD
from backend.web.compat.call import Call
from backend.web.compat.fields import items, text
from backend.web.compat.wrong import Wrong
from models.facade import LONGEST_SERIAL
from models.message_purpose import MessagePurpose

MOST_SERIALS = 10_000
LONGEST_MESSAGE = 1000
_TYPES = {each.name: each for each in MessagePurpose}


async def pushmessage(call: Call) -> dict[str, Any]:
    serials = [_serial(each) for each in items(call.body, "serials", MOST_SERIALS)]
    told = await push_to(call, list(dict.fromkeys(serials)), _message(call), purpose_of(call))
    return {"RCODE": 0, "RMESSAGE": "OK", "messages": told}


async def push(call: Call) -> dict[str, Any]:
    """Refuses with card_not_found."""
    serial = (await find_pass(call.scope, call.path["serial"])).serial
    (told,) = await push_to(call, [serial], _message(call), purpose_of(call))
    return {"RCODE": 0, "RMESSAGE": "OK", **told}


def purpose_of(call: Call) -> MessagePurpose:
    """What is classified as nothing is advertising."""
    named = text(call.body, "pushType", 32) or call.query.get("pushType", "")
    return _TYPES.get(named.upper(), MessagePurpose.PROMO)


def _message(call: Call) -> str:
    return text(call.body, "message", LONGEST_MESSAGE, needed=True)


def _serial(given: Any) -> str:
    serial = str(given) if isinstance(given, str | int) else ""
    if not serial or len(serial) > LONGEST_SERIAL or not serial.isprintable():
        raise Wrong(400, "400", "serials: expected numbers of cards")
    return serial


async def push_to(
    call: Call, serials: Sequence[str], words: str, purpose: MessagePurpose
) -> list[dict[str, Any]]:
    """The state of each, in their order."""
    promo = purpose is MessagePurpose.PROMO
    erid = (text(call.body, "erid", 64) or call.settings.erid) if promo else ""
    told = call.login.webhook_id is not None
    order = MessageOrder(purpose, words, told=told, erid=erid)
    sender = await sender_of(call.login)
    made = await accept_for_numbers(call.ctx, sender, order, serials)
    return [
        {"serial": one.address, "messageId": one.public_id, "state": TOLD[one.state]}
        for one in made
    ]
