"""Systems of the accounts: how they are reached, what they were told, cards that wait for them."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from models.connection import ConnectionStatus, RequestState, TellingState

INDEXES = {
    "partner_members_due": "INDEX partner_members_due ON partner_members"
    " (connection_id, available_at) WHERE state = 'waiting'",
    "card_requests_due": "INDEX card_requests_due ON card_requests (connection_id, available_at)"
    " WHERE state = 'waiting'",
    # One that waits for each person and program.
    "card_requests_open": "UNIQUE INDEX card_requests_open ON card_requests"
    " (program_id, customer_id) WHERE state = 'waiting'",
    "card_requests_old": "INDEX card_requests_old ON card_requests (ended_at)"
    " WHERE state <> 'waiting'",
    "programs_connected": "INDEX programs_connected ON programs (connection_id)"
    " WHERE connection_id IS NOT NULL",
}


class Migration(migrations.Migration):
    dependencies = [("models", "0043_sales")]

    operations = [
        ops.CreateModel(
            name="Connection",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("account", fields.ForeignKeyField("models.Account", source_field="account_id", db_constraint=True, to_field="id", related_name="connections", on_delete=OnDelete.RESTRICT)),
                ("key", fields.CharField(max_length=64)),
                ("vendor", fields.CharField(max_length=32)),
                ("settings", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("sealed", fields.BinaryField()),
                ("version", fields.IntField(default=1)),
                ("status", fields.CharEnumField(default=ConnectionStatus.ACTIVE, description="ACTIVE: active\nPAUSED: paused\nBROKEN: broken", enum_type=ConnectionStatus, max_length=8)),
                ("reason", fields.CharField(default="", max_length=300)),
                ("failures", fields.IntField(default=0)),
                ("failing_since", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("rests_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "connections", "app": "models", "unique_together": (("account", "key"),), "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CardRequest",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("connection", fields.ForeignKeyField("models.Connection", source_field="connection_id", db_constraint=True, to_field="id", related_name="requests", on_delete=OnDelete.RESTRICT)),
                ("customer", fields.ForeignKeyField("models.Customer", source_field="customer_id", db_index=True, db_constraint=True, to_field="id", related_name="card_requests", on_delete=OnDelete.RESTRICT)),
                ("program_id", fields.BigIntField()),
                ("offer_id", fields.BigIntField()),
                ("key", fields.UUIDField()),
                ("source", fields.CharField(default="", max_length=64)),
                ("state", fields.CharEnumField(default=RequestState.WAITING, description="WAITING: waiting\nMADE: made\nREFUSED: refused", enum_type=RequestState, max_length=8)),
                ("reason", fields.CharField(default="", max_length=64)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("available_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("attempts", fields.IntField(default=0)),
                ("error", fields.CharField(default="", max_length=300)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "card_requests", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PartnerMember",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("connection", fields.ForeignKeyField("models.Connection", source_field="connection_id", db_constraint=True, to_field="id", related_name="members", on_delete=OnDelete.RESTRICT)),
                ("customer", fields.ForeignKeyField("models.Customer", source_field="customer_id", db_index=True, db_constraint=True, to_field="id", related_name="partner_members", on_delete=OnDelete.RESTRICT)),
                ("wanted", fields.BigIntField(default=1)),
                ("done", fields.BigIntField(default=0)),
                ("state", fields.CharEnumField(default=TellingState.WAITING, description="WAITING: waiting\nDONE: done\nFAILED: failed", enum_type=TellingState, max_length=8)),
                ("available_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("attempts", fields.IntField(default=0)),
                ("error", fields.CharField(default="", max_length=300)),
                ("told", fields.BinaryField(null=True)),
                ("told_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "partner_members", "app": "models", "unique_together": (("connection", "customer"),), "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Program",
            name="connection",
            field=fields.ForeignKeyField("models.Connection", source_field="connection_id", null=True, db_constraint=True, to_field="id", related_name="programs", on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name="Program",
            name="local_pool",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        *(
            ops.RunSQL(f"CREATE {sql}", reverse_sql=f"DROP INDEX {name}")
            for name, sql in INDEXES.items()
        ),
    ]
