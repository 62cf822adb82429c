"""A row by its key, with the values that it is to have: made, changed, or left as it is."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from tortoise import Model
from tortoise.exceptions import IntegrityError

from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import UNTOLD, Change, note
from models.audit_entry import Verb
from models.refusal import Code, Refusal

M = TypeVar("M", bound=Model)


class Saved(StrEnum):
    """What became of it. The same entry again is `same`, and nothing was written."""

    MADE = "made"
    CHANGED = "changed"
    SAME = "same"


class Put(NamedTuple):
    """The row's id, what became of it, and the columns that were written."""

    id: int
    saved: Saved
    change: Change = UNTOLD


async def put(
    table: type[M],
    where: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    fresh: Mapping[str, Any] | None = None,
    mine: Callable[[M], bool] = lambda _row: True,
) -> Put:
    """Inside a transaction. `where` is the row's unique key, `fresh` is written when it is made
    and never again. Two at once make one row: the second waits for the first and changes it.

    Refuses with key_taken a row that is there and is not `mine`.
    """
    row, new = await _locked(table, where), False
    if row is None:
        new = await inserted(table(**where, **values, **(fresh or {})))
        row = await _locked(table, where)
    assert row is not None
    if not mine(row):
        raise Refusal(Code.KEY_TAKEN)
    before = {name: was for name in values if (was := getattr(row, name)) != values[name]}
    if before:
        after = {name: values[name] for name in before}
        await row.update_from_dict(after).save(update_fields=list(after))
        return Put(int(row.pk), Saved.CHANGED, Change(before, after))
    if not new:
        return Put(int(row.pk), Saved.SAME)
    return Put(int(row.pk), Saved.MADE, Change(None, {**where, **values}))


async def inserted(row: Model) -> bool:
    """Inside a transaction: False when somebody else's is there already. Of two at once the second
    waits for the first to know."""
    try:
        async with transaction():
            await row.save(force_create=True)
    except IntegrityError as refused:
        if "unique" not in str(refused).lower():
            raise
        return False
    return True


async def _locked(table: type[M], where: Mapping[str, Any]) -> M | None:
    return await table.filter(**where).select_for_update().first()


async def noted(ctx: Context, verb: Verb, subject: str, found: Put, account_id: int) -> Saved:
    """Inside the transaction: into the audit trail, unless nothing was written."""
    if found.change is not UNTOLD:
        await note(ctx, verb, subject, found.id, account_id=account_id, change=found.change)
    return found.saved


def most(*saved: Saved) -> Saved:
    """Of several parts of one thing: made if the first was, changed if any was."""
    if saved[0] is Saved.MADE:
        return Saved.MADE
    return Saved.SAME if set(saved) == {Saved.SAME} else Saved.CHANGED
