"""Unique and partial indexes that Tortoise 1.1.9 drops from a first migration, as SQL that
both SQLite and PostgreSQL accept."""

from tortoise import migrations
from tortoise.migrations import operations as ops

INDEXES = {
    # A verified contact belongs to one person.
    "contacts_verified_once": "UNIQUE INDEX {} ON contacts (kind, blind_index)"
    " WHERE verified_at IS NOT NULL",
    # One application at a time.
    "applications_one_open": "UNIQUE INDEX {} ON applications (customer_id)"
    " WHERE status = 'open'",
    # A document's version is written once; program terms per program, the rest per account.
    "consent_documents_once": "UNIQUE INDEX {} ON consent_documents"
    " (account_id, COALESCE(program_id, 0), purpose, language, version)",
    # The claim of a free number reads one row whatever the size of the pool.
    "pool_numbers_free": "INDEX {} ON pool_numbers (program_id, id) WHERE status = 'free'",
    "telegram_updates_waiting": "INDEX {} ON telegram_updates (bot_id, update_id)"
    " WHERE handled_at IS NULL",
    "outbox_events_waiting": "INDEX {} ON outbox_events (id) WHERE fanned_out_at IS NULL",
    "outbox_deliveries_waiting": "INDEX {} ON outbox_deliveries (available_at, id)"
    " WHERE done_at IS NULL AND failed_at IS NULL",
    "deliveries_unsettled": "INDEX {} ON deliveries (state, id)"
    " WHERE state IN ('queued', 'sending')",
}


class Migration(migrations.Migration):
    dependencies = [("models", "0001_initial")]

    operations = [
        ops.RunSQL("CREATE " + sql.format(name), reverse_sql=f"DROP INDEX {name}")
        for name, sql in INDEXES.items()
    ]
