"""CardShareRevoked → messages that show the barcode go, or lose their picture."""

from backend.events import CardShareRevoked
from backend.messaging.channel import TakesBack
from backend.messaging.post import Post
from backend.platform.context import Context


async def take_back(post: Post, _ctx: Context, event: CardShareRevoked) -> None:
    """Raises TryLater; taking away what is gone already is no harm."""
    channel: object = post.channels.get("telegram")
    if not isinstance(channel, TakesBack):
        return
    for place in filter(None, event.messages.split(",")):
        bot_id, chat_id, message_id = (int(part) for part in place.split(":"))
        await channel.take_back(bot_id, chat_id, message_id)
