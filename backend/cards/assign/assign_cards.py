"""Cards for many customers of a brand, as a file tells it: by a few statements for many."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from backend.cards.assign.given_numbers import assign_many_given
from backend.cards.assign.pool_numbers import assign_many_of_pool
from backend.cards.assign.standing import differing, refuse_while_none_is_given, standing
from backend.cards.assign.token import new_nonce
from backend.cards.assign.written import Wanted
from backend.cards.pool.pool_level import step_down
from backend.platform.context import Context
from models.contact import ContactKind
from models.program import Program
from models.refusal import Code, Refusal


class Listed(NamedTuple):
    """Whom a line is for, as it is kept. `number`: as it is read and as it is carried, None for
    one of the pool; `days` it waits, None for as long as the program says."""

    line: int
    own_index: str
    indexes: Mapping[ContactKind, str]
    sealed: bytes
    number: tuple[str, str] | None
    days: int | None


async def assign_cards(
    ctx: Context, program: Program, given: Sequence[Listed]
) -> dict[int, Refusal]:
    """Inside a transaction. What stands already stays, as for assign_card; by line, why there is
    none."""
    refused, rest = dict[int, Refusal](), list(given)
    while rest:
        turn, rest = _one_each(rest)
        refused |= await _assign(ctx, program, turn)
    await step_down(program.id, ctx.clock())
    return refused


def _one_each(given: list[Listed]) -> tuple[list[Listed], list[Listed]]:
    """The first line of each customer, and those that come after it."""
    first = {each.own_index: each for each in reversed(given)}
    turn = [each for each in given if first[each.own_index] is each]
    return turn, [each for each in given if first[each.own_index] is not each]


async def _assign(ctx: Context, program: Program, turn: Sequence[Listed]) -> dict[int, Refusal]:
    stand = await standing(ctx, program.id, [each.own_index for each in turn])
    left = await _made(ctx, program, [each for each in turn if each.own_index not in stand])
    if left:
        # Somebody may have been quicker.
        stand |= await standing(ctx, program.id, [each.own_index for each in left])
        left = [each for each in left if each.own_index not in stand]
    refused = dict[int, Refusal]()
    for each in turn:
        if (row := stand.get(each.own_index)) is not None:
            carried = each.number[1] if each.number is not None else None
            if (field := differing(row, carried, each.indexes)) is not None:
                refused[each.line] = Refusal(Code.ASSIGNMENT_DIFFERS, field=field)
    return refused | (await _in_the_way(program, left, ctx.clock()) if left else {})


async def _made(ctx: Context, program: Program, new: Sequence[Listed]) -> list[Listed]:
    """Those for whom nothing was made. Numbers that are named go first: nobody else of the file
    gets them."""
    now = ctx.clock()
    named = [(_wanted(program, each, now), each.number) for each in new if each.number is not None]
    pooled = [_wanted(program, each, now) for each in new if each.number is None]
    made = await assign_many_given(program, named)
    made |= await assign_many_of_pool(program, pooled)
    return [each for each in new if each.own_index not in made]


def _wanted(program: Program, each: Listed, now: datetime) -> Wanted:
    ends = now + timedelta(days=each.days or program.assignment_days)
    whom = (each.own_index, each.indexes, each.sealed)
    return Wanted(program, new_nonce(), *whom, now, ends)


async def _in_the_way(program: Program, left: Sequence[Listed], at: datetime) -> dict[int, Refusal]:
    try:
        await refuse_while_none_is_given(program, at)
    except Refusal as refusal:
        return dict.fromkeys((each.line for each in left), refusal)
    empty, taken = Refusal(Code.POOL_EMPTY), Refusal(Code.NUMBER_TAKEN)
    return {each.line: empty if each.number is None else taken for each in left}
