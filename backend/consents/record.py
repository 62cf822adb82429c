"""Write consent answers: append the records, set the states, in the caller's transaction.

The order of commits decides what stands, never a clock. Writers take the person's row first, so
that record ids follow the commits and a state is what the newest record says. An answer that is
recorded already sets nothing: it would undo what was said after it.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any

import orjson

from backend.consents.consent_answer import ConsentAnswer, record_fields, states_of
from backend.platform.database import is_postgres, places, rows

ADD_RECORDS = """
INSERT INTO consent_records (customer_id, account_id, document_id, action, brand_ids, channels,
    at, how, context, answer_key, sha256)
VALUES {rows}
ON CONFLICT (answer_key) DO NOTHING
RETURNING answer_key
"""
SET_STATES = """
INSERT INTO consent_states (customer_id, purpose, subject_id, channel, granted, document_id, at)
VALUES {rows}
ON CONFLICT (customer_id, purpose, subject_id, channel) DO UPDATE
SET granted = EXCLUDED.granted, document_id = EXCLUDED.document_id,
    at = {later}(consent_states.at, EXCLUDED.at)
"""
# FOR NO KEY UPDATE: rows that merely refer to the person are not held up. SQLite has one writer.
_TAKE_TURN = "SELECT id FROM customers WHERE id = $1 AND deleted_at IS NULL{lock}"


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
            "answer_key": answer.key,
        }
        for answer in answers
        for purpose, subject_id, channel, granted in states_of(
            answer, tuple(answer.document.channels)
        )
    ]
    return records, states


def record_rows(records: list[dict[str, Any]]) -> Iterator[list[Any]]:
    """Values for ADD_RECORDS, in its order."""
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
    """Values for SET_STATES, in its order; of two for one place the later one."""
    latest = {(s["purpose"], s["subject_id"], s["channel"]): s for s in states}
    for state in latest.values():
        yield [
            customer_id,
            state["purpose"],
            state["subject_id"],
            state["channel"],
            state["granted"],
            state["document_id"],
            now,
        ]


async def take_turn(customer_id: int) -> bool:
    """Inside a transaction: nobody else answers for this person until it ends. False for a
    person whose data was deleted, also a moment ago by another process."""
    lock = " FOR NO KEY UPDATE" if is_postgres() else ""
    return bool(await rows(_TAKE_TURN.format(lock=lock), [customer_id]))


async def write_answers(answers: list[ConsentAnswer], customer_id: int, now: datetime) -> None:
    """Inside the caller's transaction."""
    await take_turn(customer_id)
    await write_rows(*prepare(answers, customer_id, now), customer_id, now)


async def write_rows(
    records: list[dict[str, Any]], states: list[dict[str, Any]], customer_id: int, now: datetime
) -> None:
    """Inside the transaction of a caller who has taken the turn."""
    added = await _write(ADD_RECORDS, list(record_rows(records)))
    new = {row["answer_key"] for row in added}
    said = [state for state in states if state["answer_key"] in new]
    await _write(SET_STATES, list(state_rows(customer_id, said, now)))


async def _write(statement: str, table: list[list[Any]]) -> list[dict[str, Any]]:
    """All rows in one statement: a round trip each would be most of the transaction."""
    if not table:
        return []
    later = "GREATEST" if is_postgres() else "MAX"
    height, width = len(table), len(table[0])
    return await rows(
        statement.format(rows=places(height, width), later=later), list(chain(*table))
    )
