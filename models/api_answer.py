"""What a request was answered, to be answered again: a line per key and Idempotency-Key.

It is written in the transaction of what the request has changed, so that there is never one
without the other.
"""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.api_key import ApiKey


class ApiAnswer(Model):
    id = fields.BigIntField(primary_key=True)
    api_key: fields.ForeignKeyRelation[ApiKey] = fields.ForeignKeyField(
        "models.ApiKey", related_name="answers", on_delete=fields.RESTRICT
    )
    api_key_id: int
    idempotency_key = fields.CharField(max_length=255)
    # SHA-256 of the request, in hex.
    digest = fields.CharField(max_length=64)
    status = fields.IntField(null=True)
    headers: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    # Sealed by the service key: it may hold what is shown once.
    body = fields.BinaryField(null=True)
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "api_answers"
        unique_together = (("api_key", "idempotency_key"),)
