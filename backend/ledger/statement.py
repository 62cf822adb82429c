"""The one statement that posts, on PostgreSQL: posting, entries, lots, hold, what stands of the
card, its balance and the announcement, in one round trip.

The person's row is held first, by every posting alike, so that events come in the order of commits
and a deleted person gets nothing. With $10 it writes only while the card stands at that version.
Of two with one key the second finds the first and writes nothing. The lots that are drawn from are
named as an array, too: PostgreSQL takes a set of records for a hundred, and read all lots of
everybody for them.
"""

POST = """
WITH person AS (
    SELECT id FROM customers WHERE id = $22 AND deleted_at IS NULL FOR NO KEY UPDATE
), stood AS (
    SELECT version FROM card_points WHERE card_id = $1 AND EXISTS (SELECT 1 FROM person)
    FOR UPDATE
), posting AS (
    INSERT INTO postings (card_id, kind, key, digest, amount, reason, of_id, actor, door, at)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $11 FROM person
    WHERE $10::bigint IS NULL OR EXISTS (SELECT 1 FROM stood WHERE version = $10)
    ON CONFLICT (card_id, key) DO NOTHING
    RETURNING id, card_id
), lot AS (
    INSERT INTO point_lots (card_id, posting_id, amount, remains, expires_at)
    SELECT card_id, id, $12, $12, $13 FROM posting WHERE $12::bigint > 0
    RETURNING id
), entry AS (
    INSERT INTO posting_entries (posting_id, book, lot_id, amount)
    SELECT posting.id, e.book,
        COALESCE(e.lot_id, CASE WHEN e.book = 'points' THEN (SELECT id FROM lot) END), e.amount
    FROM posting, jsonb_to_recordset($14::jsonb) AS e(book text, lot_id bigint, amount bigint)
), drawn AS (
    UPDATE point_lots SET remains = remains + d.amount
    FROM posting, jsonb_to_recordset($15::jsonb) AS d(lot_id bigint, amount bigint)
    WHERE point_lots.id = d.lot_id AND point_lots.id = ANY(ARRAY(
        SELECT lot_id FROM jsonb_to_recordset($15::jsonb) AS few(lot_id bigint)))
), hold AS (
    INSERT INTO point_holds (card_id, posting_id, amount, state, expires_at)
    SELECT card_id, id, $5, 'open', $16 FROM posting WHERE $16::timestamptz IS NOT NULL
), closed AS (
    UPDATE point_holds SET state = $17::text FROM posting
    WHERE point_holds.posting_id = $7 AND $17::text IS NOT NULL
), stands AS (
    INSERT INTO card_points (card_id, available, held, version)
    SELECT card_id, GREATEST($18::bigint, 0), GREATEST($19::bigint, 0), 1 FROM posting
    ON CONFLICT (card_id) DO UPDATE SET available = card_points.available + $18,
        held = card_points.held + $19, version = card_points.version + 1
    RETURNING available, held
), shown AS (
    UPDATE cards SET balance = stands.available / 100.0, balance_at = $11 FROM stands
    WHERE cards.id = $1
), event AS (
    INSERT INTO outbox_events (kind, payload, at)
    SELECT $20::text, $21::jsonb
        || jsonb_build_object('posting_id', posting.id, 'balance', stands.available), $11
    FROM posting, stands WHERE $20::text <> ''
)
SELECT posting.id, stands.available, stands.held FROM posting, stands
"""
