"""What an account's own system says of its customers: kept, changed, taken away."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from backend.platform.context import Context
from backend.platform.database import among, is_postgres, places, rows, transaction
from backend.platform.watch.audit import note
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.refusal import Code, Refusal
from models.trait import Attribute

Value = str | bool | Decimal
# Of one person.
MOST = 50
_AT_ONCE = 500
# What merely refers to the people is not held up.
_HELD = """
SELECT id FROM customers WHERE id {people} AND deleted_at IS NULL ORDER BY id{lock}
"""
# of all: of the account and people in hand
_PUT = """
INSERT INTO attributes (account_id, customer_id, key, text, number, flag, told_at) VALUES {rows}
ON CONFLICT (account_id, key, customer_id) DO UPDATE SET text = EXCLUDED.text,
    number = EXCLUDED.number, flag = EXCLUDED.flag, told_at = EXCLUDED.told_at
"""


@dataclass(frozen=True, slots=True)
class Told:
    """Of one customer; `whole`: what is not named goes."""

    customer_id: int
    values: Mapping[str, Value] = field(default_factory=dict)
    clear: Collection[str] = ()
    whole: bool = False


async def tell_attributes(
    ctx: Context, scope: Scope, account_id: int, told: Sequence[Told]
) -> list[int]:
    """Places of those who are nobody to the account: of them nothing is kept. Of one customer each
    is told in their order. Refuses with too_many_attributes (most), and keeps nothing then."""
    async with transaction():
        known = await _known(scope, account_id, {each.customer_id for each in told})
        kept = [each for each in told if each.customer_id in known]
        for each in kept:
            await _clear(account_id, each)
        await _put(account_id, kept, ctx.clock())
        await _check_room(account_id, known)
        if kept:
            await _note(ctx, account_id, kept)
    return [place for place, each in enumerate(told) if each.customer_id not in known]


async def _known(scope: Scope, account_id: int, ids: set[int]) -> set[int]:
    """Whoever is a customer of the account, held until the end so that nobody is deleted in
    between."""
    mine = Scope.of(scope.accounts & {account_id}).customers(ids)
    people = sorted([int(str(one)) for one in await mine.values_list("id", flat=True)])
    lock = " FOR NO KEY UPDATE" if is_postgres() else ""
    return {row["id"] for row in await rows(_HELD.format(people=among(1), lock=lock), [people])}


async def _clear(account_id: int, told: Told) -> None:
    mine = Attribute.filter(account_id=account_id, customer_id=told.customer_id)
    if told.whole:
        await mine.exclude(key__in=list(told.values) or [""]).delete()
    elif told.clear:
        await mine.filter(key__in=list(told.clear)).delete()


async def _put(account_id: int, told: Sequence[Told], now: datetime) -> None:
    """The last of several that are told of one key holds."""
    values = {(each.customer_id, key): each.values[key] for each in told for key in each.values}
    lines = [
        [account_id, customer_id, key, *_columns(value), now]
        for (customer_id, key), value in sorted(values.items(), key=lambda item: item[0])
    ]
    for begin in range(0, len(lines), _AT_ONCE):
        some = lines[begin : begin + _AT_ONCE]
        flat = [value for line in some for value in line]
        await rows(_PUT.format(rows=places(len(some), 7)), flat)


def _columns(value: Value) -> tuple[Any, Any, Any]:
    """Text, number, yes or no."""
    if isinstance(value, bool):
        return None, None, value
    return (value, None, None) if isinstance(value, str) else (None, value, None)


# of all: of the account and people in hand
_FULL = """
SELECT customer_id FROM attributes WHERE account_id = $1 AND customer_id {people}
GROUP BY customer_id HAVING COUNT(*) > $3 LIMIT 1
"""


async def _check_room(account_id: int, people: set[int]) -> None:
    full = await rows(_FULL.format(people=among(2)), [account_id, sorted(people), MOST])
    if full:
        raise Refusal(Code.TOO_MANY_ATTRIBUTES, most=MOST)


async def _note(ctx: Context, account_id: int, told: Sequence[Told]) -> None:
    people = {each.customer_id for each in told}
    whom = next(iter(people)) if len(people) == 1 else None
    verb = Verb.TELL_ATTRIBUTES
    await note(ctx, verb, "customer", whom, len(people), account_id=account_id)


def value_of(row: Attribute) -> str | bool | float:
    """As JSON has it."""
    if row.number is not None:
        whole = row.number == int(row.number)
        return int(row.number) if whole else float(row.number)
    return bool(row.flag) if row.text is None else row.text
