"""The address by which an account's own system says that something has happened there.

One for each connection. Its text is shown once; kept are the part that names it and a hash of its
secret, as of keys.
"""

from tortoise import fields
from tortoise.models import Model

from models.connection import Connection

LONGEST_ID = 16


class Hook(Model):
    id = fields.BigIntField(primary_key=True)
    connection: fields.OneToOneRelation[Connection] = fields.OneToOneField(
        "models.Connection", related_name="hook", on_delete=fields.RESTRICT
    )
    connection_id: int
    public_id = fields.CharField(max_length=LONGEST_ID, unique=True)
    # SHA-256 of the secret, in hex: a secret of 256 random bits needs no slower one.
    digest = fields.CharField(max_length=64)
    created_at = fields.DatetimeField()

    class Meta:
        table = "hooks"
