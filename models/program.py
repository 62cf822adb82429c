"""A loyalty program: barcode format, where numbers come from, design, questionnaire."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.account import Account
from models.barcode_format import BarcodeFormat
from models.connection import Connection


class ProgramStatus(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"


class UnknownNumbers(StrEnum):
    """What becomes of a plastic card whose number the brand's list does not know. `auto`: with
    a list it is refused, without one there is nothing to compare with."""

    AUTO = "auto"
    ACCEPT = "accept"
    REFUSE = "refuse"


class ProcessorKind(StrEnum):
    """The loyalty processor that owns card numbers and balances: backend/partners/registry.py
    opens each."""

    POOL = "pool"
    # Numbers from the pool too; points are kept by backend.ledger.
    LEDGER = "ledger"
    # The system at the other end of the program's connection gives the numbers.
    PARTNER = "partner"


# Whose numbers come from the pool, also for hand-written statements.
FROM_POOL = (ProcessorKind.POOL, ProcessorKind.LEDGER)
FROM_POOL_SQL = "('pool', 'ledger')"


class PoolLevel(StrEnum):
    """How full the pool is, as it was last announced: `low` below LOW free numbers
    (backend.cards.pool.pool_level), `empty` without any."""

    OK = "ok"
    LOW = "low"
    EMPTY = "empty"


class Program(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="programs", on_delete=fields.RESTRICT, db_index=True
    )
    account_id: int
    key = fields.CharField(max_length=64, unique=True)
    name_ru = fields.CharField(max_length=200)
    name_en = fields.CharField(max_length=200)
    barcode_format = fields.CharEnumField(BarcodeFormat, max_length=16)
    processor = fields.CharField(max_length=32, default="pool")
    # The account's own system, which is told of cards and people, and asked; null: there is none.
    connection: fields.ForeignKeyNullableRelation[Connection] = fields.ForeignKeyField(
        "models.Connection", related_name="programs", on_delete=fields.RESTRICT, null=True
    )
    connection_id: int | None
    # While it is away, a number of the pool is given instead of theirs.
    local_pool = fields.BooleanField(default=False, db_default=False)
    primary_color = fields.CharField(max_length=7)
    secondary_color = fields.CharField(max_length=7)
    # The questionnaire as the brand pack gives it: an ordered list of field objects,
    # read through catalog.questions.questionnaire and nowhere else.
    questionnaire: fields.Field[list[dict[str, Any]]] = fields.JSONField(default=list)
    min_age = fields.IntField(null=True)
    pool_level = fields.CharEnumField(
        PoolLevel, max_length=8, default=PoolLevel.OK, db_default=PoolLevel.OK
    )
    # Whether there is plastic that people may bring in.
    plastic = fields.BooleanField(default=True, db_default=True)
    # Whether a card may be shown by somebody whom its owner invites.
    sharing = fields.BooleanField(default=True, db_default=True)
    # What its plastic looks like: a list of rules, read through catalog.recognise and nowhere
    # else. Empty: derived from the barcode format and the pool.
    recognition: fields.Field[list[dict[str, Any]]] = fields.JSONField(default=list, db_default=[])
    # What the built-in ledger does by itself, read through catalog.ledger_rules and nowhere else;
    # null: not the ledger's program.
    ledger: fields.Field[dict[str, Any] | None] = fields.JSONField(null=True)
    # Fields of the brand's own that cards may have, read through catalog.looks.card_fields and
    # nowhere else.
    card_fields: fields.Field[list[dict[str, Any]]] = fields.JSONField(default=list, db_default=[])
    # How long a card that was assigned waits for its owner.
    assignment_days = fields.IntField(default=30, db_default=30)
    # The day, where the account is, on which the ledger last looked for birthdays.
    birthdays_on = fields.DateField(null=True)
    # Since it asks otherwise than before: up to which customer the traits of those with a card were
    # looked at anew (models/trait.py); null: there is nothing to do.
    traits_up_to = fields.BigIntField(null=True)
    # Since its cards are shown otherwise than before: up to which pass those in phones were looked
    # at anew (models/wallet_pass.py); null: there is nothing to do.
    passes_up_to = fields.BigIntField(null=True)
    # The day, in UTC, on which they were last looked at for who has come into a segment or left it.
    passes_on = fields.DateField(null=True)
    unknown_numbers = fields.CharEnumField(
        UnknownNumbers,
        max_length=8,
        default=UnknownNumbers.AUTO,
        db_default=UnknownNumbers.AUTO,
    )
    status = fields.CharEnumField(ProgramStatus, max_length=16, default=ProgramStatus.ACTIVE)

    class Meta:
        table = "programs"
