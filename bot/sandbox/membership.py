"""The bot's own place in a chat, as `my_chat_member` tells it."""

from bot.sandbox.box import Box
from bot.sandbox.content.text import Json


def tell_membership(box: Box, chat: Json, actor: Json, old: str, new: str) -> None:
    """Queue the update: `member` and `kicked` in private chats, `left` and `member` in groups."""
    box.updates.add(
        "my_chat_member",
        {
            "chat": chat,
            "from": actor,
            "date": box.now,
            "old_chat_member": _member(box, old),
            "new_chat_member": _member(box, new),
        },
    )


def _member(box: Box, status: str) -> Json:
    ended = {"until_date": 0} if status == "kicked" else {}
    return {"user": box.bot_user, "status": status} | ended
