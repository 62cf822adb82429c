"""Who must be asked again: those whose «yes» is about a version with another purpose.

A version says what it changed. Wording: nobody is asked, the old «yes» stands. Purpose: the old
«yes» says nothing about it, so everybody who gave one is asked at the next visit.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.consents.standing_answers import StandingAnswer, standing_answers
from backend.platform.database import rows
from backend.platform.dialect import moment
from backend.platform.words import spoken
from catalog.scope import programs_by_id
from models.account import Account
from models.consent_document import ConsentDocument, ConsentPurpose

# of all: a state is compared with the newest document of its controller
_NEWER = """
FROM consent_states s JOIN consent_documents d ON d.id = s.document_id
JOIN consent_documents n ON n.account_id = d.account_id AND n.purpose = d.purpose
    AND COALESCE(n.program_id, 0) = COALESCE(d.program_id, 0) AND n.language = d.language
    AND n.version > d.version
"""
_ACCOUNTS = f"""
SELECT DISTINCT d.account_id {_NEWER}
WHERE s.customer_id = $1 AND s.granted AND n.change = 'purpose' AND n.effective_from <= $2
ORDER BY d.account_id
"""
# of all: told to the operator
_COUNTED = f"""
SELECT a.key AS account, p.key AS program, n.purpose, n.version, n.change,
    MIN(n.effective_from) AS effective_from, COUNT(DISTINCT s.customer_id) AS people
{_NEWER} JOIN accounts a ON a.id = n.account_id LEFT JOIN programs p ON p.id = n.program_id
WHERE s.granted
GROUP BY a.key, p.key, n.purpose, n.version, n.change ORDER BY a.key, n.purpose, n.version
"""
_ORDER = [ConsentPurpose.PERSONAL_DATA, ConsentPurpose.PROGRAM_TERMS, ConsentPurpose.ADVERTISING]


@dataclass(frozen=True, slots=True)
class DueDocument:
    """`document` is the newest in force, in the person's language. `subject_ids`: what the
    older «yes» was about, for advertising the brands."""

    document: ConsentDocument
    subject_ids: tuple[int, ...]
    agreed_version: int


@dataclass(frozen=True, slots=True)
class DueView:
    """One controller's screen of changed documents. Names of programs by id, in the person's
    language."""

    account: Account
    due: list[DueDocument]
    program_names: dict[int, str]

    @property
    def documents(self) -> list[ConsentDocument]:
        return [each.document for each in self.due]

    @property
    def required(self) -> list[ConsentDocument]:
        return [each for each in self.documents if must_be_ticked(each)]

    @property
    def advertising(self) -> ConsentDocument | None:
        return next((each for each in self.documents if not must_be_ticked(each)), None)

    @property
    def newest(self) -> int:
        return max(int(each.id) for each in self.documents)


def must_be_ticked(document: ConsentDocument) -> bool:
    return document.purpose is not ConsentPurpose.ADVERTISING


@dataclass(frozen=True, slots=True)
class DueCount:
    """How many people said «yes» to an older version than this one, and are asked (a change
    of purpose) or are not (wording)."""

    account: str
    program: str | None
    purpose: str
    version: int
    change: str
    effective_from: datetime
    people: int

    @property
    def asked(self) -> bool:
        return self.change == "purpose"


async def accounts_due(customer_id: int, now: datetime) -> list[int]:
    """The controllers that must ask this person again."""
    return [row["account_id"] for row in await rows(_ACCOUNTS, [customer_id, now])]


async def due_view(
    customer_id: int, language: str, account_id: int, now: datetime
) -> DueView | None:
    """None when this controller has nothing to ask."""
    due = await due_documents(customer_id, language, account_id, now)
    if not due:
        return None
    programs = await programs_by_id({e.document.program_id for e in due if e.document.program_id})
    names = {p.id: spoken(p, "name", language) for p in programs}
    # of all: the controller of the current state
    return DueView(await Account.get(id=account_id), due, names)


async def due_documents(
    customer_id: int, language: str, account_id: int, now: datetime
) -> list[DueDocument]:
    """What one controller asks this person again: personal data, terms, advertising."""
    in_force = await ConsentDocument.filter(
        account_id=account_id, language=language, effective_from__lte=now
    ).order_by("version")
    given = [
        e for e in await standing_answers(customer_id) if e.account_id == account_id and e.granted
    ]
    found = []
    for purpose, program_id in sorted({(e.purpose, e.program_id) for e in given}, key=_place):
        agreed = [e for e in given if (e.purpose, e.program_id) == (purpose, program_id)]
        versions = [d for d in in_force if (d.purpose, d.program_id) == (purpose, program_id)]
        due = _due(agreed, versions)
        if due is not None:
            found.append(due)
    return found


def _due(agreed: list[StandingAnswer], versions: list[ConsentDocument]) -> DueDocument | None:
    """Only what rests on a version before the newest change of purpose."""
    changed = [doc.version for doc in versions if doc.change == "purpose"]
    stale = [each for each in agreed if changed and each.version < changed[-1]]
    if not stale:
        return None
    subjects = tuple(sorted({each.subject_id for each in stale}))
    return DueDocument(versions[-1], subjects, min(each.version for each in stale))


def _place(kind: tuple[ConsentPurpose, int | None]) -> tuple[int, int]:
    return _ORDER.index(kind[0]), kind[1] or 0


async def count_due() -> list[DueCount]:
    """Per document version, for the operator; versions of the future too."""
    return [_count(row) for row in await rows(_COUNTED)]


def _count(row: dict[str, Any]) -> DueCount:
    return DueCount(**{**row, "effective_from": moment(row["effective_from"])})
