"""The statements of a claim with nothing around them: the sqlite3 module in one thread."""

import dataclasses
import sqlite3
import time
from functools import cache
from itertools import chain
from typing import Any

import orjson

from backend.cards.issue import claim_card
from backend.cards.issue.applicant import applicant_of, claim_for
from backend.cards.issue.application import current_application
from backend.cards.issue.claim import Claim
from backend.consents import record
from backend.platform.context import Context
from backend.platform.database import adapted, places, sqlite_marks
from models.card import CardOrigin
from models.customer import Customer

EVENT = "INSERT INTO outbox_events (kind, payload, at) VALUES ('CardIssued', $1, $2)"


async def claims_of(ctx: Context, people: list[Customer]) -> list[Claim]:
    """Made beforehand: only the statements are measured."""
    found = []
    for person in people:
        current = await current_application(ctx, person)
        found.append(claim_for(applicant_of(ctx, person, current), current.offers[0], ctx.clock()))
    return found


def rate(raw: sqlite3.Connection, claims: list[Claim]) -> float:
    """Cards per second."""
    start = time.perf_counter()
    for claim in claims:
        raw.execute("BEGIN IMMEDIATE")
        _claim(raw, claim)
        raw.execute("COMMIT")
    return len(claims) / (time.perf_counter() - start)


def _claim(raw: sqlite3.Connection, claim: Claim) -> None:
    """What backend/cards/issue/claim_card.py does, in its order."""
    printed, value, _ = _do(raw, claim_card.TAKE_NUMBER, claim_card.number_values(claim))[0]
    card = claim_card.card_values(claim, printed, value, CardOrigin.ISSUED)
    card_id = _do(raw, claim_card.ADD_CARD, card)[0][0]
    _do_many(raw, record.ADD_RECORDS, list(record.record_rows(claim.records)))
    states = record.state_rows(claim.customer_id, claim.states, claim.at)
    _do_many(raw, record.SET_STATES, list(states))
    _do(raw, claim_card.SET_PROFILE, [claim.customer_id, claim.profile])
    event = orjson.dumps(
        dataclasses.asdict(claim_card.card_issued(claim, card_id, CardOrigin.ISSUED))
    ).decode()
    _do(raw, EVENT, [event, claim.at])
    _do(raw, claim_card.CLOSE, claim_card.close_values(claim))


def _do_many(raw: sqlite3.Connection, statement: str, table: list[list[Any]]) -> None:
    marks = places(len(table), len(table[0]))
    _do(raw, statement.format(rows=marks, later="MAX"), list(chain(*table)))


def _do(raw: sqlite3.Connection, statement: str, values: list[Any]) -> list[Any]:
    return raw.execute(_for_sqlite(statement), [adapted(value) for value in values]).fetchall()


@cache
def _for_sqlite(statement: str) -> str:
    return sqlite_marks(statement)
