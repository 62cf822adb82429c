"""An account's own pack, or the operator's of this one account: all of it or nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping

from backend.brands.load_account import load_account
from backend.brands.loading import Loading
from backend.brands.reference_lists import write_reference_lists
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from backend.platform.watch.use_case_log import log_of
from catalog.entries.account import AccountEntry
from catalog.pack import shapes
from catalog.pack.problems import Problems
from models.account import Account
from models.audit_entry import Verb

# What the operator has entered, and the documents name.
_FIXED = ("legal_name", "address", "inn", "ogrn", "privacy_email", "timezone")


async def load_own_pack(
    ctx: Context, account: Account, pack: shapes.Pack, *, approves: bool
) -> Counter[str]:
    """How many of each noun the pack holds, and `new_numbers`. `approves`: it is the operator who
    loads it, so that people see it at once and the company may be put right; else the company has
    to be as it stands. Raises PackRefused with every mistake."""
    problems = Problems()
    for file, what, expected in _foreign(pack, account, approves=approves):
        problems.add(file, None, what, expected)
    problems.refuse_if_any()
    loading = Loading(ctx, own=True, approves=approves)
    async with transaction():
        await write_reference_lists()
        for each in pack.accounts:
            await load_account(loading, each)
        await note(ctx, Verb.LOAD_PACK, "account", account.id, account_id=account.id)
        loading.problems.refuse_if_any()
    ctx.brands.forget()
    ctx.rules.forget()
    log_of(ctx, __name__).info("an account's pack is loaded", account=account.key)
    return loading.loaded


def _foreign(
    pack: shapes.Pack, account: Account, *, approves: bool
) -> Iterator[tuple[str, str, str]]:
    for each in pack.accounts:
        home = f"accounts/{each.key}"
        if each.key != account.key:
            yield home, "is another account", f"accounts/{account.key} alone"
        elif not approves:
            given, stands = _values(each.entry), _standing(account)
            for name in _FIXED:
                if given[name] != stands[name]:
                    what = f"{name} is another one than the operator has entered"
                    yield f"{home}/account.yaml", what, "the same"


def _values(entry: AccountEntry) -> Mapping[str, object]:
    told = {name: getattr(entry, name) for name in _FIXED}
    for name in ("legal_name", "address"):
        told[name] = (told[name].ru, told[name].en)
    return told


def _standing(row: Account) -> Mapping[str, object]:
    told = {name: getattr(row, name, "") for name in _FIXED}
    told["legal_name"] = (row.legal_name_ru, row.legal_name_en)
    told["address"] = (row.address_ru, row.address_en)
    return told
