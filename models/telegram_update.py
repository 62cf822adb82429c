"""The inbox: updates are stored before they are acknowledged, then handled in order.

`lane` is the chat (or the person, for updates without a chat): one lane is handled
one update at a time. `payload` is sealed under the service key "inbox".
"""

from tortoise import fields
from tortoise.models import Model


class TelegramUpdate(Model):
    id = fields.BigIntField(primary_key=True)
    bot_id = fields.BigIntField()
    update_id = fields.BigIntField()
    lane = fields.BigIntField()
    payload = fields.BinaryField()
    received_at = fields.DatetimeField()
    attempts = fields.IntField(default=0)
    handled_at = fields.DatetimeField(null=True)
    error = fields.CharField(max_length=200, default="")

    class Meta:
        table = "telegram_updates"
        unique_together = (("bot_id", "update_id"),)
