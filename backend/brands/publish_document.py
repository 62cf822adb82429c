"""Publish one version of a consent document, in both languages."""

from datetime import datetime

from backend.brands.keys import account_of, program_of
from backend.brands.put import Put, Saved, inserted, most, noted
from backend.consents.documents import text_sha256
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import Change
from catalog.entries.document import DocumentEntry
from catalog.entries.document_text import DocumentText
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.consent_document import ConsentDocument, ConsentPurpose
from models.refusal import Code, Refusal


async def publish_document(
    ctx: Context,
    scope: Scope,
    account_key: str,
    entry: DocumentEntry,
    program_key: str | None = None,
) -> Saved:
    """Program terms belong to a program, the other purposes to the account. `made`, or `same` for
    the text that is there already.

    Refuses with account_not_found, with program_not_found, and with document_fixed (version) when
    that version is there with another text.
    """
    account = await account_of(scope, account_key)
    program_id = await _program_id(account.id, entry.purpose, program_key)
    async with transaction():
        saved = await write_document(account.id, program_id, entry, ctx.clock())
        await note_document(ctx, account.id, program_id, entry, saved)
    return saved


async def note_document(
    ctx: Context, account_id: int, program_id: int | None, entry: DocumentEntry, saved: Saved
) -> None:
    """Inside the transaction: into the audit trail, unless nothing was written."""
    kind, subject = ("program", program_id) if program_id else ("account", account_id)
    texts = {f"sha256_{side}": text_sha256(each.title, each.text) for side, each in _sides(entry)}
    what = {"purpose": entry.purpose.value, "version": entry.version}
    found = Put(subject, saved, Change(after={**what, **texts}))
    await noted(ctx, Verb.PUBLISH_DOCUMENT, kind, found, account_id)


async def _program_id(account_id: int, purpose: ConsentPurpose, key: str | None) -> int | None:
    if (purpose is ConsentPurpose.PROGRAM_TERMS) is (key is None):
        raise Refusal(Code.PROGRAM_NOT_FOUND)
    return None if key is None else (await program_of(Scope.of([account_id]), key)).id


async def write_document(
    account_id: int, program_id: int | None, entry: DocumentEntry, now: datetime
) -> Saved:
    """Inside a transaction. Refuses with document_fixed (version)."""
    rows = [_row(account_id, program_id, entry, each, now) for each in _sides(entry)]
    return most(*[await _once(row) for row in rows])


def _sides(entry: DocumentEntry) -> tuple[tuple[str, DocumentText], ...]:
    return ("ru", entry.ru), ("en", entry.en)


def _row(
    account_id: int,
    program_id: int | None,
    entry: DocumentEntry,
    side: tuple[str, DocumentText],
    now: datetime,
) -> ConsentDocument:
    language, words = side
    return ConsentDocument(
        account_id=account_id,
        program_id=program_id,
        purpose=entry.purpose,
        language=language,
        version=entry.version,
        title=words.title,
        text=words.text,
        channels=[channel.value for channel in entry.channels],
        sha256=text_sha256(words.title, words.text),
        change=entry.change.value,
        effective_from=entry.effective_from,
        created_at=now,
    )


async def _once(row: ConsentDocument) -> Saved:
    """People may have agreed to the old text: it is evidence and stays as it is."""
    same = ConsentDocument.filter(
        account_id=row.account_id,
        program_id=row.program_id,
        purpose=row.purpose,
        language=row.language,
        version=row.version,
    )
    standing, saved = await same.first(), Saved.SAME
    if standing is None:
        saved = Saved.MADE if await inserted(row) else Saved.SAME
        standing = await same.get()
    if standing.sha256 != row.sha256:
        raise Refusal(Code.DOCUMENT_FIXED, version=row.version)
    return saved
