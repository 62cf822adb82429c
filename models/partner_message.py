"""A message that a partner's program has asked to be told to one person, and what became of it.

PartnerMessage: nothing of the person stands here: whom it is for says the message that it became.
`answered` is what the caller was answered, `state` how it stands.

PartnerBulk: one message to a list. The numbers are cut into sealed pieces as they arrive; a piece
becomes messages in one transaction, with which it goes.
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.facade import FacadeLogin
from models.message import Message


class MessageState(StrEnum):
    """Told to partners: a name that was used once keeps its meaning."""

    # Nobody with this contact or number, who can be reached, carries a card of the account.
    NOT_REGISTERED = "not_registered"
    # Advertising, which they have not allowed.
    NO_CONSENT = "no_consent"
    # Advertising, and it is night where they are.
    QUIET_HOURS = "quiet_hours"
    ENQUEUED = "enqueued"
    DELIVERED = "delivered"
    # They pressed its button.
    OPENED = "opened"
    FAILED = "failed"
    # It left, and nobody knows whether it arrived.
    UNKNOWN = "unknown"


# What a delivery that tells a state is called, in the log of deliveries; no feed has it.
STATES = "message.state"


class BulkState(StrEnum):
    RECEIVING = "receiving"
    QUEUED = "queued"
    DONE = "done"


class PartnerBulk(Model):
    id = fields.BigIntField(primary_key=True)
    login: fields.ForeignKeyRelation[FacadeLogin] = fields.ForeignKeyField(
        "models.FacadeLogin", related_name="bulks", on_delete=fields.RESTRICT, db_index=True
    )
    login_id: int
    public_id = fields.CharField(max_length=36, unique=True)
    state = fields.CharEnumField(BulkState, max_length=16, default=BulkState.RECEIVING)
    # backend.messages.order.MessageOrder, once it is known.
    said: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    numbers = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "partner_bulks"


class BulkPiece(Model):
    id = fields.BigIntField(primary_key=True)
    bulk: fields.ForeignKeyRelation[PartnerBulk] = fields.ForeignKeyField(
        "models.PartnerBulk", related_name="pieces", on_delete=fields.RESTRICT, db_index=True
    )
    bulk_id: int
    # Phones, as E.164; by the service key.
    sealed = fields.BinaryField()

    class Meta:
        table = "partner_bulk_pieces"


class PartnerMessage(Model):
    id = fields.BigIntField(primary_key=True)
    login: fields.ForeignKeyRelation[FacadeLogin] = fields.ForeignKeyField(
        "models.FacadeLogin", related_name="messages", on_delete=fields.RESTRICT, db_index=True
    )
    login_id: int
    bulk: fields.ForeignKeyNullableRelation[PartnerBulk] = fields.ForeignKeyField(
        "models.PartnerBulk", related_name="messages", on_delete=fields.RESTRICT, null=True,
        db_index=True,
    )  # fmt: skip
    bulk_id: int | None
    # By which the partner knows it: a UUID.
    public_id = fields.CharField(max_length=36, unique=True)
    promo = fields.BooleanField()
    answered = fields.CharEnumField(MessageState, max_length=16)
    state = fields.CharEnumField(MessageState, max_length=16)
    # Whether the partner wants to hear of its states.
    told = fields.BooleanField(default=False)
    message: fields.OneToOneNullableRelation[Message] = fields.OneToOneField(
        "models.Message", related_name="partner", on_delete=fields.RESTRICT, null=True
    )
    message_id: int | None
    # Advertising: the night that begins then is not to be disturbed.
    until = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()

    class Meta:
        table = "partner_messages"
