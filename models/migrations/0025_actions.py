"""The button of a message is an action that every channel spells in its own way; an earlier version
wrote Telegram's callback data. What has left already keeps it: nobody reads it again, and there
may be millions."""

from tortoise import migrations
from tortoise.migrations import operations as ops

# One pass, whatever the kind.
NAME = """
UPDATE messages SET data = {set} WHERE {tap} IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM deliveries d
    WHERE d.message_id = messages.id AND d.state NOT IN ('queued', 'sending'))
"""
ACTION = """CASE
    WHEN {tap} LIKE 'card:%' THEN 'open_card ' || substr({tap}, 6)
    WHEN {tap} LIKE 'cjoin:%' THEN 'connect_card ' || substr({tap}, 7)
    WHEN {tap} LIKE 'offer:%' THEN 'open_offer ' || substr({tap}, 7)
    WHEN {tap} LIKE 'adoff:%' THEN 'stop_ads ' || replace(substr({tap}, 7), ':telegram', '')
    WHEN {tap} = 'conts' THEN 'open_contacts'
    WHEN {tap} = 'ctem' THEN 'change_email'
END"""
POSTGRES = ("(data #>> '{button,tap}')", "(data - 'button') || jsonb_build_object('action', %s)")
SQLITE = (
    "json_extract(data, '$.button.tap')",
    "json_set(json_remove(data, '$.button'), '$.action', %s)",
)


async def name_actions(_apps, editor):
    postgres = editor.client.capabilities.dialect == "postgres"
    tap, changed = POSTGRES if postgres else SQLITE
    await editor.client.execute_query(
        NAME.format(tap=tap, set=changed % ACTION.format(tap=tap))
    )


async def nothing(_apps, _editor):
    """A version of before sends these without a button."""


class Migration(migrations.Migration):
    dependencies = [("models", "0024_facts")]

    operations = [ops.RunPython(name_actions, reverse_code=nothing)]
