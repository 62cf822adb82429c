"""A send to many people is a campaign: so are its table, what refers to it, and every name that the
database has for them. No row changes: `once`, `kind` and the audit trail keep what older versions
wrote."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

RENAME = (
    "ALTER TABLE pushes RENAME TO campaigns",
    "ALTER TABLE messages RENAME COLUMN push_id TO campaign_id",
)
POSTGRES = (
    "ALTER SEQUENCE pushes_id_seq RENAME TO campaigns_id_seq",
    "ALTER TABLE campaigns RENAME CONSTRAINT pushes_pkey TO campaigns_pkey",
    "ALTER TABLE campaigns RENAME CONSTRAINT pushes_brand_id_fkey TO campaigns_brand_id_fkey",
    "ALTER TABLE campaigns RENAME CONSTRAINT pushes_city_id_fkey TO campaigns_city_id_fkey",
    "ALTER TABLE messages RENAME CONSTRAINT messages_push_id_fkey TO messages_campaign_id_fkey",
    "ALTER INDEX idx_pushes_brand_i_af24c7 RENAME TO idx_campaigns_brand_i_14b18e",
    "ALTER INDEX pushes_once RENAME TO campaigns_once",
    "ALTER INDEX messages_push RENAME TO messages_campaign",
)
# An index is renamed only by making it anew.
SQLITE = (
    "DROP INDEX idx_pushes_brand_i_af24c7",
    "CREATE INDEX idx_campaigns_brand_i_14b18e ON campaigns (brand_id)",
    "DROP INDEX pushes_once",
    "CREATE UNIQUE INDEX campaigns_once ON campaigns (once) WHERE once IS NOT NULL",
    "DROP INDEX messages_push",
    "CREATE INDEX messages_campaign ON messages (campaign_id)",
)


async def rename(_apps, editor):
    postgres = editor.client.capabilities.dialect == "postgres"
    for statement in (*RENAME, *(POSTGRES if postgres else SQLITE)):
        await editor.client.execute_query(statement)


async def nothing(_apps, _editor):
    """The old names do not come back."""


FIELDS = {
    "brand": fields.ForeignKeyField("models.Brand", source_field="brand_id", db_index=True, db_constraint=True, to_field="id", related_name="campaigns", on_delete=OnDelete.RESTRICT),
    "city": fields.ForeignKeyField("models.City", source_field="city_id", null=True, db_constraint=True, to_field="id", related_name="campaigns", on_delete=OnDelete.RESTRICT),
}
MESSAGE = fields.ForeignKeyField("models.Campaign", source_field="campaign_id", null=True, db_index=True, db_constraint=True, to_field="id", related_name="messages", on_delete=OnDelete.RESTRICT)


class Renamed(ops.TortoiseOperation):
    """Of what the models say alone: `rename` does it in the database. (RenameModel fails on a model
    that refers to others: it lets their way back to it stand under the old name too.)"""

    def state_forward(self, app_label, state):
        campaign = state.models.pop((app_label, "Push"))
        campaign.name, campaign.table = "Campaign", "campaigns"
        campaign.options["table"] = "campaigns"
        campaign.fields |= FIELDS
        state.models[(app_label, "Campaign")] = campaign
        of_message = state.models[(app_label, "Message")].fields
        del of_message["push"]
        of_message["campaign"] = MESSAGE
        state.apps = state.apps.clone(state.models)

    async def database_forward(self, app_label, old_state, new_state, state_editor=None):
        return

    async def database_backward(self, app_label, old_state, new_state, state_editor=None):
        return


class Migration(migrations.Migration):
    dependencies = [("models", "0027_announced_by_the_clock")]

    operations = [ops.RunPython(rename, reverse_code=nothing), Renamed()]
