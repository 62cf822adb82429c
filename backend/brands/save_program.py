"""Enter a program of an account, or change it."""

from typing import Any

from backend.brands.designs.write_design import write_design
from backend.brands.keys import account_of, check_key
from backend.brands.put import Put, Saved, noted, put
from backend.customers.person.traits import asked_by
from backend.ledger.settle_tier import settle_all
from backend.partners.vendors import CARDLESS
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import Change
from backend.wallets.behind import passes_behind
from catalog.entries.ledger import LedgerEntry
from catalog.entries.program import ProgramEntry
from catalog.questions.questionnaire import field_to_json
from catalog.scope import numbers_like
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.connection import Connection
from models.program import Program
from models.refusal import Code, Refusal


async def save_program(
    ctx: Context, scope: Scope, account_key: str, key: str, entry: ProgramEntry
) -> Saved:
    """Refuses with key_invalid, with account_not_found, with key_taken when another account has
    it, with connection_not_found, with example_is_real and with design_unfit (what, expected)."""
    check_key(key)
    account = await account_of(scope, account_key)
    async with transaction():
        found = await write_program(ctx, account.id, key, entry, only_mine=True)
        await refuse_real_example(found.id, entry)
        saved = await noted(ctx, Verb.SAVE_PROGRAM, "program", found, account.id)
    ctx.rules.forget()
    return saved


async def write_program(
    ctx: Context, account_id: int, key: str, entry: ProgramEntry, *, only_mine: bool = False
) -> Put:
    """Inside a transaction. `only_mine` refuses with key_taken a program of another account;
    without it the operator's pack moves the program. Refuses with connection_not_found and
    design_unfit (what, expected) too."""
    found = await put(
        Program,
        {"key": key},
        {
            "account_id": account_id,
            "connection_id": await _connection(account_id, entry.connection),
            **_columns(entry),
        },
        mine=lambda row: row.account_id == account_id or not only_mine,
    )
    if found.change.before and {"ledger", "processor"} & found.change.before.keys():
        await settle_all(found.id, ctx.clock())
    if found.saved is Saved.CHANGED:
        await passes_behind(found.id)
    if _asks_otherwise(found.change):
        await Program.filter(id=found.id).update(traits_up_to=0)
    looks = await write_design(ctx, found, entry.design)
    if found.saved is Saved.SAME and looks is not Saved.SAME:
        return found._replace(saved=Saved.CHANGED)
    return found


def _asks_otherwise(change: Change) -> bool:
    """Of what accounts may ask of people when they say who is meant."""
    if change.before is None or change.after is None or "questionnaire" not in change.after:
        return False
    return asked_by(change.before["questionnaire"]) != asked_by(change.after["questionnaire"])


async def _connection(account_id: int, key: str | None) -> int | None:
    """Refuses with connection_not_found, also for one to a system that owns no cards."""
    if key is None:
        return None
    mine = Connection.filter(account_id=account_id, key=key)
    found = await mine.exclude(vendor__in=CARDLESS).first()
    if found is None:
        raise Refusal(Code.CONNECTION_NOT_FOUND)
    return int(found.id)


def _columns(entry: ProgramEntry) -> dict[str, Any]:
    return {
        "name_ru": entry.name.ru,
        "name_en": entry.name.en,
        "barcode_format": entry.barcode_format,
        "processor": entry.processor.value,
        "local_pool": entry.local_pool,
        "primary_color": entry.design.primary,
        "secondary_color": entry.design.secondary,
        "questionnaire": [field_to_json(field) for field in entry.fields],
        "min_age": entry.min_age,
        "status": entry.status,
        "plastic": entry.plastic,
        "recognition": [rule.to_json() for rule in entry.rules],
        "unknown_numbers": entry.unknown_numbers,
        "sharing": entry.sharing,
        "assignment_days": entry.assignment_days,
        "ledger": _kept_rules(entry.ledger),
        "card_fields": [field.kept() for field in entry.card_fields],
    }


def _kept_rules(entry: LedgerEntry | None) -> dict[str, Any] | None:
    """As they were entered, without what is not set."""
    return entry.model_dump(mode="json", exclude_none=True) if entry is not None else None


async def refuse_real_example(program_id: int, entry: ProgramEntry) -> None:
    """An example is shown to everybody: it must not be the number that a person gets. Refuses with
    example_is_real (example)."""
    for rule in entry.rules:
        if rule.example and await numbers_like(program_id, rule.example).exists():
            raise Refusal(Code.EXAMPLE_IS_REAL, example=rule.example)
