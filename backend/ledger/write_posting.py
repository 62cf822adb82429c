"""A posting is written: by one statement on PostgreSQL, step by step in the caller's transaction
on SQLite."""

from decimal import Decimal
from typing import Any

import orjson

from backend.events.every import from_payload
from backend.ledger.order import Order, Posted, signed
from backend.ledger.plan import Plan
from backend.ledger.statement import POST
from backend.ledger.told import told
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import is_postgres, places, rows
from models.ledger import POINT, Book

_ADD = """
INSERT INTO postings (card_id, kind, key, digest, amount, reason, of_id, actor, door, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id
"""
_ADD_LOT = """
INSERT INTO point_lots (card_id, posting_id, amount, remains, expires_at)
VALUES ($1, $2, $3, $3, $4) RETURNING id
"""
# of all: the posting that was just added
_ADD_ENTRIES = "INSERT INTO posting_entries (posting_id, book, lot_id, amount) VALUES "
_DRAW = "UPDATE point_lots SET remains = remains + $2 WHERE id = $1 AND card_id = $3"
_ADD_HOLD = """
INSERT INTO point_holds (card_id, posting_id, amount, state, expires_at)
VALUES ($1, $2, $3, 'open', $4)
"""
_CLOSE = "UPDATE point_holds SET state = $3 WHERE card_id = $1 AND posting_id = $2"
_STANDS = """
INSERT INTO card_points (card_id, available, held, version)
VALUES ($1, max($2, 0), max($3, 0), 1)
ON CONFLICT (card_id) DO UPDATE SET available = card_points.available + $2,
    held = card_points.held + $3, version = card_points.version + 1
RETURNING available, held
"""
# of all: the card in hand
_SHOW = "UPDATE cards SET balance = $2, balance_at = $3 WHERE id = $1"


async def write_posting(ctx: Context, order: Order, plan: Plan) -> Posted | None:
    """None when the card does not stand any more where the plan found it, or has the key
    already. On SQLite inside a transaction that has seen that neither is so."""
    if not is_postgres():
        return await _step_by_step(ctx, order, plan)
    made = await rows(POST, statement_values(ctx, order, plan))
    if not made:
        return None
    return Posted(made[0]["id"], plan.amount, made[0]["available"], made[0]["held"])


def _posting(ctx: Context, order: Order, plan: Plan) -> list[Any]:
    """$1 to $9 of either."""
    named = [order.card.id, order.kind.value, order.key, order.digest()]
    return [*named, plan.amount, order.reason, plan.of_id, *signed(ctx)]


def statement_values(ctx: Context, order: Order, plan: Plan) -> list[Any]:
    """$1 to $22 of the one statement."""
    entries = [{"book": e.book.value, "lot_id": e.lot_id, "amount": e.amount} for e in plan.entries]
    drawn = [{"lot_id": lot_id, "amount": change} for lot_id, change in plan.drawn.items()]
    kind, payload = told(order, plan)
    return [
        *_posting(ctx, order, plan),
        plan.version,
        ctx.clock(),
        plan.fresh,
        plan.expires_at,
        orjson.dumps(entries).decode(),
        orjson.dumps(drawn).decode(),
        plan.hold_until,
        plan.closes.value if plan.closes else None,
        plan.moved(Book.POINTS),
        plan.moved(Book.HELD),
        kind.__name__ if kind else "",
        orjson.dumps(payload).decode(),
        order.card.customer_id,
    ]


async def _step_by_step(ctx: Context, order: Order, plan: Plan) -> Posted:
    now, card_id = ctx.clock(), order.card.id
    posting_id = (await rows(_ADD, [*_posting(ctx, order, plan), now]))[0]["id"]
    await _write_lots(card_id, posting_id, plan)
    if plan.hold_until is not None:
        await rows(_ADD_HOLD, [card_id, posting_id, plan.amount, plan.hold_until])
    if plan.closes is not None:
        await rows(_CLOSE, [card_id, plan.of_id, plan.closes.value])
    moved = [plan.moved(Book.POINTS), plan.moved(Book.HELD)]
    stands = (await rows(_STANDS, [card_id, *moved]))[0]
    available, held = stands["available"], stands["held"]
    await rows(_SHOW, [card_id, str(Decimal(available) / POINT), now])
    kind, payload = told(order, plan)
    if kind is not None:
        whole = {**payload, "posting_id": posting_id, "balance": available}
        await announce(now, from_payload(kind.__name__, whole))
    return Posted(posting_id, plan.amount, available, held)


async def _write_lots(card_id: int, posting_id: int, plan: Plan) -> None:
    fresh = None
    if plan.fresh > 0:
        made = await rows(_ADD_LOT, [card_id, posting_id, plan.fresh, plan.expires_at])
        fresh = made[0]["id"]
    for lot_id, change in plan.drawn.items():
        await rows(_DRAW, [lot_id, change, card_id])
    entries = [
        (posting_id, e.book.value, e.lot_id or (fresh if e.book is Book.POINTS else None), e.amount)
        for e in plan.entries
    ]
    flat = [value for entry in entries for value in entry]
    await rows(_ADD_ENTRIES + places(len(entries), 4), flat)
