"""Removal stands beside a card's status instead of in its place."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.card import CardStatus
from tortoise import fields


class OtherValues(ops.AlterField):
    """Which values the column takes is known to the code alone: nothing changes in a database
    (and on SQLite AlterField would make the table anew without its indexes)."""

    async def database_forward(self, app_label, old_state, new_state, state_editor=None):
        pass


class Migration(migrations.Migration):
    dependencies = [('models', '0012_wallet')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Card',
            name='removed_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        # When was not written down: not before the card was made. What the status was before the
        # removal was not kept either; nothing blocked a card yet.
        ops.RunSQL(
            "UPDATE cards SET removed_at = created_at, status = 'active' WHERE status = 'removed'",
            reverse_sql="UPDATE cards SET status = 'removed' WHERE removed_at IS NOT NULL",
        ),
        OtherValues(
            model_name='Card',
            name='status',
            field=fields.CharEnumField(default=CardStatus.ACTIVE, description='ACTIVE: active\nBLOCKED: blocked', enum_type=CardStatus, max_length=16),
        ),
    ]
