"""CardShareRevoked → messages that show the barcode go, or lose their picture, and with them the
rows that say in whose chats they stand."""

from backend.events.cards import CardShareRevoked
from backend.messaging.channel import TakesBack
from backend.messaging.gated_channels import GatedChannels
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.database import rows
from models.card_share import SharedMessage
from models.channel import ChannelName

# More would be no use: Telegram lets a bot delete what is younger than 48 hours.
MOST_MESSAGES = 500
# A share outlives its deleted owner only until its messages are gone.
_END = """
DELETE FROM card_shares WHERE id = $1
    AND customer_id IN (SELECT id FROM customers WHERE deleted_at IS NOT NULL)
"""


async def take_back(
    post: GatedChannels, _ctx: Context, happened: Happened[CardShareRevoked]
) -> None:
    """Raises TryLater; taking away what is gone already is no harm. Each message is forgotten as
    it goes, so that the next attempt goes on where this one stopped."""
    event = happened.event
    channel: object = post.channels.get(ChannelName.TELEGRAM)
    if not isinstance(channel, TakesBack):
        return
    for place in filter(None, event.messages.split(",")):
        bot_id, chat_id, message_id = (int(part) for part in place.split(":"))
        await channel.take_back(bot_id, chat_id, message_id)
    shown = SharedMessage.filter(share_id=event.share_id)
    for message in await shown.order_by("-id").limit(MOST_MESSAGES):
        await channel.take_back(message.bot_id, message.chat_id, message.message_id)
        await SharedMessage.filter(id=message.id).delete()
    await shown.delete()
    await rows(_END, [event.share_id])
