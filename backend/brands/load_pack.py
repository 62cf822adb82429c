"""Load a brand pack into the database: all of it or nothing, and again without harm."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from tortoise.expressions import Q

from backend.brands.load_offers import load_brand
from backend.cards.issue.pool_level import set_level
from backend.consents.documents import text_sha256
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from backend.platform.watch.use_case_log import log_of
from catalog.pack import shapes
from catalog.pack.numbers import NumberRow
from catalog.pack.problems import PackProblem, PackRefused
from catalog.pack.read import read_pack
from catalog.questionnaire import field_to_json
from catalog.reference.reference import Reference, load_reference
from catalog.search import forget_index
from catalog.symbologies.symbol_rules import SymbolRefused, check_symbol
from models.account import Account
from models.audit_entry import Verb
from models.barcode_format import BarcodeFormat
from models.category import Category
from models.city import City
from models.consent_document import ConsentDocument
from models.pool_number import PoolNumber
from models.program import Program

NUMBERS_AT_ONCE = 500

Loaded = Counter[str]


async def check_pack(folder: Path) -> Loaded:
    """How many of each noun the pack holds; no database is asked. Raises PackRefused with every
    mistake."""
    return _count(await asyncio.to_thread(read_pack, folder, _expected, load_reference()))


async def load_pack(ctx: Context, folder: Path) -> Loaded:
    """How many of each noun the pack holds, and `new_numbers`. Raises PackRefused with every
    mistake."""
    reference = load_reference()
    # Reading and checking every file keeps a core busy for a while: not on the event loop.
    pack = await asyncio.to_thread(read_pack, folder, _expected, reference)
    loaded: Loaded = Counter()
    async with transaction():
        await load_reference_lists(reference)
        for account in pack.accounts:
            account_id = await _load_account(account, ctx.clock(), loaded)
            await note(ctx, Verb.LOAD_PACK, "account", account_id)
    forget_index()
    log_of(ctx, __name__).info("a pack is loaded", brands=loaded["brands"], offers=loaded["offers"])
    return loaded


def _expected(barcode_format: BarcodeFormat, value: str) -> str | None:
    try:
        check_symbol(barcode_format, value)
    except SymbolRefused as wrong:
        return str(wrong)
    return None


def _count(pack: shapes.Pack) -> Loaded:
    counted: Loaded = Counter(accounts=len(pack.accounts))
    for account in pack.accounts:
        counted.update(programs=len(account.programs), brands=len(account.brands))
        counted["programs without numbers"] += sum(_empty(each) for each in account.programs)
        for brand in account.brands:
            counted.update(offers=len(brand.offers), stores=len(brand.stores))
    return counted


def _empty(program: shapes.Program) -> bool:
    return program.numbers is not None and not program.numbers.count


async def load_reference_lists(reference: Reference) -> None:
    """Cities and categories of the product; a renamed one keeps its rows."""
    await _sync(
        City,
        {
            city.key: {
                "name_ru": city.name_ru,
                "name_en": city.name_en,
                "lat": city.lat,
                "lon": city.lon,
                "population": city.population,
                "timezone": city.timezone,
            }
            for city in reference.cities.values()
        },
    )
    await _sync(
        Category,
        {
            category.key: {
                "name_ru": category.ru,
                "name_en": category.en,
                "emoji": category.emoji,
                "position": category.position,
            }
            for category in reference.categories.values()
        },
    )


async def _sync(table: type[City] | type[Category], wanted: dict[str, dict[str, Any]]) -> None:
    """Write what is new or different: hundreds of rows of which hardly any ever changes."""
    standing = {row.key: row for row in await table.all()}
    for key, values in wanted.items():
        row = standing.get(key)
        if row is not None and any(getattr(row, name) != value for name, value in values.items()):
            await row.update_from_dict(values).save()
    fresh = [table(key=key, **values) for key, values in wanted.items() if key not in standing]
    await table.bulk_create(fresh)  # type: ignore[arg-type]


async def _load_account(pack: shapes.Account, now: datetime, loaded: Loaded) -> int:
    """Its id."""
    values = {
        "legal_name_ru": pack.legal_name.ru,
        "legal_name_en": pack.legal_name.en,
        "address_ru": pack.address.ru,
        "address_en": pack.address.en,
        "inn": pack.inn,
        "ogrn": pack.ogrn,
        "privacy_email": pack.privacy_email,
        "timezone": pack.timezone,
    }
    # of all: the operator's pack says which, by its key
    account, _ = await Account.update_or_create(key=pack.key, defaults=values | {"created_at": now})
    loaded["accounts"] += 1
    for document in (pack.personal_data, pack.advertising):
        await _load_document(document, account, None, now)
    programs: dict[str, Program] = {}
    for each in pack.programs:
        programs[each.key] = await _load_program(each, account, now, loaded)
    for brand in pack.brands:
        await load_brand(brand, programs[brand.program], loaded)
    return int(account.id)


async def _load_document(
    pack: shapes.Document, account: Account, program: Program | None, now: datetime
) -> None:
    for language, words in (("ru", pack.ru), ("en", pack.en)):
        digest = text_sha256(words.title, words.text)
        standing = await ConsentDocument.get_or_none(
            account_id=account.id,
            program_id=program.id if program else None,
            purpose=pack.purpose,
            language=language,
            version=pack.version,
        )
        if standing is not None:
            _refuse_if_changed(standing, digest, account.key, pack)
            continue
        await ConsentDocument.create(
            account_id=account.id,
            program_id=program.id if program else None,
            purpose=pack.purpose,
            language=language,
            version=pack.version,
            title=words.title,
            text=words.text,
            channels=[channel.value for channel in pack.channels],
            sha256=digest,
            change=pack.change.value,
            effective_from=pack.effective_from,
            created_at=now,
        )


def _refuse_if_changed(
    standing: ConsentDocument, digest: str, account: str, pack: shapes.Document
) -> None:
    """People may have agreed to the old text: it is evidence and stays as it is."""
    if standing.sha256 == digest:
        return
    what = f"{pack.purpose.value} version {pack.version} was loaded before with another text"
    raise PackRefused(
        [PackProblem(f"accounts/{account}", None, what, f"a new version, {pack.version + 1}")]
    )


async def _load_program(
    pack: shapes.Program, account: Account, now: datetime, loaded: Loaded
) -> Program:
    values: dict[str, Any] = {
        "account_id": account.id,
        "name_ru": pack.name.ru,
        "name_en": pack.name.en,
        "barcode_format": pack.barcode_format,
        "processor": pack.processor.value,
        "primary_color": pack.design.primary,
        "secondary_color": pack.design.secondary,
        "questionnaire": [field_to_json(field) for field in pack.questionnaire],
        "min_age": pack.min_age,
        "status": pack.status,
        "plastic": pack.plastic,
        "recognition": [rule.to_json() for rule in pack.recognition],
        "unknown_numbers": pack.unknown_numbers,
        "sharing": pack.sharing,
    }
    # of all: the operator's pack says which, by its key
    program, _ = await Program.update_or_create(key=pack.key, defaults=values)
    loaded["programs"] += 1
    await _load_document(pack.terms, account, program, now)
    if pack.numbers is not None:
        loaded["numbers"] += pack.numbers.count
        loaded["new_numbers"] += await add_numbers(program.id, pack.numbers.rows(), now)
        await set_level(program.id)
    await _refuse_real_examples(pack, program)
    return program


async def _refuse_real_examples(pack: shapes.Program, program: Program) -> None:
    """An example is shown to everybody: it must not be the number that a person gets."""
    for rule in pack.recognition:
        same = Q(barcode_value=rule.example.replace(" ", "")) | Q(printed_number=rule.example)
        if rule.example and await PoolNumber.filter(same, program_id=program.id).exists():
            what = f"the example {rule.example!r} of {pack.key} is a number of its pool"
            raise PackRefused(
                [PackProblem(f"programs/{pack.key}/program.yaml", None, what, "an invented number")]
            )


async def add_numbers(program_id: int, numbers: Iterator[NumberRow], now: datetime) -> int:
    """Inside a transaction: add what is not there yet; returns how many were new."""
    before = await PoolNumber.filter(program_id=program_id).count()
    while batch := list(islice(numbers, NUMBERS_AT_ONCE)):
        fresh = [
            PoolNumber(
                program_id=program_id,
                printed_number=row.printed_number,
                barcode_value=row.barcode_value,
                changed_at=now,
            )
            for row in batch
        ]
        await PoolNumber.bulk_create(fresh, ignore_conflicts=True)
    return await PoolNumber.filter(program_id=program_id).count() - before
