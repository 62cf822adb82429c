"""What the bot remembers of a chat: the screen in it, and what typed text would mean."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class BotChat(Model):
    id = fields.BigIntField(primary_key=True)
    bot_id = fields.BigIntField()
    chat_id = fields.BigIntField()
    screen_message_id = fields.BigIntField(null=True)
    screen_has_photo = fields.BooleanField(default=False)
    # A reply keyboard (contact, location) is on the person's screen and must be taken away.
    keyboard_shown = fields.BooleanField(default=False)
    # The language of the main keys below the chat, "" while they are not there.
    keys = fields.CharField(max_length=8, default="", db_default="")
    # What the next typed text answers: "", "city", "search", "number", …
    awaiting = fields.CharField(max_length=32, default="")
    awaiting_data: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    # Offers picked to be issued together.
    basket: fields.Field[list[int]] = fields.JSONField(default=list)
    # Offer id → the source label of the link that led to it; it ends up on the card.
    landed: fields.Field[dict[str, str]] = fields.JSONField(default=dict)
    # The assigned card that the person came for, while a contact is to be confirmed.
    came_for = fields.BigIntField(null=True)
    # When «Later» was tapped on changed documents: they come again at the next visit.
    consent_later_at = fields.DatetimeField(null=True)
    # When the person was asked for a city on the first screen: it is asked once.
    city_asked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "bot_chats"
        unique_together = (("bot_id", "chat_id"),)
