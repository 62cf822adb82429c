"""The built-in ledger: postings in double entry, lots, holds, and what stands of each card. That no
card ever has less than nothing is held by the database itself."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from models.ledger import Book, HoldState, PostingKind

NEVER_NEGATIVE = {
    "card_points": "available >= 0 AND held >= 0",
    "point_lots": "remains >= 0 AND remains <= amount",
}
INDEXES = {
    # What is spent next, and what ends next.
    "point_lots_left": "point_lots (card_id, expires_at, id) WHERE remains > 0",
    "point_lots_ending": "point_lots (expires_at) WHERE remains > 0 AND expires_at IS NOT NULL",
    "point_holds_open": "point_holds (expires_at) WHERE state = 'open'",
}
POSTGRES = "ALTER TABLE {table} ADD CONSTRAINT {table}_never_negative CHECK ({holds})"
# SQLite adds no constraint to a table that is there.
SQLITE = """
CREATE TRIGGER {table}_never_negative_{verb} BEFORE {verb} ON {table}
WHEN NOT ({holds}) BEGIN SELECT RAISE(ABORT, '{table} would be negative'); END;
"""


async def hold_it(_apps, editor):
    postgres = editor.client.capabilities.dialect == "postgres"
    for table, condition in NEVER_NEGATIVE.items():
        if postgres:
            await editor.client.execute_script(POSTGRES.format(table=table, holds=condition))
            continue
        holds = condition
        for column in ("available", "held", "remains", "amount"):
            holds = holds.replace(column, f"NEW.{column}")
        for verb in ("INSERT", "UPDATE"):
            script = SQLITE.format(table=table, verb=verb, holds=holds)
            await editor.client.execute_script(script)


async def nothing(_apps, _editor):
    """The tables go, and this with them."""


class Migration(migrations.Migration):
    dependencies = [("models", "0032_account_changes")]

    operations = [
        ops.CreateModel(
            name="CardPoints",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("card", fields.OneToOneField("models.Card", source_field="card_id", db_constraint=True, to_field="id", related_name="points", on_delete=OnDelete.RESTRICT)),
                ("available", fields.BigIntField(default=0)),
                ("held", fields.BigIntField(default=0)),
                ("version", fields.BigIntField(default=0)),
                ("tier_at", fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "card_points", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Posting",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("card", fields.ForeignKeyField("models.Card", source_field="card_id", db_constraint=True, to_field="id", related_name="postings", on_delete=OnDelete.RESTRICT)),
                ("kind", fields.CharEnumField(enum_type=PostingKind, max_length=16)),
                ("key", fields.CharField(max_length=100)),
                ("digest", fields.CharField(max_length=64)),
                ("amount", fields.BigIntField()),
                ("reason", fields.CharField(default="", max_length=200)),
                ("of_id", fields.BigIntField(null=True)),
                ("actor", fields.CharField(max_length=32)),
                ("door", fields.CharField(max_length=64)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "postings", "app": "models", "unique_together": (("card", "key"),), "indexes": [Index(fields=["card_id", "id"])], "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PointHold",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("card", fields.ForeignKeyField("models.Card", source_field="card_id", db_index=True, db_constraint=True, to_field="id", related_name="holds", on_delete=OnDelete.RESTRICT)),
                ("posting", fields.OneToOneField("models.Posting", source_field="posting_id", db_constraint=True, to_field="id", related_name="hold", on_delete=OnDelete.RESTRICT)),
                ("amount", fields.BigIntField()),
                ("state", fields.CharEnumField(enum_type=HoldState, max_length=16)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "point_holds", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PointLot",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("card", fields.ForeignKeyField("models.Card", source_field="card_id", db_constraint=True, to_field="id", related_name="lots", on_delete=OnDelete.RESTRICT)),
                ("posting", fields.ForeignKeyField("models.Posting", source_field="posting_id", db_index=True, db_constraint=True, to_field="id", related_name="lots", on_delete=OnDelete.RESTRICT)),
                ("amount", fields.BigIntField()),
                ("remains", fields.BigIntField()),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "point_lots", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PostingEntry",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("posting", fields.ForeignKeyField("models.Posting", source_field="posting_id", db_index=True, db_constraint=True, to_field="id", related_name="entries", on_delete=OnDelete.RESTRICT)),
                ("book", fields.CharEnumField(enum_type=Book, max_length=16)),
                ("lot", fields.ForeignKeyField("models.PointLot", source_field="lot_id", null=True, db_index=True, db_constraint=True, to_field="id", related_name="entries", on_delete=OnDelete.RESTRICT)),
                ("amount", fields.BigIntField()),
            ],
            options={"table": "posting_entries", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Program",
            name="ledger",
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        *(
            ops.RunSQL(f"CREATE INDEX {name} ON {sql}", reverse_sql=f"DROP INDEX {name}")
            for name, sql in INDEXES.items()
        ),
        ops.RunPython(hold_it, reverse_code=nothing),
    ]
