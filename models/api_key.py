"""A key by which a partner's program asks over HTTP.

The text of a key is shown once (backend/access/key_text.py has its form); kept are the part that
names it and a hash of its secret. An account's key sees that account; a key of no account is the
operator's and sees every one.
"""

from tortoise import fields
from tortoise.models import Model

from models.account import Account

LONGEST_ID = 16


class ApiKey(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyNullableRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="api_keys", on_delete=fields.RESTRICT, null=True,
        db_index=True,
    )  # fmt: skip
    account_id: int | None
    # Who uses it, as whoever issued it has written: a person, a team, a system.
    name = fields.CharField(max_length=100)
    # The part of its text that names it.
    public_id = fields.CharField(max_length=LONGEST_ID, unique=True)
    # SHA-256 of the secret, in hex: a secret of 256 random bits needs no slower one.
    digest = fields.CharField(max_length=64)
    # Values of backend.access.rights.Right.
    scopes: fields.Field[list[str]] = fields.JSONField(default=list)
    created_at = fields.DatetimeField()
    # The first moment at which it is good no more; null: until it is revoked.
    expires_at = fields.DatetimeField(null=True)
    # To about a minute.
    last_used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)
    # The id of the key that a rotation made in its place.
    replaced_by = fields.BigIntField(null=True)

    class Meta:
        table = "api_keys"
