"""Points of cards that the built-in ledger keeps: moved by the till, and what has moved them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from backend.access.rights import Right
from backend.ledger.accrue import accrue
from backend.ledger.by_key import noted
from backend.ledger.capture import capture
from backend.ledger.card import card_with_id
from backend.ledger.correct import correct
from backend.ledger.hold import hold
from backend.ledger.order import LedgerCard, Posted
from backend.ledger.release import release
from backend.ledger.reverse import reverse
from backend.ledger.spend import spend
from backend.platform.context import Context
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.cards.ledger_entries import (
    Moved,
    MovementShown,
    OfHold,
    OfPosting,
    PostingShown,
    PutRight,
    Some,
    SomeOfHold,
)
from backend.web.api.v1.shared import instant, row_id, without_nothing
from catalog.points_text import points_text
from models.ledger import Book, Posting, PostingKind
from models.refusal import Code

DOOR = "api:v1/ledger"
POSTED: Mapping[str, Any] = {
    "id": 9100, "amount": "150.00", "balance": "450.00", "held": "0.00", "new": True,
}  # fmt: skip
MOVED: Mapping[str, Any] = {
    "id": 9100, "kind": "spend", "amount": "150.00", "change": "-150.00",
    "reason": "Receipt 1841", "key": "1841", "at": "2026-11-27T12:30:00Z",
}  # fmt: skip

Simple = Callable[[Context, LedgerCard, int, str, str], Awaitable[Posted]]


async def _card(asked: Asked) -> LedgerCard:
    return await card_with_id(asked.scope, row_id(asked.path["card"]))


def _some(
    kind: PostingKind, does: Simple, entry: type[Some | PutRight] = Some
) -> Callable[[Asked], Awaitable[Answer]]:
    async def work(asked: Asked) -> Answer:
        body, card = asked.entered(entry), await _card(asked)

        async def post() -> Posted:
            return await does(asked.ctx, card, body.amount, body.key, body.reason)

        return _posted(await noted(asked.ctx, card, kind, post))

    return work


async def captured(asked: Asked) -> Answer:
    body, card = asked.entered(SomeOfHold), await _card(asked)

    async def post() -> Posted:
        amount = body.amount or 0
        return await capture(asked.ctx, card, body.hold, amount, body.key, body.reason)

    return _posted(await noted(asked.ctx, card, PostingKind.CAPTURE, post))


async def released(asked: Asked) -> Answer:
    body, card = asked.entered(OfHold), await _card(asked)

    async def post() -> Posted:
        return await release(asked.ctx, card, body.hold, body.key, body.reason)

    return _posted(await noted(asked.ctx, card, PostingKind.RELEASE, post))


async def reversed_(asked: Asked) -> Answer:
    body, card = asked.entered(OfPosting), await _card(asked)

    async def post() -> Posted:
        amount = body.amount or 0
        return await reverse(asked.ctx, card, body.posting, amount, body.key, body.reason)

    return _posted(await noted(asked.ctx, card, PostingKind.REVERSE, post))


def _posted(posted: Posted) -> Answer:
    return Answer(
        {
            "id": posted.id,
            "amount": points_text(posted.amount),
            "balance": points_text(posted.available),
            "held": points_text(posted.held),
            "new": posted.new,
        }
    )


async def every(asked: Asked) -> Answer:
    card = await _card(asked)

    async def show(rows: Sequence[Posting]) -> list[Shown]:
        ids = [row.id for row in rows]
        entries = asked.scope.posting_entries().filter(posting_id__in=ids, book=Book.POINTS)
        changes = dict.fromkeys(ids, 0)
        for posting_id, amount in await entries.values_list("posting_id", "amount"):
            changes[posting_id] += amount
        return [_movement(row, changes[row.id]) for row in rows]

    return await page(
        asked, asked.scope.postings().filter(card_id=card.id), show, newest_first=True
    )


def _movement(row: Posting, change: int) -> dict[str, Any]:
    return without_nothing(
        {
            "id": row.id,
            "kind": row.kind.value,
            "amount": points_text(row.amount),
            "change": points_text(change),
            "reason": row.reason,
            "key": row.key,
            "of": row.of_id,
            "at": instant(row.at),
        }
    )


_ALWAYS = (Code.CARD_NOT_FOUND, Code.POSTING_DIFFERS)
_NEW = (*_ALWAYS, Code.CARD_BLOCKED)
_OF = (*_ALWAYS, Code.POSTING_NOT_FOUND, Code.POSTING_CLOSED)
_BODY = {"key": "1841", "reason": "Receipt 1841"}


def _post(
    verb: str,
    summary: str,
    does: Callable[[Asked], Awaitable[Answer]],
    body: type[Moved],
    more: Mapping[str, Any],
    refusals: tuple[Code, ...],
    about: str = "",
) -> Operation:
    return Operation(
        "POST", f"/cards/{{card}}/ledger/{verb}", DOOR, Right.LEDGER, summary, does, PostingShown,
        Query, body=body, body_example={**_BODY, **more}, example=POSTED, refusals=refusals,
        about=about,
    )  # fmt: skip


_SOME, _HOLD = {"amount": "150.00"}, {"hold": 9100}
_SHORT = (Code.NOT_ENOUGH_POINTS,)
OPERATIONS = (
    Operation(
        "GET", "/cards/{card}/ledger", DOOR, Right.LEDGER, "List what moved the points of a card",
        every, MovementShown, ListQuery, example=MOVED, paged=True,
        refusals=(Code.CARD_NOT_FOUND,), about="The newest first.",
    ),
    _post("accrue", "Give points", _some(PostingKind.ACCRUE, accrue), Some, _SOME, _NEW),
    _post("spend", "Spend points", _some(PostingKind.SPEND, spend), Some, _SOME, (*_NEW, *_SHORT),
        "What ends first is spent first."),
    _post("hold", "Set points aside", _some(PostingKind.HOLD, hold), Some, _SOME, (*_NEW, *_SHORT),
        "They go back by themselves when the time that the program gives is over."),
    _post("capture", "Spend what is set aside", captured, SomeOfHold, _HOLD, (*_OF, *_SHORT)),
    _post("release", "Give back what is set aside", released, OfHold, _HOLD, _OF),
    _post("reverse", "Take a posting back", reversed_, OfPosting, {"posting": 9100},
        (*_OF, *_SHORT), "Whole or in part: of what was given, spent or captured."),
    _post("correct", "Put a balance right", _some(PostingKind.CORRECT, correct, PutRight), PutRight,
        {"amount": "-150.00", "reason": "Given twice"}, (*_ALWAYS, *_SHORT),
        "By hand, with the reason: a mistake of somebody's. Of a blocked card, too; for tiers it "
        "does not count."),
)  # fmt: skip
