"""Write consent answers: append the records, set the states, in the caller's transaction."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson

from backend.consents.answer import ConsentAnswer, record_fields, states_of
from backend.platform.database import rows

ADD_RECORD = """
INSERT INTO consent_records (customer_id, account_id, document_id, action, brand_ids, channels,
    at, how, context, answer_key, sha256)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (answer_key) DO NOTHING
"""
SET_STATE = """
INSERT INTO consent_states (customer_id, purpose, subject_id, channel, granted, document_id, at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (customer_id, purpose, subject_id, channel) DO UPDATE
SET granted = EXCLUDED.granted, document_id = EXCLUDED.document_id, at = EXCLUDED.at
WHERE consent_states.at <= EXCLUDED.at
"""


def prepare(
    answers: list[ConsentAnswer], customer_id: int, now: datetime
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows to write, as plain values: records, states."""
    records = [record_fields(answer, customer_id, now) for answer in answers]
    states = [
        {
            "purpose": purpose,
            "subject_id": subject_id,
            "channel": channel,
            "granted": granted,
            "document_id": answer.document.id,
        }
        for answer in answers
        for purpose, subject_id, channel, granted in states_of(
            answer, tuple(answer.document.channels)
        )
    ]
    return records, states


def record_rows(records: list[dict[str, Any]]) -> Iterator[list[Any]]:
    """Values for ADD_RECORD, in its order."""
    for record in records:
        yield [
            record["customer_id"],
            record["account_id"],
            record["document_id"],
            record["action"],
            orjson.dumps(record["brand_ids"]).decode(),
            orjson.dumps(record["channels"]).decode(),
            datetime.fromisoformat(record["at"]),
            record["how"],
            orjson.dumps(record["context"]).decode(),
            record["answer_key"],
            record["sha256"],
        ]


def state_rows(
    customer_id: int, states: list[dict[str, Any]], now: datetime
) -> Iterator[list[Any]]:
    """Values for SET_STATE, in its order."""
    for state in states:
        yield [
            customer_id,
            state["purpose"],
            state["subject_id"],
            state["channel"],
            state["granted"],
            state["document_id"],
            now,
        ]


async def write_answers(answers: list[ConsentAnswer], customer_id: int, now: datetime) -> None:
    """Inside the caller's transaction."""
    await write_rows(*prepare(answers, customer_id, now), customer_id, now)


async def write_rows(
    records: list[dict[str, Any]], states: list[dict[str, Any]], customer_id: int, now: datetime
) -> None:
    """Inside the caller's transaction."""
    for values in record_rows(records):
        await rows(ADD_RECORD, values)
    for values in state_rows(customer_id, states, now):
        await rows(SET_STATE, values)
