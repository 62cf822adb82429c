"""Points of cards that the built-in ledger keeps: moved by the till, and what has moved them."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.ledger.accrue import accrue
from backend.ledger.by_key import noted
from backend.ledger.capture import capture
from backend.ledger.card import card_with_id
from backend.ledger.hold import hold
from backend.ledger.order import LONGEST_KEY, LONGEST_REASON, LedgerCard, Posted
from backend.ledger.release import release
from backend.ledger.reverse import reverse
from backend.ledger.spend import spend
from backend.platform.context import Context
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.shared import instant, row_id, without_nothing
from catalog.entries.points import Points
from catalog.entries.values.entry import Entry
from catalog.entries.values.scalars import Whole
from catalog.entries.values.texts import Text
from catalog.points_text import points_text
from models.ledger import Book, Posting, PostingKind
from models.refusal import Code

DOOR = "api:v1/ledger"
_KEY = Text(
    LONGEST_KEY,
    wanted="the posting's key",
    like=re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}"),
    form="letters, digits and . _ : -, at most 100",
)
Id = Annotated[int, Whole(1, 10**12 - 1)]
Amount = Annotated[int, Points()]
POSTED: Mapping[str, Any] = {
    "id": 9100, "amount": "150.00", "balance": "450.00", "held": "0.00", "new": True,
}  # fmt: skip
MOVED: Mapping[str, Any] = {
    "id": 9100, "kind": "spend", "amount": "150.00", "change": "-150.00",
    "reason": "Receipt 1841", "key": "1841", "at": "2026-11-27T12:30:00Z",
}  # fmt: skip


class PostingShown(BaseModel):
    """What was posted, and what stands afterwards. Decimal texts."""

    id: int = Field(description="Of the posting; a hold is known by it.")
    amount: str = Field(description="What was moved.")
    balance: str = Field(description="What may be spent now.")
    held: str = Field(description="What is set aside now.")
    new: bool = Field(description="false: its key came before, and nothing was done again.")


class MovementShown(BaseModel):
    """What moved the points of a card."""

    id: int = Field(description="Of the posting.")
    kind: str = Field(
        description="accrue, welcome, birthday, spend, hold, capture, release, reverse, expire, "
        "correct or close."
    )
    amount: str = Field(description="What was posted.")
    change: str = Field(description="What may be spent more or less since.")
    reason: str | None = Field(default=None, description="As the owner sees it.")
    key: str = Field(description="By which it was posted; of the house with a ~.")
    of: int | None = Field(default=None, description="The posting or the hold that it is about.")
    at: str = Field(description="When.")


class Moved(Entry):
    """Of every posting."""

    key: Annotated[str, _KEY] = Field(
        description="Yours, unique per card: the same posting again under it changes nothing.",
        examples=["1841"],
    )
    reason: Annotated[str, Text(LONGEST_REASON)] = Field(
        default="", description="Shown to the owner.", examples=["Receipt 1841"]
    )


class Some(Moved):
    """So many points."""

    amount: Amount = Field(description="A decimal text.", examples=["150.00"])


class OfHold(Moved):
    """All that a hold has set aside."""

    hold: Id = Field(description="The id of the posting that set it aside.", examples=[9100])


class SomeOfHold(OfHold):
    """So many of the points that a hold has set aside; the rest goes back."""

    amount: Amount | None = Field(
        default=None, description="A decimal text; all of it, if left out.", examples=["150.00"]
    )


class OfPosting(Moved):
    """A posting, whole or in part."""

    posting: Id = Field(description="The id of what is taken back.", examples=[9100])
    amount: Amount | None = Field(
        default=None, description="A decimal text; all that is left, if left out.",
        examples=["150.00"],
    )  # fmt: skip


Simple = Callable[[Context, LedgerCard, int, str, str], Awaitable[Posted]]
About = Callable[[Context, LedgerCard, int, int, str, str], Awaitable[Posted]]


async def _card(asked: Asked) -> LedgerCard:
    return await card_with_id(asked.scope, row_id(asked.path["card"]))


def _some(kind: PostingKind, does: Simple) -> Callable[[Asked], Awaitable[Answer]]:
    async def work(asked: Asked) -> Answer:
        body, card = asked.entered(Some), await _card(asked)

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
)  # fmt: skip
