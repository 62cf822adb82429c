"""Load a brand pack into the database: all of it or nothing, and again without harm."""

import asyncio
from collections import Counter
from pathlib import Path

from backend.brands.load_account import load_account
from backend.brands.loading import Loading
from backend.brands.reference_lists import write_reference_lists
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from backend.platform.watch.use_case_log import log_of
from catalog.pack import shapes
from catalog.pack.read import read_pack
from models.audit_entry import Verb

Loaded = Counter[str]


async def check_pack(folder: Path) -> Loaded:
    """How many of each noun the pack holds; no database is asked. Raises PackRefused with every
    mistake."""
    return _count(await asyncio.to_thread(read_pack, folder))


async def load_pack(ctx: Context, folder: Path) -> Loaded:
    """How many of each noun the pack holds, and `new_numbers`. Raises PackRefused with every
    mistake."""
    # Reading and checking every file keeps a core busy for a while: not on the event loop.
    pack = await asyncio.to_thread(read_pack, folder)
    loading = Loading(ctx)
    async with transaction():
        await write_reference_lists()
        for account in pack.accounts:
            account_id = await load_account(loading, account)
            await note(ctx, Verb.LOAD_PACK, "account", account_id, account_id=account_id)
        loading.problems.refuse_if_any()
    loaded = loading.loaded
    ctx.brands.forget()
    ctx.rules.forget()
    log_of(ctx, __name__).info("a pack is loaded", brands=loaded["brands"], offers=loaded["offers"])
    return loaded


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
