"""One purpose, one controller, one language, one version: the exact text people agree to.

Immutable once shown. `program` is set for program terms only. The migration adds a
unique index on (account, coalesce(program, 0), purpose, language, version).
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.account import Account
from models.program import Program


class ConsentPurpose(StrEnum):
    PERSONAL_DATA = "personal_data"
    ADVERTISING = "advertising"
    PROGRAM_TERMS = "program_terms"


class ConsentDocument(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="documents", on_delete=fields.RESTRICT, db_index=True
    )
    account_id: int
    program: fields.ForeignKeyNullableRelation[Program] = fields.ForeignKeyField(
        "models.Program", related_name="documents", on_delete=fields.RESTRICT, null=True
    )
    program_id: int | None
    purpose = fields.CharEnumField(ConsentPurpose, max_length=16)
    language = fields.CharField(max_length=2)
    version = fields.IntField()
    title = fields.CharField(max_length=200)
    text = fields.TextField()
    # Advertising only: the channels that the text names.
    channels: fields.Field[list[str]] = fields.JSONField(default=list)
    sha256 = fields.CharField(max_length=64)
    # "purpose": everybody is asked again; "wording": nobody is.
    change = fields.CharField(max_length=8, default="purpose")
    effective_from = fields.DatetimeField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "consent_documents"
