"""What stands (consent_states) beside what was said last (consent_records).

The states are a projection: per person, purpose, subject and channel they repeat the newest
record. Where they differ, a clock that ran ahead decided in an earlier version, or somebody
wrote to the table.
"""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from typing import Any

from backend.consents.consent_answer import ConsentAnswer, states_of
from backend.consents.documents import ShownDocument
from backend.platform.database import rows
from backend.platform.dialect import parsed
from models.consent_document import ConsentPurpose
from models.consent_record import ConsentAction

PEOPLE = 500
# (purpose, subject, channel): what a state is about.
Subject = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """`stands` is None when there is no state, `said` and the rest None when no record says
    anything about it: both mean no."""

    customer_id: int
    subject: Subject
    stands: bool | None
    said: bool | None
    document_id: int | None = None
    record_id: int | None = None
    at: Any = None

    @property
    def wrong(self) -> bool:
        return bool(self.stands) is not bool(self.said)


# Each half by an index, so that a page costs what it holds and not what is left.
_PEOPLE = """
SELECT customer_id FROM (
    SELECT customer_id FROM (
        SELECT customer_id FROM consent_records WHERE account_id = $1 AND customer_id > $2
        GROUP BY customer_id ORDER BY customer_id LIMIT $3) said
    UNION SELECT customer_id FROM (
        SELECT s.customer_id FROM consent_states s JOIN consent_documents d ON d.id = s.document_id
        WHERE d.account_id = $1 AND s.customer_id > $2
        GROUP BY s.customer_id ORDER BY s.customer_id LIMIT $3) stands
) people ORDER BY customer_id LIMIT $3
"""
_SAID = """
SELECT r.id, r.customer_id, r.account_id, r.document_id, r.action, r.brand_ids, r.channels, r.at,
    d.purpose, d.program_id, d.channels AS offered
FROM consent_records r JOIN consent_documents d ON d.id = r.document_id
WHERE r.account_id = $1 AND r.customer_id BETWEEN $2 AND $3 ORDER BY r.id
"""
_STANDS = """
SELECT s.customer_id, s.purpose, s.subject_id, s.channel, s.granted
FROM consent_states s JOIN consent_documents d ON d.id = s.document_id
WHERE d.account_id = $1 AND s.customer_id BETWEEN $2 AND $3
"""


async def differences(account_id: int) -> AsyncIterator[Difference]:
    """Every state of a controller that is not what the newest record says, by person. Memory
    stays flat: people come page by page."""
    last = 0
    while people := await rows(_PEOPLE, [account_id, last, PEOPLE]):
        first, last = people[0]["customer_id"], people[-1]["customer_id"]
        for each in await _compared(account_id, first, last):
            # Somebody may have answered between the two reads: a second look tells.
            if each in await differences_of(account_id, each.customer_id):
                yield each


async def differences_of(account_id: int, customer_id: int) -> list[Difference]:
    return await _compared(account_id, customer_id, customer_id)


async def _compared(account_id: int, first: int, last: int) -> list[Difference]:
    found = said_last(await rows(_SAID, [account_id, first, last]))
    for row in await rows(_STANDS, [account_id, first, last]):
        subject = (row["purpose"], row["subject_id"], row["channel"])
        nothing = Difference(row["customer_id"], subject, None, None)
        key = (row["customer_id"], subject)
        found[key] = replace(found.get(key, nothing), stands=bool(row["granted"]))
    return [found[key] for key in sorted(found) if found[key].wrong]


def said_last(records: Iterable[dict[str, Any]]) -> dict[tuple[int, Subject], Difference]:
    """Of records in their order, the newest word about each subject."""
    found: dict[tuple[int, Subject], Difference] = {}
    for row in records:
        for purpose, subject_id, channel, granted in _said_by(row):
            subject = (purpose, subject_id, channel)
            found[row["customer_id"], subject] = Difference(
                row["customer_id"], subject, None, granted, row["document_id"], row["id"], row["at"]
            )
    return found


def _said_by(row: dict[str, Any]) -> list[tuple[str, int, str, bool]]:
    document = ShownDocument(
        id=row["document_id"],
        account_id=row["account_id"],
        program_id=row["program_id"],
        purpose=ConsentPurpose(row["purpose"]),
        sha256="",
        channels=tuple(parsed(row["offered"])),
    )
    answer = ConsentAnswer(
        document=document,
        action=ConsentAction(row["action"]),
        key="",
        how="",
        subject_id=row["program_id"] or row["account_id"],
        brand_ids=tuple(parsed(row["brand_ids"])),
        channels=tuple(parsed(row["channels"])),
    )
    return states_of(answer, document.channels)
