"""What reactions are told of an event, and the keys under which deliveries are coalesced and put
in order. Deliveries that wait, or that an operator may still retry, get the id they lack."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

INDEXES = {
    # One row of a key waits or runs.
    "outbox_deliveries_coalesced": "UNIQUE INDEX {} ON outbox_deliveries (reaction, coalesce_key)"
    " WHERE coalesce_key <> '' AND done_at IS NULL AND failed_at IS NULL",
    # Whether an older one of the key is not done yet.
    "outbox_deliveries_in_order": "INDEX {} ON outbox_deliveries (reaction, order_key, event_id)"
    " WHERE order_key <> '' AND done_at IS NULL AND failed_at IS NULL",
}
# UUID version 7: the moment in milliseconds, then chance.
NAME_WAITING = """
UPDATE outbox_events SET uid = {uid}
WHERE fanned_out_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM outbox_deliveries d WHERE d.event_id = outbox_events.id AND d.done_at IS NULL)
"""
POSTGRES_MOMENT = "lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0')"
POSTGRES = (
    f"(substr({POSTGRES_MOMENT}, 1, 8) || '-' || substr({POSTGRES_MOMENT}, 9, 4)"
    " || '-7' || substr(gen_random_uuid()::text, 16))::uuid"
)
SQLITE_MOMENT = "printf('%012x', CAST(round((julianday(at) - 2440587.5) * 86400000.0) AS INTEGER))"
SQLITE = (
    f"lower(substr({SQLITE_MOMENT}, 1, 8) || '-' || substr({SQLITE_MOMENT}, 9, 4)"
    " || '-7' || substr(hex(randomblob(2)), 1, 3) || '-a' || substr(hex(randomblob(2)), 1, 3)"
    " || '-' || hex(randomblob(6)))"
)


async def name_waiting(_apps, editor):
    postgres = editor.client.capabilities.dialect == "postgres"
    await editor.client.execute_script(NAME_WAITING.format(uid=POSTGRES if postgres else SQLITE))


async def nothing(_apps, _editor):
    """The column goes, and its values with it."""


class Migration(migrations.Migration):
    dependencies = [('models', '0022_audit_entries')]

    initial = False

    operations = [
        ops.AddField(
            model_name='OutboxDelivery',
            name='alone',
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AddField(
            model_name='OutboxDelivery',
            name='attempts_before',
            field=fields.IntField(default=0, db_default=0),
        ),
        ops.AddField(
            model_name='OutboxDelivery',
            name='coalesce_key',
            field=fields.CharField(default='', db_default='', max_length=64),
        ),
        ops.AddField(
            model_name='OutboxDelivery',
            name='order_key',
            field=fields.CharField(default='', db_default='', max_length=64),
        ),
        ops.AddField(
            model_name='OutboxEvent',
            name='uid',
            field=fields.UUIDField(null=True),
        ),
        ops.RunPython(name_waiting, reverse_code=nothing),
        *(
            ops.RunSQL("CREATE " + sql.format(name), reverse_sql=f"DROP INDEX {name}")
            for name, sql in INDEXES.items()
        ),
    ]
