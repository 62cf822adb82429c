"""By what a partner's program, written for another wallet, asks at /compat/.

FacadeLogin: `secret` is a slow hash of the password for «Кошелёк» (Basic); the sealed digests of
the key for OSMI (Digest); a SHA-256 of the token for OSMI's bearers. None is shown again.

FacadeAnswer: what a call was answered, to be answered again under the caller's own transaction id.
It is written in the transaction of what the call has changed.

FacadePass: what OSMI calls a pass: a serial, which is a card's number, on its way to the card.
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.account import Account
from models.assignment import Assignment
from models.program import Program
from models.webhook import Webhook

LONGEST_LOGIN = 64
LONGEST_SERIAL = 128
LONGEST_TEMPLATE = 64
LONGEST_TRANSACTION = 128


class FacadeKind(StrEnum):
    """Stored, and spelt at the command line: a name that was used once keeps its meaning."""

    KOSHELEK = "koshelek"
    OSMI = "osmi"
    OSMI_TOKEN = "osmi-token"  # noqa: S105  no password


class FacadeLogin(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="facade_logins", on_delete=fields.RESTRICT, db_index=True
    )
    account_id: int
    kind = fields.CharEnumField(FacadeKind, max_length=16)
    # Who uses it, as whoever issued it has written.
    name = fields.CharField(max_length=100, default="")
    login = fields.CharField(max_length=LONGEST_LOGIN, unique=True)
    secret = fields.BinaryField()
    # Of «Кошелёк»: the password that was handed over, good for nothing but choosing another.
    initial = fields.BooleanField(default=False)
    # What the other wallet's names mean here, read through backend.access.facade_settings.
    settings: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    # Where states of messages are told.
    webhook: fields.ForeignKeyNullableRelation[Webhook] = fields.ForeignKeyField(
        "models.Webhook", related_name="facade_logins", on_delete=fields.RESTRICT, null=True,
        db_index=True,
    )  # fmt: skip
    webhook_id: int | None
    created_at = fields.DatetimeField()
    # To about a minute.
    last_used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "facade_logins"


class FacadeAnswer(Model):
    id = fields.BigIntField(primary_key=True)
    login: fields.ForeignKeyRelation[FacadeLogin] = fields.ForeignKeyField(
        "models.FacadeLogin", related_name="answers", on_delete=fields.RESTRICT
    )
    login_id: int
    idempotency_key = fields.CharField(max_length=LONGEST_TRANSACTION)
    # SHA-256 of the call, in hex.
    digest = fields.CharField(max_length=64)
    status = fields.IntField(null=True)
    headers: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    # Sealed by the service key.
    body = fields.BinaryField(null=True)
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "facade_answers"
        unique_together = (("login", "idempotency_key"),)


class FacadePass(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="facade_passes", on_delete=fields.RESTRICT
    )
    account_id: int
    program: fields.ForeignKeyRelation[Program] = fields.ForeignKeyField(
        "models.Program", related_name="facade_passes", on_delete=fields.RESTRICT, db_index=True
    )
    program_id: int
    serial = fields.CharField(max_length=LONGEST_SERIAL)
    template = fields.CharField(max_length=LONGEST_TEMPLATE)
    # While nobody has come; gone with it.
    assignment: fields.ForeignKeyNullableRelation[Assignment] = fields.ForeignKeyField(
        "models.Assignment", related_name="facade_passes", on_delete=fields.SET_NULL, null=True,
        db_index=True,
    )  # fmt: skip
    assignment_id: int | None
    # What is to stand on the card once there is one: balance, tier, fields of the program.
    waits: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    created_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()
    # Since when the partner has what its owner had answered, and is not told it again.
    taken_at = fields.DatetimeField(null=True)
    # Deleted by the partner: from then on there is none.
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "facade_passes"
        unique_together = (("account", "serial"),)
