"""deleteMessage and deleteMessages."""

from typing import Any

from bot.sandbox.bodies import Params
from bot.sandbox.box import Box
from bot.sandbox.chats import Place, known_place
from bot.sandbox.errors import bad_request
from bot.sandbox.messages import StoredMessage, find_message, remove_message

KEEPABLE_SECONDS = 48 * 3600


def _deletable(box: Box, place: Place, found: StoredMessage) -> bool:
    """Younger than 48 hours, and the bot's own or in a private chat."""
    young = box.now - found.date < KEEPABLE_SECONDS
    return young and (place.private or found.sender_id == box.bot_id)


async def delete_message(box: Box, params: Params) -> Any:
    place = known_place(box, params.text("chat_id"))
    found = find_message(box, place.id, params.required_integer("message_id"))
    if found is None:
        raise bad_request("message to delete not found")
    if not _deletable(box, place, found):
        raise bad_request("message can't be deleted for everyone")
    remove_message(box, found)
    return True


async def delete_messages(box: Box, params: Params) -> Any:
    """What cannot be found or deleted is passed over."""
    place = known_place(box, params.text("chat_id"))
    ids = params.array("message_ids")
    if not ids or len(ids) > 100 or not all(isinstance(number, int) for number in ids):
        raise bad_request("message_ids must be a list of 1-100 message identifiers")
    with box.store.write():
        for number in ids:
            found = find_message(box, place.id, number)
            if found and _deletable(box, place, found):
                remove_message(box, found)
    return True
