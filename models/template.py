"""What an account's brands say again and again.

MessageTemplate: `content` as backend/templates/content.py reads it, `version` counts its changes.
What a campaign or a trigger has taken over stays as it was.

TemplateVersion: each of them, whole, and who wrote it.

SampleReader: a person who wants to see an account's messages before others do. They say so in the
bot, by the account's invitation, and nobody else can say it for them.
"""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.account import Account
from models.customer import Customer
from models.message_purpose import MessagePurpose


class MessageTemplate(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="message_templates", on_delete=fields.RESTRICT
    )
    account_id: int
    key = fields.CharField(max_length=64)
    name = fields.CharField(max_length=200)
    purpose = fields.CharEnumField(MessagePurpose, max_length=16)
    content: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    # What the law on advertising wants to be told with it; "" for the account's own.
    advertiser = fields.CharField(max_length=300, default="")
    inn = fields.CharField(max_length=12, default="")
    erid = fields.CharField(max_length=64, default="")
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()
    # Not to be used any more; written again it is there again.
    archived_at = fields.DatetimeField(null=True)

    class Meta:
        table = "templates"
        unique_together = (("account", "key"),)


class TemplateVersion(Model):
    id = fields.BigIntField(primary_key=True)
    template: fields.ForeignKeyRelation[MessageTemplate] = fields.ForeignKeyField(
        "models.MessageTemplate", related_name="versions", on_delete=fields.RESTRICT
    )
    template_id: int
    version = fields.IntField()
    # The columns of the template that say what is said.
    said: fields.Field[dict[str, Any]] = fields.JSONField(default=dict)
    # As the audit trail names them.
    author = fields.CharField(max_length=64)
    saved_at = fields.DatetimeField()

    class Meta:
        table = "template_versions"
        unique_together = (("template", "version"),)


class SampleReader(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="sample_readers", on_delete=fields.RESTRICT
    )
    account_id: int
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="sample_readers", on_delete=fields.RESTRICT, db_index=True
    )
    customer_id: int
    created_at = fields.DatetimeField()

    class Meta:
        table = "sample_readers"
        unique_together = (("account", "customer"),)
