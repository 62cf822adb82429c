"""The one statement that claims a card, on PostgreSQL: number, card, consents, profile,
announcement and the end of the application, in one round trip.

The unique indexes decide: one card per program and person, no number twice. The person's row
is held while it runs (backend/consents/record.py tells why), and a deleted person gets nothing.
So is the application's when the agreement is written down with the card.
"""

from backend.cards.issue.claim import POSSIBLE_ON_POSTGRES
from backend.cards.pool.pool_level import LOW
from models.pool_number import free_numbers

_POSSIBLE = f""" AND EXISTS (SELECT 1 FROM person)
    AND ($17::jsonb IS NULL OR EXISTS (SELECT 1 FROM application)) AND {POSSIBLE_ON_POSTGRES}"""  # noqa: S608
CLAIM = f"""
WITH person AS (
    SELECT id FROM customers WHERE id = $2 AND deleted_at IS NULL FOR NO KEY UPDATE
), application AS (
    SELECT id FROM applications WHERE id = $15::bigint AND status = 'open'
        AND choices = $17::jsonb AND EXISTS (SELECT 1 FROM person)
    FOR NO KEY UPDATE
), number AS (
    {free_numbers("$1", "id, printed_number, barcode_value", more=_POSSIBLE)}
    FOR UPDATE SKIP LOCKED
), card AS (
    INSERT INTO cards (customer_id, program_id, brand_id, offer_id, printed_number,
        barcode_value, barcode_format, origin, status, hidden, tier, recheck_for, source,
        created_at)
    SELECT $2, $1, $8, $3, printed_number, barcode_value, $9, 'issued', 'active', FALSE, '',
        '', $10, $4
    FROM number
    ON CONFLICT (program_id, customer_id) DO NOTHING
    RETURNING *
), taken AS (
    UPDATE pool_numbers SET status = 'issued', changed_at = $4
    FROM card WHERE pool_numbers.id = (SELECT id FROM number)
), record AS (
    INSERT INTO consent_records (customer_id, account_id, document_id, action, brand_ids,
        channels, at, how, context, answer_key, sha256)
    SELECT $2, r.account_id, r.document_id, r.action, r.brand_ids, r.channels, $4, r.how,
        r.context, r.answer_key, r.sha256
    FROM card, jsonb_to_recordset($11::jsonb) AS r(account_id bigint, document_id bigint,
        action text, brand_ids jsonb, channels jsonb, how text, context jsonb, answer_key text,
        sha256 text)
    ON CONFLICT (answer_key) DO NOTHING
    RETURNING answer_key
), state AS (
    INSERT INTO consent_states (customer_id, purpose, subject_id, channel, granted,
        document_id, at)
    SELECT $2, s.purpose, s.subject_id, s.channel, s.granted, s.document_id, $4
    FROM record JOIN jsonb_to_recordset($12::jsonb) AS s(purpose text, subject_id bigint,
        channel text, granted boolean, document_id bigint, answer_key text) USING (answer_key)
    ON CONFLICT (customer_id, purpose, subject_id, channel) DO UPDATE
    SET granted = EXCLUDED.granted, document_id = EXCLUDED.document_id,
        at = GREATEST(consent_states.at, EXCLUDED.at)
), profile AS (
    UPDATE customers SET profile = $13 FROM card
    WHERE customers.id = $2 AND $13::bytea IS NOT NULL
), event AS (
    INSERT INTO outbox_events (kind, payload, at)
    SELECT 'CardIssued', jsonb_build_object('card_id', card.id, 'customer_id', $2::bigint,
        'program_id', $1::bigint, 'account_id', $14::bigint, 'brand_id', $8::bigint,
        'origin', 'issued', 'shown', $16::boolean, 'changed', $19::text), $4
    FROM card
), closed AS (
    UPDATE applications SET status = 'done', answers = NULL, updated_at = $4,
        choices = COALESCE($18::jsonb, choices)
    FROM card
    WHERE applications.id = $15::bigint AND applications.status = 'open'
), free AS (
    SELECT count(*) - 1 AS numbers FROM ({free_numbers("$1", most=LOW + 1)}) AS few
), level AS (
    UPDATE programs SET pool_level = CASE WHEN free.numbers < 1 THEN 'empty' ELSE 'low' END
    FROM card, free
    WHERE programs.id = $1 AND free.numbers < {LOW}
        AND (programs.pool_level = 'ok' OR programs.pool_level = 'low' AND free.numbers < 1)
    RETURNING programs.pool_level
), ran AS (
    INSERT INTO outbox_events (kind, payload, at)
    SELECT CASE level.pool_level WHEN 'empty' THEN 'PoolRanEmpty' ELSE 'PoolRanLow' END,
        jsonb_build_object('program_id', $1::bigint, 'account_id', $14::bigint), $4
    FROM level
)
SELECT * FROM card
"""  # noqa: S608  put together from constants
