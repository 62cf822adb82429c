"""The audit trail. The database itself refuses to change or remove its entries."""

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

POSTGRES = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$body$;
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()
"""
SQLITE = """
CREATE TRIGGER audit_entries_no_{verb} BEFORE {verb} ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only: {verb} is refused'); END;
"""
VERBS = ("UPDATE", "DELETE")


async def forbid(_apps, editor):
    if editor.client.capabilities.dialect == "postgres":
        await editor.client.execute_script(POSTGRES)
        return
    for verb in VERBS:
        await editor.client.execute_script(SQLITE.format(verb=verb))


async def allow(_apps, editor):
    if editor.client.capabilities.dialect == "postgres":
        await editor.client.execute_script(
            "DROP TRIGGER audit_entries_append_only ON audit_entries;"
            " DROP FUNCTION audit_is_append_only()"
        )
        return
    for verb in VERBS:
        await editor.client.execute_script(f"DROP TRIGGER audit_entries_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("models", "0021_ids_only")]

    operations = [
        ops.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("actor_kind", fields.CharField(max_length=16)),
                ("actor_id", fields.BigIntField(null=True)),
                ("door", fields.CharField(max_length=64)),
                ("verb", fields.CharField(max_length=32)),
                ("subject_kind", fields.CharField(max_length=32)),
                ("subject_id", fields.BigIntField(null=True)),
                ("amount", fields.BigIntField(null=True)),
            ],
            options={
                "table": "audit_entries",
                "app": "models",
                "indexes": [Index(fields=["subject_kind", "subject_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.RunPython(forbid, reverse_code=allow),
    ]
