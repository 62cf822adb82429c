"""By what people are known at a door is a row of its own; before, Telegram's id stood in the
customer's. Whoever is there opened the bot when their row was made.

The column was unique from the start, and SQLite drops such a one only by making the table anew.
What refers to customers goes on doing so by the name; migrate.py checks every reference."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from models.identity import Entrance

MOVE = """
INSERT INTO identities (customer_id, door, external_id, reachable_since, blocked_at, created_at)
SELECT id, 'telegram', CAST(telegram_id AS {text}), created_at, blocked_at, created_at
FROM customers WHERE telegram_id IS NOT NULL ORDER BY id
"""
DROP = (
    "ALTER TABLE customers DROP COLUMN telegram_id",
    "ALTER TABLE customers DROP COLUMN blocked_at",
)
KEPT = "id, language, data_key, profile, source, created_at, deleted_at, city_id, deletion"
ANEW = (
    """CREATE TABLE customers_anew (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "language" VARCHAR(2) NOT NULL,
    "data_key" BLOB,
    "profile" BLOB,
    "source" VARCHAR(64) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "deleted_at" TIMESTAMP,
    "city_id" BIGINT REFERENCES "cities" ("id") ON DELETE RESTRICT,
    "deletion" JSON)""",
    f"INSERT INTO customers_anew ({KEPT}) SELECT {KEPT} FROM customers",
    # An id that was given once is given to nobody else.
    """UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'customers')
    WHERE name = 'customers_anew'""",
    "DROP TABLE customers",
    "ALTER TABLE customers_anew RENAME TO customers",
    "CREATE INDEX idx_customers_city_id_ea83fa ON customers (city_id)",
    "CREATE INDEX customers_deleted ON customers (deleted_at) WHERE deleted_at IS NOT NULL",
)


async def move(_apps, editor):
    postgres = editor.client.capabilities.dialect == "postgres"
    moved = MOVE.format(text="VARCHAR(128)" if postgres else "TEXT")
    for statement in (moved, *(DROP if postgres else ANEW)):
        await editor.client.execute_query(statement)


async def nothing(_apps, _editor):
    """The columns do not come back."""


class Gone(ops.RemoveField):
    """From what the models say; `move` drops the column itself."""

    async def database_forward(self, app_label, old_state, new_state, state_editor=None):
        return


class Migration(migrations.Migration):
    dependencies = [("models", "0025_actions")]

    operations = [
        ops.CreateModel(
            name="Identity",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("customer", fields.ForeignKeyField("models.Customer", source_field="customer_id", db_constraint=True, to_field="id", related_name="identities", on_delete=OnDelete.RESTRICT)),
                ("door", fields.CharEnumField(description="TELEGRAM: telegram", enum_type=Entrance, max_length=16)),
                ("external_id", fields.CharField(max_length=128)),
                ("reachable_since", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("blocked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "identities", "app": "models", "unique_together": (("door", "external_id"), ("customer", "door")), "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.RunPython(move, reverse_code=nothing),
        Gone(model_name="Customer", name="telegram_id"),
        Gone(model_name="Customer", name="blocked_at"),
    ]
