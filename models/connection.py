"""How an account's own system is reached: its CDP, its processing, its back office.

Connection: `settings` are plain and checked by the vendor's model, `sealed` are its keys and
passwords. While the other side is away, `rests_until` says when one asks again.

PartnerMember: what a customer's partner was told of them. `wanted` counts what has happened since,
`done` how much of it was told; `told` is sealed: their id there, and digests of what they know.

CardRequest: a card that somebody has agreed to and whose number must come from a system that did
not answer. It is made as soon as that answers.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.account import Account
from models.customer import Customer


class ConnectionStatus(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    # Settings are missing or wrong: nothing is tried until they are changed.
    BROKEN = "broken"


class Connection(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="connections", on_delete=fields.RESTRICT
    )
    account_id: int
    key = fields.CharField(max_length=64)
    # A name of backend/partners/vendors.py.
    vendor = fields.CharField(max_length=32)
    settings = fields.JSONField[dict[str, object]](default=dict)
    sealed = fields.BinaryField()
    # Counts the changes of both: a process opens it anew.
    version = fields.IntField(default=1)
    status = fields.CharEnumField(ConnectionStatus, max_length=8, default=ConnectionStatus.ACTIVE)
    # Why it is so, in plain words.
    reason = fields.CharField(max_length=300, default="")
    # Turns without one success, since when, and until when it rests.
    failures = fields.IntField(default=0)
    failing_since = fields.DatetimeField(null=True)
    rests_until = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "connections"
        unique_together = (("account", "key"),)


class TellingState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    # Refused for good: the next change tries again.
    FAILED = "failed"


class PartnerMember(Model):
    id = fields.BigIntField(primary_key=True)
    connection: fields.ForeignKeyRelation[Connection] = fields.ForeignKeyField(
        "models.Connection", related_name="members", on_delete=fields.RESTRICT
    )
    connection_id: int
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="partner_members", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    wanted = fields.BigIntField(default=1)
    done = fields.BigIntField(default=0)
    state = fields.CharEnumField(TellingState, max_length=8, default=TellingState.WAITING)
    available_at = fields.DatetimeField()
    attempts = fields.IntField(default=0)
    # Of the last attempt that failed.
    error = fields.CharField(max_length=300, default="")
    told = fields.BinaryField(null=True)
    told_at = fields.DatetimeField(null=True)

    class Meta:
        table = "partner_members"
        unique_together = (("connection", "customer"),)


class RequestState(StrEnum):
    WAITING = "waiting"
    MADE = "made"
    REFUSED = "refused"


class CardRequest(Model):
    id = fields.BigIntField(primary_key=True)
    connection: fields.ForeignKeyRelation[Connection] = fields.ForeignKeyField(
        "models.Connection", related_name="requests", on_delete=fields.RESTRICT
    )
    connection_id: int
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="card_requests", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    program_id = fields.BigIntField()
    offer_id = fields.BigIntField()
    # By which the partner knows the same request again.
    key = fields.UUIDField()
    source = fields.CharField(max_length=64, default="")
    state = fields.CharEnumField(RequestState, max_length=8, default=RequestState.WAITING)
    # A refusal's code, once it is refused.
    reason = fields.CharField(max_length=64, default="")
    created_at = fields.DatetimeField()
    available_at = fields.DatetimeField()
    attempts = fields.IntField(default=0)
    error = fields.CharField(max_length=300, default="")
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "card_requests"
