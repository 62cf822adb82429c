"""Each answer about advertising says where its person lives and whether its channel finds them, so
that a brand's people are counted from one index. The database itself keeps both as they are
(docs/decisions/0026-placed-consents.md tells why, and which locks make it exact); answers of
before are placed by the worker, some at a time (place_answers)."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

INDEXES = {
    # Few different values: equal entries share one, and it is a tenth of an index with the person.
    "consent_states_living": "consent_states (subject_id, channel, city_id, document_id, granted,"
    " reach) WHERE purpose = 'advertising'",
    "consent_states_unplaced": "consent_states (customer_id)"
    " WHERE purpose = 'advertising' AND reach IS NULL",
}
# Who answers holds their own row; whoever changes by what they are found waits for them, or is
# waited for.
POSTGRES = """
CREATE FUNCTION consents_placed() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    gone BOOLEAN;
    found_there BOOLEAN;
BEGIN
    SELECT city_id, deleted_at IS NOT NULL INTO NEW.city_id, gone
        FROM customers WHERE id = NEW.customer_id FOR SHARE;
    IF NEW.channel = 'telegram' THEN
        SELECT reachable_since IS NOT NULL AND blocked_at IS NULL INTO found_there
            FROM identities WHERE customer_id = NEW.customer_id AND door = 'telegram' FOR SHARE;
    ELSIF NEW.channel IN ('email', 'sms') THEN
        SELECT verified_at IS NOT NULL INTO found_there
            FROM contacts WHERE customer_id = NEW.customer_id
            AND kind = CASE NEW.channel WHEN 'sms' THEN 'phone' ELSE 'email' END FOR SHARE;
    END IF;
    NEW.reach := CASE WHEN gone THEN 0 WHEN found_there THEN 2 ELSE 1 END;
    RETURN NEW;
END
$body$;
CREATE TRIGGER consent_states_placed BEFORE INSERT ON consent_states FOR EACH ROW
WHEN (NEW.purpose = 'advertising') EXECUTE FUNCTION consents_placed();

CREATE FUNCTION consents_moved() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    UPDATE consent_states SET city_id = NEW.city_id, reach = CASE
        WHEN NEW.deleted_at IS NOT NULL THEN 0 WHEN OLD.deleted_at IS NULL THEN reach END
    WHERE customer_id = NEW.id AND purpose = 'advertising';
    RETURN NULL;
END
$body$;
CREATE TRIGGER customers_moved AFTER UPDATE OF city_id, deleted_at ON customers FOR EACH ROW
WHEN (OLD.city_id IS DISTINCT FROM NEW.city_id OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at)
EXECUTE FUNCTION consents_moved();

CREATE FUNCTION waits_for_answers() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    PERFORM 1 FROM customers WHERE id = NEW.customer_id FOR NO KEY UPDATE;
    RETURN NEW;
END
$body$;
CREATE TRIGGER identities_wait BEFORE INSERT ON identities FOR EACH ROW
EXECUTE FUNCTION waits_for_answers();
CREATE TRIGGER contacts_wait BEFORE INSERT ON contacts FOR EACH ROW
EXECUTE FUNCTION waits_for_answers();

CREATE FUNCTION identities_reach() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    now_reach SMALLINT := 1;
    person BIGINT;
BEGIN
    IF TG_OP = 'DELETE' THEN
        person := OLD.customer_id;
    ELSE
        person := NEW.customer_id;
        IF NEW.reachable_since IS NOT NULL AND NEW.blocked_at IS NULL THEN now_reach := 2; END IF;
    END IF;
    UPDATE consent_states SET reach = now_reach WHERE customer_id = person
        AND purpose = 'advertising' AND channel = 'telegram' AND reach > 0 AND reach <> now_reach;
    RETURN NULL;
END
$body$;
CREATE TRIGGER identities_found AFTER INSERT OR DELETE OR UPDATE OF reachable_since, blocked_at
ON identities FOR EACH ROW EXECUTE FUNCTION identities_reach();

CREATE FUNCTION contacts_reach() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    now_reach SMALLINT := 1;
    person BIGINT;
    by_channel TEXT;
BEGIN
    IF TG_OP = 'DELETE' THEN
        person := OLD.customer_id;
        by_channel := CASE OLD.kind WHEN 'phone' THEN 'sms' ELSE 'email' END;
    ELSE
        person := NEW.customer_id;
        by_channel := CASE NEW.kind WHEN 'phone' THEN 'sms' ELSE 'email' END;
        IF NEW.verified_at IS NOT NULL THEN now_reach := 2; END IF;
    END IF;
    UPDATE consent_states SET reach = now_reach WHERE customer_id = person
        AND purpose = 'advertising' AND channel = by_channel AND reach > 0 AND reach <> now_reach;
    RETURN NULL;
END
$body$;
CREATE TRIGGER contacts_found AFTER INSERT OR DELETE OR UPDATE OF verified_at
ON contacts FOR EACH ROW EXECUTE FUNCTION contacts_reach();
"""
_FUNCTIONS = (
    "consents_placed", "consents_moved", "waits_for_answers", "identities_reach", "contacts_reach",
)  # fmt: skip
# SQLite has one writer: whoever writes sees all that stands.
SQLITE = {
    "consent_states_placed": """AFTER INSERT ON consent_states WHEN NEW.purpose = 'advertising'
BEGIN
    UPDATE consent_states SET city_id = c.city_id, reach = CASE
        WHEN c.deleted_at IS NOT NULL THEN 0
        WHEN CASE NEW.channel
            WHEN 'telegram' THEN EXISTS (SELECT 1 FROM identities i
                WHERE i.customer_id = c.id AND i.door = 'telegram'
                AND i.reachable_since IS NOT NULL AND i.blocked_at IS NULL)
            WHEN 'email' THEN EXISTS (SELECT 1 FROM contacts m WHERE m.customer_id = c.id
                AND m.kind = 'email' AND m.verified_at IS NOT NULL)
            WHEN 'sms' THEN EXISTS (SELECT 1 FROM contacts m WHERE m.customer_id = c.id
                AND m.kind = 'phone' AND m.verified_at IS NOT NULL)
            ELSE FALSE END THEN 2
        ELSE 1 END
    FROM customers c WHERE c.id = NEW.customer_id AND consent_states.id = NEW.id;
END""",
    "customers_moved": """AFTER UPDATE OF city_id, deleted_at ON customers
WHEN OLD.city_id IS NOT NEW.city_id OR OLD.deleted_at IS NOT NEW.deleted_at
BEGIN
    UPDATE consent_states SET city_id = NEW.city_id, reach = CASE
        WHEN NEW.deleted_at IS NOT NULL THEN 0 WHEN OLD.deleted_at IS NULL THEN reach END
    WHERE customer_id = NEW.id AND purpose = 'advertising';
END""",
} | {
    f"{table}_{verb.lower()}": f"""AFTER {verb}{of} ON {table}
BEGIN
    UPDATE consent_states SET reach = {reach}
    WHERE customer_id = {row}.customer_id AND purpose = 'advertising'
        AND channel = {channel.format(row=row)} AND reach > 0;
END"""
    for table, columns, condition, channel in (
        (
            "identities", "reachable_since, blocked_at",
            "NEW.reachable_since IS NOT NULL AND NEW.blocked_at IS NULL", "{row}.door",
        ),
        (
            "contacts", "verified_at", "NEW.verified_at IS NOT NULL",
            "CASE {row}.kind WHEN 'phone' THEN 'sms' ELSE 'email' END",
        ),
    )
    for verb, of, row, reach in (
        ("INSERT", "", "NEW", f"CASE WHEN {condition} THEN 2 ELSE 1 END"),
        ("UPDATE", f" OF {columns}", "NEW", f"CASE WHEN {condition} THEN 2 ELSE 1 END"),
        ("DELETE", "", "OLD", "1"),
    )
}  # fmt: skip


async def keep(_apps, editor):
    if editor.client.capabilities.dialect == "postgres":
        await editor.client.execute_script(POSTGRES)
        return
    for name, does in SQLITE.items():
        await editor.client.execute_script(f"CREATE TRIGGER {name} {does};")


async def keep_no_more(_apps, editor):
    if editor.client.capabilities.dialect == "postgres":
        for name in _FUNCTIONS:
            await editor.client.execute_script(f"DROP FUNCTION {name} CASCADE")
        return
    for name in SQLITE:
        await editor.client.execute_script(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("models", "0070_google_passes")]

    operations = [
        ops.AddField(
            model_name="ConsentState", name="city_id", field=fields.BigIntField(null=True)
        ),
        ops.AddField(
            model_name="ConsentState", name="reach", field=fields.SmallIntField(null=True)
        ),
        *(
            ops.RunSQL(f"CREATE INDEX {name} ON {on}", reverse_sql=f"DROP INDEX {name}")
            for name, on in INDEXES.items()
        ),
        ops.RunPython(keep, keep_no_more),
    ]
