"""Facts by day, and what can still be counted of the time before: cards, people, contacts, refreshed
profiles. Consents and deliveries are counted by the worker, from the first one on.

What is announced and not yet fanned out will be counted by the worker, and is left out here.
"""

from collections import Counter
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import orjson
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from models.fact import FactKind

# In the order in which use cases write to them.
LOCK = "LOCK TABLE customers, contacts, cards, outbox_events IN SHARE ROW EXCLUSIVE MODE"
CARDS = """
SELECT COALESCE(p.account_id, 0) AS account_id, COALESCE(t.brand_id, 0) AS brand_id,
    {minute} AS minute, {kind} AS kind, t.source AS source, '' AS channel
FROM cards t LEFT JOIN programs p ON p.id = t.program_id
WHERE {moment} IS NOT NULL AND {which}
"""
PEOPLE = """
SELECT 0 AS account_id, 0 AS brand_id, {minute} AS minute, '{kind}' AS kind, {source} AS source,
    {channel} AS channel
FROM {table} t WHERE {moment} IS NOT NULL AND {which}
"""
GROUPED = """
SELECT account_id, brand_id, minute, kind, source, channel, count(*) AS n FROM ({rows}) AS x
GROUP BY account_id, brand_id, minute, kind, source, channel
"""
PROFILES = """
SELECT p.account_id, COALESCE((SELECT min(b.id) FROM brands b WHERE b.program_id = p.id), 0)
    AS brand_id, r.day, sum(r.people) AS n, p.id AS program_id
FROM profile_refreshes r JOIN programs p ON p.id = r.program_id GROUP BY p.account_id, p.id, r.day
"""
# table, moment, kind, source, channel; the event that will be counted, and by which id it is known.
COUNTED = (
    ("cards", "created_at", "'card_' || t.origin", "", "", "CardIssued", "card_id"),
    ("cards", "removed_at", "'card_removed'", "", "", "CardRemoved", "card_id"),
    ("customers", "created_at", "customer_joined", "t.source", "''", "CustomerJoined", "customer_id"),
    ("customers", "deleted_at", "customer_deleted", "''", "''", "CustomerDeleted", "customer_id"),
    ("contacts", "verified_at", "contact_verified", "''", "t.kind", "ContactVerified", "customer_id"),
)


async def count(_apps, editor):
    client = editor.client
    postgres = client.capabilities.dialect == "postgres"
    if postgres:
        await client.execute_script(LOCK)
    waiting = await _waiting(client)
    zones = {
        row["id"]: _zone(row["timezone"])
        for row in await client.execute_query_dict("SELECT id, timezone FROM accounts")
    }
    facts = Counter()
    for counted in COUNTED:
        for sql, sign in _statements(counted, waiting, postgres):
            for row in await client.execute_query_dict(GROUPED.format(rows=sql)):
                facts[_key(row, zones)] += sign * row["n"]
    await _profiles(client, waiting, facts)
    for key, n in facts.items():
        if n > 0:
            await _insert(client, postgres, key, n)
    await client.execute_script(
        "UPDATE outbox_events SET counted = TRUE WHERE fanned_out_at IS NOT NULL"
    )


def _statements(counted, waiting, postgres):
    """All there are, then those that wait, which are taken off again."""
    table, moment, kind, source, channel, event, name = counted
    utc = f"to_char(t.{moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')"
    minute = utc if postgres else f"substr(t.{moment}, 1, 16)"
    column = "customer_id" if table == "contacts" else "id"
    usual = "t.origin <> 'external'" if event == "CardIssued" else "1 = 1"
    ids = [str(int(each[name])) for each in waiting.get(event, []) if each.get(name)]
    for which, sign in ((usual, 1), *([(f"{usual} AND t.{column} IN ({', '.join(ids)})", -1)] if ids else [])):
        told = {"minute": minute, "moment": f"t.{moment}", "which": which, "kind": kind}
        if table == "cards":
            yield CARDS.format(**told), sign
        else:
            yield PEOPLE.format(**told, table=table, source=source, channel=channel), sign


async def _waiting(client):
    found = {}
    sql = "SELECT kind, payload FROM outbox_events WHERE fanned_out_at IS NULL"
    for row in await client.execute_query_dict(sql):
        payload = row["payload"]
        payload = orjson.loads(payload) if isinstance(payload, str | bytes) else payload
        found.setdefault(row["kind"], []).append(payload)
    return found


async def _profiles(client, waiting, facts):
    """Counted by the program until now, and when the event was announced."""
    left = Counter(each.get("program_id") for each in waiting.get("ProfileRefreshed", []))
    for row in sorted(await client.execute_query_dict(PROFILES), key=lambda row: str(row["day"]), reverse=True):
        day = row["day"] if isinstance(row["day"], date) else date.fromisoformat(row["day"])
        taken = min(left[row["program_id"]], row["n"])
        left[row["program_id"]] -= taken
        facts[row["account_id"], row["brand_id"], day, "profile_refreshed", "", ""] += row["n"] - taken


def _key(row, zones):
    at = datetime.strptime(row["minute"], "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    day = at.astimezone(zones.get(row["account_id"], UTC)).date()
    return (row["account_id"], row["brand_id"], day, row["kind"], row["source"], row["channel"])


def _zone(name):
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


async def _insert(client, postgres, key, n):
    account, brand, day, *told = key
    marks = ", ".join(f"${place}" if postgres else "?" for place in range(1, 8))
    await client.execute_query(
        f"INSERT INTO facts (account_id, brand_id, day, kind, source, channel, n, kopecks)"
        f" VALUES ({marks}, 0)",
        [account, brand, day if postgres else day.isoformat(), *told, n],
    )


async def nothing(_apps, _editor):
    """The facts go with their table."""


class Migration(migrations.Migration):
    dependencies = [('models', '0023_what_happened')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Fact',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('account_id', fields.BigIntField(default=0)),
                ('brand_id', fields.BigIntField(default=0)),
                ('day', fields.DateField()),
                ('kind', fields.CharEnumField(description='CARD_ISSUED: card_issued\nCARD_DUPLICATED: card_duplicated\nCARD_ASSIGNED: card_assigned\nCARD_REMOVED: card_removed\nPROFILE_REFRESHED: profile_refreshed\nCONSENT_GRANTED: consent_granted\nCONSENT_DECLINED: consent_declined\nCONSENT_WITHDRAWN: consent_withdrawn\nMESSAGE_DELIVERED: message_delivered\nMESSAGE_FAILED: message_failed\nMESSAGE_STOPPED: message_stopped\nMESSAGE_IN_DOUBT: message_in_doubt\nMESSAGE_AGAIN: message_again\nMESSAGE_ARRIVED: message_arrived\nMESSAGE_LOST: message_lost\nCUSTOMER_JOINED: customer_joined\nCUSTOMER_DELETED: customer_deleted\nCONTACT_VERIFIED: contact_verified\nPOOL_RAN_LOW: pool_ran_low\nPOOL_RAN_EMPTY: pool_ran_empty\nSALE_RECORDED: sale_recorded\nSALE_RETURNED: sale_returned', enum_type=FactKind, max_length=32)),
                ('source', fields.CharField(default='', max_length=64)),
                ('channel', fields.CharField(default='', max_length=16)),
                ('n', fields.BigIntField(default=0)),
                ('kopecks', fields.BigIntField(default=0)),
            ],
            options={'table': 'facts', 'app': 'models', 'unique_together': (('account_id', 'day', 'kind', 'brand_id', 'source', 'channel'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='LedgerRead',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('account', fields.OneToOneField('models.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='ledger_read', on_delete=OnDelete.RESTRICT)),
                ('seq', fields.BigIntField(default=0)),
            ],
            options={'table': 'ledgers_read', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Delivery',
            name='counted',
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AddField(
            model_name='OutboxEvent',
            name='counted',
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.RunSQL(
            "CREATE INDEX outbox_events_to_count ON outbox_events (id) WHERE NOT counted",
            reverse_sql="DROP INDEX outbox_events_to_count",
        ),
        ops.RunSQL(
            "CREATE INDEX deliveries_to_count ON deliveries (id) WHERE NOT counted"
            " AND state IN ('delivered', 'failed', 'stopped', 'in_doubt')",
            reverse_sql="DROP INDEX deliveries_to_count",
        ),
        ops.RunPython(count, reverse_code=nothing),
        ops.DeleteModel(name='ProfileRefresh'),
    ]
