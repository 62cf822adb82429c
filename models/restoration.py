"""A database that went back in time: restored from a backup, or a power cut took commits back.

Noticed → open: no number of a pool is given to anybody. Settled by `karman restored`. At most
one is open: the migration adds the partial unique index. `lost` is how many cards may have been
made that this database does not know, as far as that can be told. Every id above `ids_from` was
given after the loss was noticed. `set_aside` is how many numbers per program key.
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model


class RestorationState(StrEnum):
    OPEN = "open"
    SETTLED = "settled"


class NoticedBy(StrEnum):
    # The file is a copy that `karman backup` made.
    BACKUP = "backup"
    # The mark in the data folder knows cards that the database does not.
    MARK = "mark"
    # Telegram goes on far beyond the newest update that is stored.
    UPDATES = "updates"
    OPERATOR = "operator"


class Restoration(Model):
    id = fields.BigIntField(primary_key=True)
    noticed_at = fields.DatetimeField()
    noticed_by = fields.CharEnumField(NoticedBy, max_length=16)
    lost = fields.BigIntField(null=True)
    ids_from = fields.BigIntField(null=True)
    state = fields.CharEnumField(RestorationState, max_length=16, default=RestorationState.OPEN)
    settled_at = fields.DatetimeField(null=True)
    set_aside: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)

    class Meta:
        table = "restorations"
