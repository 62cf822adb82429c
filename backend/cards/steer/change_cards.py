"""What stands on many cards of a program, by two statements."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from backend.cards.pocket.shown_otherwise import announce_shown_otherwise
from backend.cards.steer.balance_told import Stood, balance_changed, stood
from backend.cards.steer.numbered import cards_numbered
from backend.outbox.announce import announce_all
from backend.platform.database import adapted, connection, is_postgres, rows
from models.card import CardStatus
from models.program import Program

# A card whose owner was deleted meanwhile has left the wallet: nothing is written on it.
# of all: the cards that were found in their program
_CHANGE_ON_POSTGRES = """
UPDATE cards SET balance = COALESCE(g.balance::numeric, cards.balance),
    balance_at = CASE WHEN g.balance IS NULL THEN cards.balance_at ELSE $6::timestamptz END,
    tier = COALESCE(g.tier, cards.tier), own_fields = CASE WHEN g.fields IS NULL
        THEN cards.own_fields ELSE cards.own_fields || g.fields::jsonb END
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
    AS g(id, balance, tier, fields, removed_at)
WHERE cards.id = g.id AND cards.removed_at IS NOT DISTINCT FROM g.removed_at
"""
# of all: the cards that were found in their program
_CHANGE_ON_SQLITE = """
UPDATE cards SET balance = COALESCE(?1, balance),
    balance_at = CASE WHEN ?1 IS NULL THEN balance_at ELSE ?4 END, tier = COALESCE(?2, tier),
    own_fields = CASE WHEN ?3 IS NULL THEN own_fields ELSE json_patch(own_fields, ?3) END
WHERE id = ?5
"""


# A list of millions is told to nobody who does not wait for it.
# of all: the brands whose cards they are
_WAITED_FOR = """
SELECT t.id FROM triggers t JOIN brands b ON b.id = t.brand_id
WHERE b.program_id = $1 AND t.is_on AND t.event IN ('balance_above', 'tier_changed') LIMIT 1
"""


class Told(NamedTuple):
    """A card by its number, as people read it or as it is scanned; None is not told."""

    line: int
    number: str
    balance: str | None
    tier: str | None
    fields: Mapping[str, str] | None
    state: CardStatus | None = None


async def change_cards(program: Program, given: Sequence[Told], now: datetime) -> list[int]:
    """Inside a transaction; the lines whose number no card of the program has."""
    if not given:
        return []
    found = await cards_numbered(program.id, [told.number for told in given])
    # The last line about a card holds, and each of them counts.
    last = {found[place].id: place for place in sorted(found)}
    chosen = [(id_, found[place].removed_at, given[place]) for id_, place in sorted(last.items())]
    waited_for = bool(await rows(_WAITED_FOR, [program.id]))
    before = await stood([id_ for id_, *_ in chosen]) if waited_for else {}
    await _write(chosen, now)
    if before:
        await _announce(program, before, await stood(list(before)), now)
    await announce_shown_otherwise(now, [id_ for id_, *_ in chosen])
    return [told.line for place, told in enumerate(given) if place not in found]


async def _write(chosen: Sequence[tuple[int, Any, Told]], now: datetime) -> None:
    if is_postgres():
        await rows(_CHANGE_ON_POSTGRES, _by_column(chosen, now))
        return
    written = adapted(now)
    values = [
        [told.balance, told.tier, _json(told.fields), written, card_id]
        for card_id, _, told in chosen
    ]
    await connection().execute_many(_CHANGE_ON_SQLITE, values)


async def _announce(
    program: Program, before: Mapping[int, Stood], after: Mapping[int, Stood], now: datetime
) -> None:
    changed = (balance_changed(program, was, after[id_]) for id_, was in before.items())
    await announce_all(now, [each for each in changed if each is not None])


def _by_column(chosen: Sequence[tuple[int, Any, Told]], now: datetime) -> list[Any]:
    return [
        [card_id for card_id, _, _ in chosen],
        [told.balance for _, _, told in chosen],
        [told.tier for _, _, told in chosen],
        [_json(told.fields) for _, _, told in chosen],
        [removed_at for _, removed_at, _ in chosen],
        now,
    ]


def _json(fields: Mapping[str, str] | None) -> str | None:
    return None if fields is None else orjson.dumps(dict(fields)).decode()
