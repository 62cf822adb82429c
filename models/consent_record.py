"""Who agreed to what, when and how. Append-only: nothing updates or deletes these rows.

ConsentRecord: `sha256` is over the record's own content
(backend.consents.consent_answer.record_canonical). The position in the controller's chain is a
ConsentLink, appended after commit.

ConsentLink: one link of a controller's hash chain: append-only, one writer per controller.
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.account import Account
from models.consent_document import ConsentDocument
from models.customer import Customer


class ConsentAction(StrEnum):
    GRANTED = "granted"
    WITHDRAWN = "withdrawn"
    # Shown and not ticked: proof that advertising was a choice.
    DECLINED = "declined"


class ConsentRecord(Model):
    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="consents", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="consents", on_delete=fields.RESTRICT
    )
    account_id: int
    document: fields.ForeignKeyRelation[ConsentDocument] = fields.ForeignKeyField(
        "models.ConsentDocument", related_name="records", on_delete=fields.RESTRICT
    )
    document_id: int
    action = fields.CharEnumField(ConsentAction, max_length=16)
    # Advertising only: the brands and the channels that the answer covers.
    brand_ids: fields.Field[list[int]] = fields.JSONField(default=list)
    channels: fields.Field[list[str]] = fields.JSONField(default=list)
    at = fields.DatetimeField()
    # By which door the answer was given: backend/platform/door.py lists them. Who acted, when
    # that was not the person, stands in `context` as "actor".
    how = fields.CharField(max_length=64)
    context: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    # One answer given once: a double tap or a redelivered update adds no second record.
    answer_key = fields.CharField(max_length=128, unique=True)
    sha256 = fields.CharField(max_length=64)

    class Meta:
        table = "consent_records"
        indexes = (("account_id", "id"),)


class ConsentLink(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="chain", on_delete=fields.RESTRICT
    )
    account_id: int
    seq = fields.BigIntField()
    record: fields.OneToOneRelation[ConsentRecord] = fields.OneToOneField(
        "models.ConsentRecord", related_name="link", on_delete=fields.RESTRICT
    )
    record_id: int
    prev_hash = fields.CharField(max_length=64)
    hash = fields.CharField(max_length=64)

    class Meta:
        table = "consent_links"
        unique_together = (("account", "seq"),)
