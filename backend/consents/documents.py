"""Which documents a person must see: the newest in force, per controller and program."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from backend.platform.database import among, rows
from models.account import Account
from models.consent_document import ConsentDocument, ConsentPurpose
from models.program import Program


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """What a consent screen and a consent record need to know of a document, without its text.
    It is kept with the tick: documents never change, so nothing has to be read again."""

    id: int
    account_id: int
    program_id: int | None
    purpose: ConsentPurpose
    sha256: str
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ControllerDocuments:
    """What one controller asks: personal data, terms per program (by program id), and
    advertising. All in one language."""

    account: Account
    personal_data: ShownDocument
    advertising: ShownDocument
    terms: dict[int, ShownDocument]

    def required(self) -> list[ShownDocument]:
        """Without a «yes» to each of these there is no card. Advertising is never here."""
        return [self.personal_data, *self.terms.values()]


def to_shown(document: ShownDocument) -> dict[str, Any]:
    """As JSON; shown_document reads it."""
    return {
        "id": document.id,
        "account_id": document.account_id,
        "program_id": document.program_id,
        "purpose": document.purpose.value,
        "sha256": document.sha256,
        "channels": list(document.channels),
    }


def shown_document(shown: dict[str, Any]) -> ShownDocument:
    return ShownDocument(
        id=shown["id"],
        account_id=shown["account_id"],
        program_id=shown["program_id"],
        purpose=ConsentPurpose(shown["purpose"]),
        sha256=shown["sha256"],
        channels=tuple(shown["channels"]),
    )


# A screen shows what a document is about; its text is read when somebody opens it.
_IN_FORCE = """
SELECT id, account_id, program_id, purpose, sha256, channels FROM consent_documents
WHERE account_id = $1 AND language = $2 AND effective_from <= $3 ORDER BY version
"""


class DocumentsMissing(LookupError):
    """A controller has no document in force: a mistake of the operator, not of the person."""


def text_sha256(title: str, text: str) -> str:
    """The fingerprint of exactly what people read: title, an empty line, text, in UTF-8."""
    return hashlib.sha256(f"{title}\n\n{text}".encode()).hexdigest()


async def documents_for(
    account: Account, program_ids: Iterable[int], language: str, now: datetime
) -> ControllerDocuments:
    """The newest versions in force. Raises DocumentsMissing."""
    wanted = sorted(set(program_ids))
    in_force = [_in_force(row) for row in await rows(_IN_FORCE, [account.id, language, now])]
    # Ordered by version: the last one of each kind wins.
    newest = {(doc.purpose, doc.program_id): doc for doc in in_force}
    try:
        return ControllerDocuments(
            account=account,
            personal_data=newest[ConsentPurpose.PERSONAL_DATA, None],
            advertising=newest[ConsentPurpose.ADVERTISING, None],
            terms={pid: newest[ConsentPurpose.PROGRAM_TERMS, pid] for pid in wanted},
        )
    except KeyError as missing:
        purpose, program_id = missing.args[0]
        raise DocumentsMissing(
            f"account {account.key} has no {purpose} document in {language!r}"
            + (f" for program {program_id}" if program_id else "")
        ) from None


def _in_force(row: dict[str, Any]) -> ShownDocument:
    channels = row["channels"]
    return shown_document(
        row | {"channels": orjson.loads(channels) if isinstance(channels, str) else channels}
    )


# True when one of the shown documents has been replaced by a newer version that is in force.
# `documents` is a condition on ids, such as "= ANY($1)".
# of all: a document is compared with the newest of its controller
SUPERSEDED = """
EXISTS (SELECT 1 FROM consent_documents shown JOIN consent_documents newer
    ON newer.account_id = shown.account_id
    AND COALESCE(newer.program_id, 0) = COALESCE(shown.program_id, 0)
    AND newer.purpose = shown.purpose AND newer.language = shown.language
    AND newer.version > shown.version AND newer.effective_from <= {now}
    WHERE shown.id {documents})
"""


async def superseded(document_ids: list[int], now: datetime) -> bool:
    """Whether one of them is no longer the one in force."""
    condition = SUPERSEDED.format(documents=among(1), now="$2")
    return bool(await rows(f"SELECT 1 WHERE {condition}", [document_ids, now]))


async def read_document(document_id: int) -> ConsentDocument | None:
    # of all: what was shown may be read by anybody
    return await ConsentDocument.get_or_none(id=document_id).select_related("account")


async def terms_of(program: Program, language: str, now: datetime) -> ConsentDocument | None:
    """The program's terms in force, to be read before anything is agreed to."""
    return (
        await ConsentDocument.filter(
            program_id=program.id,
            purpose=ConsentPurpose.PROGRAM_TERMS,
            language=language,
            effective_from__lte=now,
        )
        .order_by("-version")
        .first()
    )


async def advertising_in_force(
    document_id: int, language: str, now: datetime
) -> ConsentDocument | None:
    """The document, if it is what this controller asks for advertising now: any language will
    do, the version counts."""
    # of all: what was shown may be read by anybody
    shown = await ConsentDocument.get_or_none(id=document_id, purpose=ConsentPurpose.ADVERTISING)
    if shown is None:
        return None
    newest = (
        await ConsentDocument.filter(
            account_id=shown.account_id,
            purpose=ConsentPurpose.ADVERTISING,
            language=language,
            effective_from__lte=now,
        )
        .order_by("-version")
        .first()
    )
    return newest if newest is not None and newest.version == shown.version else None


async def same_in(document: ConsentDocument, language: str) -> ConsentDocument:
    """The same version in another language, with its account; the document itself when there is
    none."""
    if document.language == language:
        return document
    other = await ConsentDocument.get_or_none(
        account_id=document.account_id,
        program_id=document.program_id,
        purpose=document.purpose,
        version=document.version,
        language=language,
    ).select_related("account")
    return other or document
