"""Enter an account, or change what it says of itself."""

from datetime import datetime

from backend.brands.keys import account_of, check_key
from backend.brands.put import Put, Saved, noted, put
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.wallets.behind import passes_of_account_behind
from catalog.entries.account import AccountEntry
from catalog.tenant import Scope
from models.account import Account
from models.audit_entry import Verb


async def save_account(ctx: Context, key: str, entry: AccountEntry) -> Saved:
    """For the operator: nobody else makes accounts. Refuses with key_invalid."""
    check_key(key)
    async with transaction():
        found = await write_account(key, entry, ctx.clock())
        return await noted(ctx, Verb.SAVE_ACCOUNT, "account", found, found.id)


async def write_account(key: str, entry: AccountEntry, now: datetime) -> Put:
    """Inside a transaction."""
    values = {
        "legal_name_ru": entry.legal_name.ru,
        "legal_name_en": entry.legal_name.en,
        "address_ru": entry.address.ru,
        "address_en": entry.address.en,
        "inn": entry.inn,
        "ogrn": entry.ogrn,
        "privacy_email": entry.privacy_email,
        "contact_email": entry.contact_email,
        "timezone": entry.timezone,
    }
    found = await put(Account, {"key": key}, values, fresh={"created_at": now})
    if found.saved is Saved.CHANGED:
        await passes_of_account_behind(found.id)
    return found


async def change_contact(ctx: Context, key: str, contact_email: str) -> Saved:
    """For the operator: where letters to those who look after the account go, "" is nowhere.
    Refuses with account_not_found."""
    account = await account_of(await Scope.of_operator(), key)
    async with transaction():
        found = await put(Account, {"key": account.key}, {"contact_email": contact_email})
        return await noted(ctx, Verb.SAVE_ACCOUNT, "account", found, account.id)
