"""A card that its owner lets somebody else show: one person, or everybody of one group.

CardShare: made by an invitation link, whose token is kept as a keyed hash. Accepted once: by a
person (`guest`) or in a group (`chat_id`). `label` is the guest's first name or the group's
title as Telegram told it, sealed under the owner's data key.

SharedMessage: a message that shows the barcode, so that it can be taken away on revoking.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.card import Card
from models.customer import Customer


class ShareMode(StrEnum):
    VIEW = "view"
    # Openings are counted, and the owner sees the last one.
    USE = "use"


class ShareWith(StrEnum):
    PERSON = "person"
    GROUP = "group"


class CardShare(Model):
    id = fields.BigIntField(primary_key=True)
    card: fields.ForeignKeyRelation[Card] = fields.ForeignKeyField(
        "models.Card", related_name="shares", on_delete=fields.RESTRICT, db_index=True
    )
    card_id: int
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="shares_given", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    guest: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "models.Customer",
        related_name="shares_taken",
        on_delete=fields.RESTRICT,
        null=True,
        db_index=True,
    )
    guest_id: int | None
    chat_id = fields.BigIntField(null=True)
    with_whom = fields.CharEnumField(ShareWith, max_length=8)
    mode = fields.CharEnumField(ShareMode, max_length=8)
    token_hash = fields.CharField(max_length=64, unique=True)
    label = fields.BinaryField(null=True)
    created_at = fields.DatetimeField()
    # Of the invitation; an accepted share ends by being revoked.
    expires_at = fields.DatetimeField()
    accepted_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)
    uses = fields.IntField(default=0)
    last_used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "card_shares"


class SharedMessage(Model):
    id = fields.BigIntField(primary_key=True)
    share: fields.ForeignKeyRelation[CardShare] = fields.ForeignKeyField(
        "models.CardShare", related_name="messages", on_delete=fields.RESTRICT, db_index=True
    )
    share_id: int
    # The owner of the card.
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="shared_messages", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    bot_id = fields.BigIntField()
    chat_id = fields.BigIntField()
    message_id = fields.BigIntField()
    sent_at = fields.DatetimeField()

    class Meta:
        table = "shared_messages"
        unique_together = (("bot_id", "chat_id", "message_id"),)
