"""A change of an offer waits beside what people see; why the operator refused what was sent in."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from models.offer import OfferStatus


class Migration(migrations.Migration):
    dependencies = [("models", "0035_webhooks")]

    operations = [
        ops.AddField(
            model_name="Offer",
            name="submitted_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Offer",
            name="refused_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Offer",
            name="reason_ru",
            field=fields.CharField(default="", db_default="", max_length=1000),
        ),
        ops.AddField(
            model_name="Offer",
            name="reason_en",
            field=fields.CharField(default="", db_default="", max_length=1000),
        ),
        ops.CreateModel(
            name="OfferDraft",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("offer", fields.OneToOneField("models.Offer", source_field="offer_id", db_constraint=True, to_field="id", related_name="draft", on_delete=OnDelete.RESTRICT)),
                ("content", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("status", fields.CharEnumField(default=OfferStatus.DRAFT, enum_type=OfferStatus, max_length=16)),
                ("changed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("submitted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("refused_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reason_ru", fields.CharField(default="", max_length=1000)),
                ("reason_en", fields.CharField(default="", max_length=1000)),
            ],
            options={"table": "offer_drafts", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
