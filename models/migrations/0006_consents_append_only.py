"""Consent records, their links and the documents they point to can be added and nothing else:
the database itself refuses to change or remove them."""

from tortoise import migrations
from tortoise.migrations import operations as ops

TABLES = ("consent_records", "consent_links", "consent_documents")

POSTGRES_FUNCTION = """
CREATE FUNCTION consents_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$body$
"""
POSTGRES_TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION consents_are_append_only()
"""
SQLITE_TRIGGER = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only: {verb} is refused'); END;
"""


async def forbid(_apps, editor):
    if editor.client.capabilities.dialect == "postgres":
        await editor.client.execute_script(POSTGRES_FUNCTION)
        for table in TABLES:
            await editor.client.execute_script(POSTGRES_TRIGGER.format(table=table))
        return
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            await editor.client.execute_script(SQLITE_TRIGGER.format(table=table, verb=verb))


async def allow(_apps, editor):
    if editor.client.capabilities.dialect == "postgres":
        for table in TABLES:
            await editor.client.execute_script(f"DROP TRIGGER {table}_append_only ON {table}")
        await editor.client.execute_script("DROP FUNCTION consents_are_append_only()")
        return
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            await editor.client.execute_script(f"DROP TRIGGER {table}_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("models", "0005_verifications")]

    operations = [ops.RunPython(forbid, reverse_code=allow)]
