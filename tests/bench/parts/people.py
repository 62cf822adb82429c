"""People as years leave them, made by the thousand in the database itself: each has four cards, one
of them from elsewhere, a contact, three standing consents with their records and links, an
application, a finished event with three deliveries, a message, an update that was handled, and what
`dealings.py` adds."""

from tortoise.expressions import F

from backend.platform.database import is_postgres, rows, transaction
from models.account import Account
from models.brand import Brand
from models.program import Program
from tests.bench.parts import dealings
from tests.support.factory.brands import make_account, make_offer, make_program

SHOPS = 4
CHUNK = 20_000
# Nobody but these ten wants anything of the last shop.
FANS = 10
_OLD = "'2026-01-05 10:00:00+00:00'"
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})"
_EMPTY = {True: ("'\\x'::bytea", "'{}'::jsonb"), False: ("x''", "'{}'")}

_TABLES = (
    ("customers (id, language, source, created_at)", "i, 'ru', '', {at}", ""),
    (
        "identities (customer_id, door, external_id, reachable_since, created_at)",
        "i, 'telegram', CAST(i AS TEXT), {at}, {at}", "",
    ),
    (
        "cards (id, customer_id, program_id, brand_id, printed_number, barcode_value,"
        " barcode_format, origin, status, hidden, tier, source, created_at)",
        "i * 4 + k, i, CASE WHEN k < 3 THEN k + 1 END, CASE WHEN k < 3 THEN k + 1 END,"
        " CAST(i * 4 + k AS TEXT), CAST(i * 4 + k AS TEXT), 'code128',"
        " CASE WHEN k < 3 THEN 'issued' ELSE 'external' END, 'active', FALSE, '', '', {at}",
        " CROSS JOIN (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2 UNION SELECT 3) AS four",
    ),
    (
        "wallet_entries (card_id, customer_id, color, undrawn, starred, uses, brands_until)",
        "i * 4 + k, i, '', '', FALSE, 1, CASE WHEN k < 3 THEN {never} ELSE {shops} END",
        " CROSS JOIN (SELECT 0 AS k UNION SELECT 3) AS two",
    ),
    (
        "contacts (customer_id, kind, sealed, blind_index, verified_at, verified_by, created_at,"
        " kept)",
        "i, 'phone', {bytes}, CAST(i AS TEXT), {at}, 'telegram', {at}, TRUE", "",
    ),
    (
        "consent_states (customer_id, purpose, subject_id, channel, granted, document_id, at)",
        "i, 'advertising', k, 'telegram', k < {shops} OR i <= {fans}, 2, {at}",
        " CROSS JOIN (SELECT 1 AS k UNION SELECT 2 UNION SELECT {shops}) AS three",
    ),
    (
        "consent_records (id, customer_id, account_id, document_id, action, brand_ids, channels,"
        " at, how, context, answer_key, sha256)",
        "i * 3 + k, i, 1, 1, 'granted', '[]', '[]', {at}, 'bench', '{{}}', 'b' || (i * 3 + k), ''",
        " CROSS JOIN (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2) AS three",
    ),
    (
        "consent_links (account_id, seq, record_id, prev_hash, hash)",
        "1, i * 3 + k - 2, i * 3 + k, '', ''",
        " CROSS JOIN (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2) AS three",
    ),
    (
        "applications (customer_id, status, offer_ids, typed_numbers, questions, step, choices,"
        " source, created_at, updated_at)",
        "i, 'done', '[]', {json}, '[]', 0, '{{}}', '', {at}, {at}", "",
    ),
    (
        "outbox_events (id, kind, payload, at, fanned_out_at, counted, fed)",
        "i, 'CustomerJoined', '{{\"customer_id\": 1}}', {now}, {now}, TRUE, TRUE", "",
    ),
    (
        "outbox_deliveries (event_id, reaction, attempts, error, available_at, dispatched_at,"
        " done_at)",
        "i, 'r' || k, 1, '', {now}, {now}, {now}",
        " CROSS JOIN (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2) AS three",
    ),
    (
        "messages (id, once, customer_id, purpose, kind, data, body, created_at)",
        "i, 'o' || i, i, 'service', 'welcome-card', '{{}}', '', {now}", "",
    ),
    (
        "deliveries (message_id, channel, state, attempts, provider_id, reason, cost_kopecks,"
        " counted, created_at, changed_at)",
        "i, 'telegram', 'delivered', 1, '1', '', 0, TRUE, {now}, {now}", "",
    ),
    (
        "telegram_updates (bot_id, update_id, lane, payload, received_at, attempts, handled_at,"
        " error)",
        "1, i, i, {bytes}, {now}, 1, {now}, ''", "",
    ),
)  # fmt: skip


async def make_shops() -> None:
    for number in range(SHOPS):
        account = await make_account(f"shop{number}")
        await make_offer(await make_program(account, f"club{number}", numbers=200), f"b{number}")
    assert await Account.all().count() == await Program.all().count() == SHOPS
    assert [brand.id for brand in await Brand.all().order_by("id")] == [1, 2, 3, SHOPS]
    # They joined long ago, and every card was compared with them.
    await Brand.all().update(joined_seq=F("id"))
    await dealings.make_dealers()


async def add_people(first: int, last: int, now: str) -> None:
    """Those with the ids from `first` to `last`. `now`: what is not old, as text in quotes."""
    empty_bytes, empty_json = _EMPTY[is_postgres()]
    said = {
        "at": f"{_OLD}::timestamptz" if is_postgres() else _OLD,
        "now": f"{now}::timestamptz" if is_postgres() else now,
        "bytes": empty_bytes, "json": empty_json,
        "never": 2**63 - 1, "shops": SHOPS, "fans": FANS, **dealings.said(is_postgres()),
    }  # fmt: skip
    for start in range(first, last + 1, CHUNK):
        numbers = _NUMBERS.format(first=start, last=min(start + CHUNK - 1, last))
        async with transaction():
            for table, columns, times in (*_TABLES, *dealings.TABLES):
                values = columns.format(**said)
                if is_postgres():
                    values = values.replace("'[]'", "'[]'::jsonb").replace("'{}'", "'{}'::jsonb")
                    values = values.replace("::jsonb::jsonb", "::jsonb")
                    values = values.replace("1}'", "1}'::jsonb")
                more = times.format(**said)
                await rows(f"{numbers} INSERT INTO {table} SELECT {values} FROM n{more}")
    await dealings.feed_up_to(last)
    await rows("ANALYZE")
