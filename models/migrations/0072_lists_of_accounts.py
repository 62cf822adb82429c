"""What an account lists goes on where it was and reads nothing of others: its cards in the order of
their ids, and who has agreed to something, in the order of theirs."""

from tortoise import migrations
from tortoise.migrations import operations as ops

INDEXES = {
    "cards_listed": "ON cards (program_id, id)",
    "consent_states_agreed": "ON consent_states (purpose, subject_id, customer_id) WHERE granted",
}


class Migration(migrations.Migration):
    dependencies = [("models", "0071_placed_consents")]

    operations = [
        ops.RunSQL(f"CREATE INDEX {name} {where}", reverse_sql=f"DROP INDEX {name}")
        for name, where in INDEXES.items()
    ]
