"""The hot write: number, card, consents, profile and announcement, all or nothing.

On PostgreSQL one statement, one round trip; on SQLite the same steps in one transaction.
The unique indexes decide: one card per program and person, no number twice.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from backend.consents.record import write_rows
from backend.events import CardIssued
from backend.outbox.announce import announce
from backend.platform.database import is_postgres, rows, transaction
from models.card import CardOrigin

ConsentRow = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """Everything the write needs, computed beforehand. `profile` replaces the sealed profile
    when the card is made; None leaves it as it is."""

    customer_id: int
    program_id: int
    account_id: int
    brand_id: int
    offer_id: int
    barcode_format: str
    source: str
    profile: bytes | None = None
    records: list[ConsentRow] = field(default_factory=list)
    states: list[ConsentRow] = field(default_factory=list)


async def claim_card(claim: Claim, now: datetime) -> int | None:
    """The id of the new card. None when this person has a card already, or no number is
    free: the caller looks which."""
    if is_postgres():
        return await _in_one_statement(claim, now)
    return await _in_one_transaction(claim, now)


_POSTGRES = """
WITH number AS (
    SELECT id, printed_number, barcode_value FROM pool_numbers
    WHERE program_id = $1 AND status = 'free'
    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
), card AS (
    INSERT INTO cards (customer_id, program_id, brand_id, offer_id, printed_number,
        barcode_value, barcode_format, origin, status, hidden, tier, recheck_for, source,
        created_at)
    SELECT $2, $1, $3, $4, printed_number, barcode_value, $5, 'issued', 'active', FALSE, '',
        '', $6, $7
    FROM number
    ON CONFLICT (program_id, customer_id) DO NOTHING
    RETURNING id
), taken AS (
    UPDATE pool_numbers SET status = 'issued', changed_at = $7
    FROM card WHERE pool_numbers.id = (SELECT id FROM number)
), record AS (
    INSERT INTO consent_records (customer_id, account_id, document_id, action, brand_ids,
        channels, at, how, context, answer_key, sha256)
    SELECT r.customer_id, r.account_id, r.document_id, r.action, r.brand_ids, r.channels,
        r.at, r.how, r.context, r.answer_key, r.sha256
    FROM card, jsonb_to_recordset($8::jsonb) AS r(customer_id bigint, account_id bigint,
        document_id bigint, action text, brand_ids jsonb, channels jsonb, at timestamptz,
        how text, context jsonb, answer_key text, sha256 text)
    ON CONFLICT (answer_key) DO NOTHING
), state AS (
    INSERT INTO consent_states (customer_id, purpose, subject_id, channel, granted,
        document_id, at)
    SELECT $2, s.purpose, s.subject_id, s.channel, s.granted, s.document_id, $7
    FROM card, jsonb_to_recordset($9::jsonb) AS s(purpose text, subject_id bigint,
        channel text, granted boolean, document_id bigint)
    ON CONFLICT (customer_id, purpose, subject_id, channel) DO UPDATE
    SET granted = EXCLUDED.granted, document_id = EXCLUDED.document_id, at = EXCLUDED.at
    WHERE consent_states.at <= EXCLUDED.at
), profile AS (
    UPDATE customers SET profile = $10 FROM card
    WHERE customers.id = $2 AND $10::bytea IS NOT NULL
), event AS (
    INSERT INTO outbox_events (kind, payload, at)
    SELECT 'CardIssued', jsonb_build_object('card_id', card.id, 'customer_id', $2::bigint,
        'program_id', $1::bigint, 'account_id', $11::bigint, 'brand_id', $3::bigint,
        'origin', 'issued'), $7
    FROM card
)
SELECT id FROM card
"""


async def _in_one_statement(claim: Claim, now: datetime) -> int | None:
    made = await rows(
        _POSTGRES,
        [
            claim.program_id,
            claim.customer_id,
            claim.brand_id,
            claim.offer_id,
            claim.barcode_format,
            claim.source,
            now,
            orjson.dumps(claim.records).decode(),
            orjson.dumps(claim.states).decode(),
            claim.profile,
            claim.account_id,
        ],
    )
    return int(made[0]["id"]) if made else None


_FREE_NUMBER = """
SELECT id, printed_number, barcode_value FROM pool_numbers
WHERE program_id = $1 AND status = 'free' ORDER BY id LIMIT 1
"""
_TAKE = "UPDATE pool_numbers SET status = 'issued', changed_at = $2 WHERE id = $1"
_ADD_CARD = """
INSERT INTO cards (customer_id, program_id, brand_id, offer_id, printed_number, barcode_value,
    barcode_format, origin, status, hidden, tier, recheck_for, source, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'active', FALSE, '', '', $9, $10)
ON CONFLICT (program_id, customer_id) DO NOTHING
RETURNING id
"""
_SET_PROFILE = "UPDATE customers SET profile = $2 WHERE id = $1"


async def _in_one_transaction(claim: Claim, now: datetime) -> int | None:
    async with transaction():
        free = await rows(_FREE_NUMBER, [claim.program_id])
        if not free:
            return None
        number = free[0]
        card_id = await add_card(
            claim, number["printed_number"], number["barcode_value"], CardOrigin.ISSUED, now
        )
        if card_id is not None:
            await rows(_TAKE, [number["id"], now])
        return card_id


async def add_card(
    claim: Claim, printed_number: str, barcode_value: str, origin: CardOrigin, now: datetime
) -> int | None:
    """Inside a transaction: the card with a given number and all that goes with it. None when
    this person has a card of the program; IntegrityError when another has the number."""
    made = await rows(
        _ADD_CARD,
        [
            claim.customer_id,
            claim.program_id,
            claim.brand_id,
            claim.offer_id,
            printed_number,
            barcode_value,
            claim.barcode_format,
            origin.value,
            claim.source,
            now,
        ],
    )
    if not made:
        return None
    card_id = int(made[0]["id"])
    await write_rows(claim.records, claim.states, claim.customer_id, now)
    if claim.profile is not None:
        await rows(_SET_PROFILE, [claim.customer_id, claim.profile])
    await announce(now, card_issued(claim, card_id, origin))
    return card_id


def card_issued(claim: Claim, card_id: int, origin: CardOrigin) -> CardIssued:
    return CardIssued(
        card_id=card_id,
        customer_id=claim.customer_id,
        program_id=claim.program_id,
        account_id=claim.account_id,
        brand_id=claim.brand_id,
        origin=origin.value,
    )
