"""The first offer of a brand that holds now is found in an index, without a row of those before it.
Whoever looks for offers by the brand alone goes by the same."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

HOLDING = (
    "CREATE INDEX offers_holding ON offers (brand_id, status, id, starts_at, ends_at)"
)
BEFORE = "idx_offers_brand_i_1ebcc9"


class Told(ops.AlterField):
    """Of what the models say alone: on SQLite AlterField makes the table anew without its
    indexes."""

    async def database_forward(self, app_label, old_state, new_state, state_editor=None):
        return


class Migration(migrations.Migration):
    dependencies = [("models", "0075_what_waits_in_phones")]

    operations = [
        Told(
            model_name="Offer",
            name="brand",
            field=fields.ForeignKeyField("models.Brand", source_field="brand_id", db_constraint=True, to_field="id", related_name="offers", on_delete=OnDelete.RESTRICT),
        ),
        ops.RunSQL(HOLDING, reverse_sql="DROP INDEX offers_holding"),
        ops.RunSQL(
            f"DROP INDEX {BEFORE}",
            reverse_sql=f"CREATE INDEX {BEFORE} ON offers (brand_id)",
        ),
    ]
