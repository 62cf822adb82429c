"""One answer on a consent screen, as it will be recorded."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from backend.consents.documents import ShownDocument
from models.consent_document import ConsentDocument, ConsentPurpose
from models.consent_record import ConsentAction


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """`key` makes it one answer however often the tap arrives. `brand_ids` and `channels`
    are for advertising. `subject_id` is what the state is about: see ConsentState."""

    document: ConsentDocument | ShownDocument
    action: ConsentAction
    key: str
    # By which door it was said (backend.platform.door).
    how: str
    subject_id: int
    brand_ids: tuple[int, ...] = ()
    channels: tuple[str, ...] = ()
    context: dict[str, Any] = field(default_factory=dict)


def record_fields(answer: ConsentAnswer, customer_id: int, at: datetime) -> dict[str, Any]:
    """The columns of a consent record, its own hash included."""
    fields: dict[str, Any] = {
        "customer_id": customer_id,
        "account_id": answer.document.account_id,
        "document_id": answer.document.id,
        "action": answer.action.value,
        "brand_ids": list(answer.brand_ids),
        "channels": list(answer.channels),
        "at": at.isoformat(),
        "how": answer.how,
        "context": answer.context,
        "answer_key": answer.key,
    }
    return fields | {"sha256": record_sha256(fields, answer.document.sha256)}


def record_sha256(fields: dict[str, Any], document_sha256: str) -> str:
    return hashlib.sha256(record_canonical(fields, document_sha256)).hexdigest()


def record_canonical(fields: dict[str, Any], document_sha256: str) -> bytes:
    """What is hashed: the canonical JSON (sorted keys, no spaces, UTF-8) of the columns and of
    the fingerprint of the text that was shown."""
    said = {**fields, "document_sha256": document_sha256}
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS)


def states_of(answer: ConsentAnswer, offered: tuple[str, ...]) -> list[tuple[str, int, str, bool]]:
    """The rows of consent_states that this answer sets: (purpose, subject, channel, granted).

    For advertising every offered channel of every brand gets a definite yes or no; a
    withdrawal says no to the channels that it names and nothing about the others.
    """
    purpose = answer.document.purpose
    granted = answer.action is ConsentAction.GRANTED
    if purpose is not ConsentPurpose.ADVERTISING:
        return [(purpose.value, answer.subject_id, "", granted)]
    if answer.action is ConsentAction.WITHDRAWN:
        offered = answer.channels
    return [
        (purpose.value, brand_id, channel, granted and channel in answer.channels)
        for brand_id in answer.brand_ids
        for channel in offered
    ]
