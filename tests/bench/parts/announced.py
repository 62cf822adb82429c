"""Cards that were just made without their owners looking on, and all that follows from each: a
message, an older card with the same number to put away, a wait that is over, three consents to
link."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import orjson

from backend.consents.consent_answer import ConsentAnswer, record_fields
from backend.consents.record import record_rows
from backend.events.cards import CardIssued
from backend.platform.clock import utc_now
from backend.platform.database import rows
from models.consent_document import ConsentDocument
from models.consent_record import ConsentAction
from models.offer import Offer
from models.program import Program
from tests.bench.parts.bulk import write
from tests.support.clock import START
from tests.support.factory.brands import make_account, make_offer, make_program

FIRST_CHAT = 10_000_000
CARD = (
    "id", "customer_id", "program_id", "brand_id", "printed_number", "barcode_value",
    "barcode_format", "origin", "status", "hidden", "tier", "source", "created_at",
)  # fmt: skip
RECORD = (
    "customer_id", "account_id", "document_id", "action", "brand_ids", "channels", "at", "how",
    "context", "answer_key", "sha256",
)  # fmt: skip
# What concerns everybody here, beside the seal of the one account.
REACTIONS = ("welcome", "archive_external", "stop_waiting")


async def fill(people: int) -> list[tuple[Any, ...]]:
    """The people and their cards; returns the events, for `announce`."""
    account = await make_account()
    program = await make_program(account)
    offer = await make_offer(program)
    now = utc_now()
    numbers = range(1, people + 1)
    await write(
        "customers",
        ("id", "language", "source", "created_at"),
        [(n, "ru", "", now) for n in numbers],
    )
    await write(
        "identities",
        ("customer_id", "door", "external_id", "reachable_since", "created_at"),
        [(n, "telegram", str(FIRST_CHAT + n), now, now) for n in numbers],
    )
    await write("cards", CARD, [_card(n, people, program, offer, own=True) for n in numbers])
    await write("cards", CARD, [_card(n, people, program, offer, own=False) for n in numbers])
    waits = [(n, program.id, offer.id, now) for n in numbers]
    await write("number_waits", ("customer_id", "program_id", "offer_id", "created_at"), waits)
    documents = await ConsentDocument.filter(language="ru", account=account)
    records = [_record(each, n) for n in numbers for each in documents]
    await write("consent_records", RECORD, [tuple(row) for row in record_rows(records)])
    await rows("ANALYZE")
    return [_event(n, account.id, program, offer, now) for n in numbers]


async def announce(events: list[tuple[Any, ...]]) -> None:
    await write("outbox_events", ("kind", "payload", "at", "counted"), events)


def _card(
    number: int, people: int, program: Program, offer: Offer, *, own: bool
) -> tuple[Any, ...]:
    """A person's card of the program has their id; the external one comes after everybody's."""
    text = f"20{number:011d}"
    mine = (program.id, offer.brand_id) if own else (None, None)
    origin = "issued" if own else "external"
    return (
        number if own else people + number, number, *mine, text, text, "ean13", origin, "active",
        False, "", "", utc_now(),
    )  # fmt: skip


def _record(document: ConsentDocument, number: int) -> dict[str, Any]:
    answer = ConsentAnswer(
        document=document,
        action=ConsentAction.GRANTED,
        key=f"bench:{number}:{document.id}",
        how="bot:consent_screen",
        subject_id=document.account_id,
    )
    return record_fields(answer, number, START + timedelta(seconds=number))


def _event(number: int, account: int, program: Program, offer: Offer, at: Any) -> tuple[Any, ...]:
    event = CardIssued(
        card_id=number,
        customer_id=number,
        program_id=program.id,
        account_id=account,
        brand_id=offer.brand_id,
        origin="issued",
    )
    return ("CardIssued", orjson.dumps(asdict(event)).decode(), at, False)
