"""Announcements that a share ended name no chats any more: an earlier version wrote them down. What
waits to be delivered keeps them until then."""

from tortoise import migrations
from tortoise.migrations import operations as ops

FORGET = """
UPDATE outbox_events SET payload = {payload}
WHERE kind = 'CardShareRevoked' AND fanned_out_at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM outbox_deliveries d
    WHERE d.event_id = outbox_events.id AND d.done_at IS NULL AND d.failed_at IS NULL)
"""
POSTGRES = "payload - 'messages'"
SQLITE = "json_remove(payload, '$.messages')"


async def forget(_apps, editor):
    postgres = editor.client.capabilities.dialect == "postgres"
    await editor.client.execute_script(FORGET.format(payload=POSTGRES if postgres else SQLITE))


async def nothing(_apps, _editor):
    """What was forgotten does not come back."""


class Migration(migrations.Migration):
    dependencies = [("models", "0020_main_keys")]

    operations = [ops.RunPython(forget, reverse_code=nothing)]
