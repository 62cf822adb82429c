"""An account as a brand pack: its folder, file by file, as docs/brand-pack.md describes it.

What people see and would see: the documents in their newest version, the free numbers (nobody
else's), offers as they stand. A change that waits for the operator is not in it.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from backend.brands.pack.export_brand import brand_files
from backend.brands.pack.export_program import program_files
from backend.brands.pack.spelled import day_or_time, document_of, yaml_of
from catalog.scope import brands_of, programs_of
from models.account import Account
from models.consent_document import ConsentDocument, ConsentPurpose

# Path in the pack, and its content; numbers come in several pieces.
File = tuple[str, bytes]
_STEMS: Mapping[ConsentPurpose, str] = {
    ConsentPurpose.PERSONAL_DATA: "documents/personal-data",
    ConsentPurpose.ADVERTISING: "documents/advertising",
    ConsentPurpose.PROGRAM_TERMS: "terms",
}


async def pack_files(account: Account, *, numbers: bool = True) -> AsyncIterator[File]:
    """In one order; pieces of one file follow one another. Without `numbers` the pools are
    empty."""
    home = f"accounts/{account.key}"
    yield f"{home}/account.yaml", yaml_of(_account(account))
    for purpose in (ConsentPurpose.PERSONAL_DATA, ConsentPurpose.ADVERTISING):
        for name, content in await _documents(account, purpose, None):
            yield f"{home}/{name}", content
    programs = programs_of(account.id).order_by("key").select_related("connection")
    for program in await programs:
        place = f"{home}/programs/{program.key}"
        async for name, content in program_files(program, numbers=numbers):
            yield f"{place}/{name}", content
        for name, content in await _documents(account, ConsentPurpose.PROGRAM_TERMS, program.id):
            yield f"{place}/{name}", content
    brands = brands_of(account.id).order_by("key").select_related("program", "category")
    for brand in await brands:
        async for name, content in brand_files(brand, account.timezone):
            yield f"{home}/brands/{brand.key}/{name}", content


def _account(row: Account) -> dict[str, Any]:
    return {
        "legal_name": {"ru": row.legal_name_ru, "en": row.legal_name_en},
        "address": {"ru": row.address_ru, "en": row.address_en},
        "inn": row.inn,
        "ogrn": row.ogrn,
        "privacy_email": row.privacy_email,
        "contact_email": row.contact_email,
        "timezone": row.timezone,
    }


async def _documents(
    account: Account, purpose: ConsentPurpose, program_id: int | None
) -> list[File]:
    """The newest version, in both languages."""
    found = ConsentDocument.filter(account_id=account.id, purpose=purpose, program_id=program_id)
    newest = await found.order_by("-version").first()
    if newest is None:
        return []
    rows = await found.filter(version=newest.version).order_by("-language")
    return [
        (
            f"{_STEMS[purpose]}.{row.language}.md",
            document_of(_head(row, account.timezone), row.text),
        )
        for row in rows
    ]


def _head(row: ConsentDocument, zone: str) -> dict[str, Any]:
    return {
        "version": row.version,
        "effective_from": day_or_time(row.effective_from, zone),
        "change": row.change,
        "channels": list(row.channels),
    }
