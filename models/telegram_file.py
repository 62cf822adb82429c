"""Telegram's file_id of a picture that was uploaded once.

`content_key` names the exact bytes: a hash over everything the picture shows, so a
new version of a card has a new key. A file_id is worth nothing to another bot. A card shows
its holder's name: its hash is keyed, and the row belongs to the chat that the card is in.
"""

from tortoise import fields
from tortoise.models import Model


class TelegramFile(Model):
    id = fields.BigIntField(primary_key=True)
    bot_id = fields.BigIntField()
    content_key = fields.CharField(max_length=80)
    file_id = fields.CharField(max_length=255)
    chat_id = fields.BigIntField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "telegram_files"
        unique_together = (("bot_id", "content_key"),)
