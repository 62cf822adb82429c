"""Who said yes to a brand is found without those who said no, however many they are."""

from tortoise import migrations
from tortoise.migrations import operations as ops

BEFORE = (
    "CREATE INDEX consent_states_asked ON consent_states (subject_id, channel, customer_id, granted)"
    " WHERE purpose = 'advertising'"
)
AFTER = (
    "CREATE INDEX consent_states_asked ON consent_states (subject_id, channel, granted, customer_id)"
    " WHERE purpose = 'advertising'"
)


class Migration(migrations.Migration):
    dependencies = [("models", "0072_lists_of_accounts")]

    operations = [
        ops.RunSQL("DROP INDEX consent_states_asked", reverse_sql=BEFORE),
        ops.RunSQL(AFTER, reverse_sql="DROP INDEX consent_states_asked"),
    ]
