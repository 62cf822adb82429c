"""Withdrawals as answers: what a person takes back, ready to be recorded."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from backend.consents.answer import ConsentAnswer
from backend.consents.channels import CHANNELS
from backend.consents.standing import Standing
from models.consent_document import ConsentDocument, ConsentPurpose
from models.consent_record import ConsentAction


async def withdrawals(
    customer_id: int, granted: Iterable[Standing], how: str, context: dict[str, Any]
) -> list[ConsentAnswer]:
    """One answer per document and subject, about the very version that was agreed to."""
    grouped: dict[tuple[int, int], list[Standing]] = defaultdict(list)
    for each in granted:
        grouped[each.document_id, each.subject_id].append(each)
    found = await ConsentDocument.in_bulk({document for document, _ in grouped}, "id")
    return [
        _answer(customer_id, found[document], each, how, context)
        for (document, _), each in grouped.items()
    ]


def _answer(
    customer_id: int,
    document: ConsentDocument,
    taken_back: list[Standing],
    how: str,
    context: dict[str, Any],
) -> ConsentAnswer:
    subject = taken_back[0].subject_id
    advertising = document.purpose is ConsentPurpose.ADVERTISING
    named = {each.channel for each in taken_back}
    channels = tuple(channel for channel in CHANNELS if channel in named)
    # What was granted at one moment is taken back once, however often the tap arrives.
    given = max(each.at for each in taken_back)
    codes = "".join(channel[0] for channel in channels)
    return ConsentAnswer(
        document=document,
        action=ConsentAction.WITHDRAWN,
        key=f"off:{customer_id}:{document.id}:{subject}:{codes}:{given.timestamp():.6f}",
        how=how,
        subject_id=subject,
        brand_ids=(subject,) if advertising else (),
        channels=channels,
        context=context,
    )


def after(now: datetime, standing: Iterable[Standing]) -> datetime:
    """A time not before any answer that stands: a clock that lags behind in one process must
    not make a withdrawal look older than what it withdraws."""
    return max([now, *(each.at for each in standing)])
