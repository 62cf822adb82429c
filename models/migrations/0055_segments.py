"""Who is meant is kept under a key, with the lists of cards and the attributes of people that it
asks for, and with what is made of sealed answers for those who were given them; when somebody was
last here. Everybody who is there is looked at by the worker, program by program."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

INDEXES = {
    "traits_look_at": "traits (look_at) WHERE look_at IS NOT NULL",
    "identities_reachable": "identities (door, customer_id)"
    " WHERE reachable_since IS NOT NULL AND blocked_at IS NULL",
    # Instead of the one of those who said yes alone: who said no is counted too.
    "consent_states_asked": "consent_states (subject_id, channel, customer_id, granted)"
    " WHERE purpose = 'advertising'",
}
ASKED = "consent_states (subject_id, channel, customer_id) WHERE purpose = 'advertising' AND granted"


class Migration(migrations.Migration):
    dependencies = [("models", "0054_delivery_reports")]

    operations = [
        ops.CreateModel(
            name="Attribute",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("account", fields.ForeignKeyField("models.Account", source_field="account_id", db_constraint=True, to_field="id", related_name="attributes", on_delete=OnDelete.RESTRICT)),
                ("customer", fields.ForeignKeyField("models.Customer", source_field="customer_id", db_index=True, db_constraint=True, to_field="id", related_name="attributes", on_delete=OnDelete.RESTRICT)),
                ("key", fields.CharField(max_length=24)),
                ("text", fields.CharField(null=True, max_length=200)),
                ("number", fields.DecimalField(null=True, max_digits=18, decimal_places=6)),
                ("flag", fields.BooleanField(null=True)),
                ("told_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "attributes", "app": "models", "unique_together": (("account", "key", "customer"),), "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CardList",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("account", fields.ForeignKeyField("models.Account", source_field="account_id", db_constraint=True, to_field="id", related_name="card_lists", on_delete=OnDelete.RESTRICT)),
                ("key", fields.CharField(max_length=64)),
                ("name", fields.CharField(max_length=200)),
                ("cards", fields.IntField(default=0)),
                ("unknown", fields.IntField(default=0)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("changed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "card_lists", "app": "models", "unique_together": (("account", "key"),), "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ListedCard",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("list", fields.ForeignKeyField("models.CardList", source_field="list_id", db_constraint=True, to_field="id", related_name="listed", on_delete=OnDelete.RESTRICT)),
                ("card", fields.ForeignKeyField("models.Card", source_field="card_id", db_index=True, db_constraint=True, to_field="id", related_name="lists", on_delete=OnDelete.RESTRICT)),
            ],
            options={"table": "listed_cards", "app": "models", "unique_together": (("list", "card"),), "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Segment",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("account", fields.ForeignKeyField("models.Account", source_field="account_id", db_constraint=True, to_field="id", related_name="segments", on_delete=OnDelete.RESTRICT)),
                ("key", fields.CharField(max_length=64)),
                ("name", fields.CharField(max_length=200)),
                ("tree", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ("archived_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "segments", "app": "models", "unique_together": (("account", "key"),), "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Trait",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("account", fields.ForeignKeyField("models.Account", source_field="account_id", db_constraint=True, to_field="id", related_name="traits", on_delete=OnDelete.RESTRICT)),
                ("customer", fields.ForeignKeyField("models.Customer", source_field="customer_id", db_index=True, db_constraint=True, to_field="id", related_name="traits", on_delete=OnDelete.RESTRICT)),
                ("age", fields.SmallIntField(null=True)),
                ("gender", fields.CharField(null=True, max_length=8)),
                ("birthday", fields.SmallIntField(null=True)),
                ("look_at", fields.DateField(null=True)),
            ],
            options={"table": "traits", "app": "models", "unique_together": (("account", "customer"),), "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Identity",
            name="seen_on",
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name="Program",
            name="traits_up_to",
            field=fields.BigIntField(null=True),
        ),
        ops.RunSQL("UPDATE programs SET traits_up_to = 0", reverse_sql=""),
        *(
            ops.RunSQL(f"CREATE INDEX {name} ON {on}", reverse_sql=f"DROP INDEX {name}")
            for name, on in INDEXES.items()
        ),
        ops.RunSQL(
            "DROP INDEX consent_states_advertising",
            reverse_sql=f"CREATE INDEX consent_states_advertising ON {ASKED}",
        ),
    ]
