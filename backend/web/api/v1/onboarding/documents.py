"""Consent documents: versions that are published and never changed."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.brands.keys import program_of
from backend.brands.publish_document import publish_document
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.shared import TwoTexts, instant, row_id, without_nothing
from catalog.bilingual import Bilingual
from catalog.entries.document import DocumentEntry
from catalog.entries.values.around import Around
from catalog.entries.values.scalars import Word
from catalog.entries.values.texts import Text
from models.consent_document import ConsentDocument, ConsentPurpose
from models.refusal import Code, Refusal

DOOR = "api:v1/documents"
_TEXT = "# Условия «Лавки»\n\nООО «Лавка» / Lavka LLC. " + "Карта даёт скидку. " * 12
ENTRY: Mapping[str, Any] = {
    "purpose": "program_terms",
    "program": "lavka-card",
    "version": 1,
    "effective_from": "2026-12-01",
    "ru": _TEXT,
    "en": _TEXT,
}
LISTED: Mapping[str, Any] = {
    "id": 17,
    "account": "lavka",
    "purpose": "program_terms",
    "program": "lavka-card",
    "version": 1,
    "channels": [],
    "change": "purpose",
    "effective_from": "2026-11-30T21:00:00Z",
    "published_at": "2026-11-27T12:30:00Z",
    "title": {"ru": "Условия «Лавки»", "en": "Условия «Лавки»"},
    "sha256": {"ru": "0" * 64, "en": "1" * 64},
}
EXAMPLE: Mapping[str, Any] = {**LISTED, "text": {"ru": _TEXT, "en": _TEXT}}


class DocumentMade(DocumentEntry):
    """One version of one document, in both languages."""

    program: Annotated[str | None, Text(64)] = Field(
        default=None,
        description="On program_terms, and there required: the key of the program.",
        examples=["lavka-card"],
    )


class DocumentListed(BaseModel):
    """A version without its text."""

    id: int = Field(description="Of this version.")
    account: str = Field(description="The key of the account that answers for it.")
    purpose: ConsentPurpose = Field(description="What it is agreed for.")
    program: str | None = Field(default=None, description="The program, of program_terms.")
    version: int = Field(description="1, then 2, 3, …")
    channels: list[str] = Field(description="Of advertising: the channels that it names.")
    change: str = Field(description="purpose: everybody is asked again; wording: nobody is.")
    effective_from: str = Field(description="From when it is in force.")
    published_at: str = Field(description="When it came.")
    title: TwoTexts = Field(description="The first line.")
    sha256: TwoTexts = Field(description="Of the exact text, as consent records name it.")


class DocumentShown(DocumentListed):
    """A version with its text."""

    text: TwoTexts = Field(description="Markdown, exactly as people read it.")


class DocumentsQuery(ListQuery):
    """Which documents."""

    purpose: Annotated[ConsentPurpose | None, Word(ConsentPurpose)] = Field(
        default=None, description="Only of this purpose.", examples=["advertising"]
    )
    program: Annotated[str | None, Text(64)] = Field(
        default=None, description="Only of this program.", examples=["lavka-card"]
    )


async def around(asked: Asked) -> Around:
    """A document names its operator, in both languages."""
    account = await asked.account()
    names = Bilingual(account.legal_name_ru, account.legal_name_en)
    return Around(ZoneInfo(account.timezone), operator=names)


async def _shown(asked: Asked, rows: Sequence[ConsentDocument], *, whole: bool) -> list[Shown]:
    """`rows` are the Russian sides, with their accounts; each version has both."""
    sides = asked.scope.documents().filter(
        language="en",
        account_id__in=[row.account_id for row in rows] or [0],
        version__in=[row.version for row in rows] or [0],
    )
    english = {_version(row): row for row in await sides}
    named = asked.scope.programs().filter(id__in=[row.program_id or 0 for row in rows] or [0])
    programs = {program.id: program.key for program in await named}
    return [
        _document(row, english[_version(row)], programs.get(row.program_id or 0), whole=whole)
        for row in rows
        if _version(row) in english
    ]


def _version(row: ConsentDocument) -> tuple[int, int | None, str, int]:
    return row.account_id, row.program_id, row.purpose.value, row.version


def _document(
    ru: ConsentDocument, en: ConsentDocument, program: str | None, *, whole: bool
) -> dict[str, Any]:
    text = {"text": {"ru": ru.text, "en": en.text}} if whole else {}
    return without_nothing(
        {
            "id": ru.id,
            "account": ru.account.key,
            "purpose": ru.purpose.value,
            "program": program,
            "version": ru.version,
            "channels": list(ru.channels),
            "change": ru.change,
            "effective_from": instant(ru.effective_from),
            "published_at": instant(ru.created_at),
            "title": {"ru": ru.title, "en": en.title},
            "sha256": {"ru": ru.sha256, "en": en.sha256},
            **text,
        }
    )


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[ConsentDocument]) -> list[Shown]:
        return await _shown(asked, rows, whole=False)

    query = asked.asks(DocumentsQuery)
    found = asked.scope.documents().filter(language="ru")
    if query.purpose is not None:
        found = found.filter(purpose=query.purpose)
    if query.program is not None:
        found = found.filter(program_id=(await program_of(asked.scope, query.program)).id)
    return await page(asked, found.select_related("account"), show)


async def publish(asked: Asked) -> Answer:
    account, made = await asked.account(), asked.entered(DocumentMade)
    await publish_document(asked.ctx, asked.scope, account.key, made, made.program)
    found = asked.scope.documents().filter(
        account_id=account.id, language="ru", purpose=made.purpose, version=made.version
    )
    row = await found.order_by("-id").first()
    assert row is not None
    return Answer(await _one(asked, row.id), f"{PREFIX}/documents/{row.id}")


async def one(asked: Asked) -> Answer:
    return Answer(await _one(asked, row_id(asked.path["document"])))


async def _one(asked: Asked, number: int) -> Mapping[str, Any]:
    found = asked.scope.documents().filter(id=number, language="ru").select_related("account")
    shown = await _shown(asked, await found, whole=True)
    if not shown:
        raise Refusal(Code.DOCUMENT_NOT_FOUND)
    return shown[0]


OPERATIONS = (
    Operation(
        "GET", "/documents", DOOR, Right.BRANDS_READ, "List consent documents", every,
        DocumentListed, DocumentsQuery, example=LISTED, paged=True,
        refusals=(Code.PROGRAM_NOT_FOUND,),
    ),
    Operation(
        "POST", "/documents", DOOR, Right.BRANDS_WRITE, "Publish a consent document", publish,
        DocumentShown, Query, body=DocumentMade, body_example=ENTRY, example=EXAMPLE, status=201,
        etag=True, around=around,
        refusals=(Code.PROGRAM_NOT_FOUND, Code.DOCUMENT_FIXED),
        about="A version that people may have seen is never changed: publish the next one. Each "
        "text names the account's legal entity in its language. The same text again is the same.",
    ),
    Operation(
        "GET", "/documents/{document}", DOOR, Right.BRANDS_READ, "Read a version", one,
        DocumentShown, Query, example=EXAMPLE, etag=True, refusals=(Code.DOCUMENT_NOT_FOUND,),
    ),
)  # fmt: skip
