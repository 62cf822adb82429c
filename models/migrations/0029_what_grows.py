"""What schedules look for is found without walking through what there is of everybody."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

INDEXES = {
    "outbox_deliveries_failed": "outbox_deliveries (id) WHERE failed_at IS NOT NULL",
    "outbox_events_passed_on": "outbox_events (at) WHERE fanned_out_at IS NOT NULL",
    "telegram_updates_handled": "telegram_updates (handled_at) WHERE handled_at IS NOT NULL",
    "applications_waiting": "applications (updated_at) WHERE status = 'open'",
    "applications_with_numbers": "applications (updated_at)"
    " WHERE status <> 'open' AND typed_numbers <> '{}'",
    "contacts_not_kept": "contacts (created_at) WHERE NOT kept",
    "card_findings_created": "card_findings (created_at)",
    "number_tries_tried": "number_tries (tried_at)",
    "verifications_expired": "verifications (expires_at)",
    # Whom a brand may write to, by which channel.
    "consent_states_advertising": "consent_states (subject_id, channel, customer_id)"
    " WHERE purpose = 'advertising' AND granted",
    "wallet_entries_to_compare": "wallet_entries (brands_until, id)",
}


class Migration(migrations.Migration):
    dependencies = [("models", "0028_campaigns")]

    operations = [
        ops.AddField(
            model_name="Contact",
            name="kept",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        *(
            ops.RunSQL(f"CREATE INDEX {name} ON {sql}", reverse_sql=f"DROP INDEX {name}")
            for name, sql in INDEXES.items()
        ),
    ]
