"""Withdrawals as answers: what a person takes back, ready to be recorded."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from backend.consents.consent_answer import ConsentAnswer
from backend.consents.standing_answers import StandingAnswer
from backend.platform.context import Context
from backend.platform.database import rows
from models.channel import CHANNEL_NAMES
from models.consent_document import ConsentDocument, ConsentPurpose
from models.consent_record import ConsentAction


async def withdrawals(
    ctx: Context,
    customer_id: int,
    granted: Iterable[StandingAnswer],
    context: Mapping[str, Any] | None = None,
) -> list[ConsentAnswer]:
    """One answer per document and subject, about the very version that was agreed to. Under the
    person's turn (backend.consents.record)."""
    after_record = await newest_record(customer_id)
    said = {**(context or {}), **ctx.actor.in_evidence()}
    grouped: dict[tuple[int, int], list[StandingAnswer]] = defaultdict(list)
    for each in granted:
        grouped[each.document_id, each.subject_id].append(each)
    # of all: the documents of the person's states
    found = await ConsentDocument.in_bulk({document for document, _ in grouped}, "id")
    return [
        _answer(customer_id, after_record, found[document], each, ctx.door, said)
        for (document, _), each in grouped.items()
    ]


async def newest_record(customer_id: int) -> int:
    """The id of the person's last answer, 0 without any: what the next answer's key is made
    with. Two answers at one moment of the clock, or of a clock that was put back, differ by it."""
    found = await rows(
        "SELECT max(id) AS id FROM consent_records WHERE customer_id = $1", [customer_id]
    )
    return int(found[0]["id"] or 0)


def _answer(
    customer_id: int,
    after_record: int,
    document: ConsentDocument,
    taken_back: list[StandingAnswer],
    how: str,
    context: dict[str, Any],
) -> ConsentAnswer:
    subject = taken_back[0].subject_id
    advertising = document.purpose is ConsentPurpose.ADVERTISING
    named = {each.channel for each in taken_back}
    channels = (*(c for c in CHANNEL_NAMES if c in named), *sorted(named - {*CHANNEL_NAMES, ""}))
    names = "+".join(channels)
    return ConsentAnswer(
        document=document,
        action=ConsentAction.WITHDRAWN,
        key=f"off:{customer_id}:{document.id}:{subject}:{names}:after:{after_record}",
        how=how,
        subject_id=subject,
        brand_ids=(subject,) if advertising else (),
        channels=channels,
        context=context,
    )


def after(now: datetime, standing: Iterable[StandingAnswer]) -> datetime:
    """A time not before any answer that stands: a clock that lags behind in one process must
    not make a withdrawal look older than what it withdraws."""
    return max([now, *(each.at for each in standing)])
