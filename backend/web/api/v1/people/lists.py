"""Lists of cards: whom an account means by numbers of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.campaigns.audiences.read_numbers import NumbersUnfit, numbers_of
from backend.campaigns.audiences.save_list import (
    MOST_NUMBERS,
    Listing,
    drop_list,
    list_of,
    save_list,
)
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation, RawBody
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.trouble import Problem, Trouble, Wrong
from backend.web.api.v1.shared import NewKey, instant
from catalog.entries.messages.card_list import CardListEntry
from models.refusal import Code, Refusal
from models.segment import CardList

DOOR = "api:v1/lists"
LARGEST = 8 * 1024 * 1024
_CSV = "text/csv"
_ENTRY: Mapping[str, Any] = {
    "name": "Guests of the winter fair",
    "numbers": ["4600 0000 0001 5", "4600 0000 0002 2"],
}
EXAMPLE: Mapping[str, Any] = {
    "key": "winter-fair",
    "name": "Guests of the winter fair",
    "cards": 2,
    "unknown": 0,
    "created_at": "2026-11-28T08:00:00Z",
    "changed_at": "2026-11-28T08:00:00Z",
}


class ListMade(CardListEntry):
    """Numbers, and the key by which the list is to be known."""

    key: NewKey


class ListShown(BaseModel):
    """A list without its cards."""

    key: str = Field(description="By which segments name it.")
    name: str = Field(description="By which people find it.")
    cards: int = Field(description="How many cards of yours it has.")
    unknown: int = Field(
        description="How many of the numbers are of no card of yours that somebody carries."
    )
    created_at: str = Field(description="When it was made.")
    changed_at: str = Field(description="When its numbers last came.")


def _shown(row: CardList) -> dict[str, Any]:
    return {
        "key": row.key,
        "name": row.name,
        "cards": row.cards,
        "unknown": row.unknown,
        "created_at": instant(row.created_at),
        "changed_at": instant(row.changed_at),
    }


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[CardList]) -> list[Shown]:
        return [_shown(row) for row in rows]

    return await page(asked, asked.scope.card_lists(), show)


async def one(asked: Asked) -> Answer:
    account = await asked.account()
    return Answer(_shown(await list_of(asked.scope, account.id, asked.path["list"])))


async def stands(asked: Asked) -> Mapping[str, Any]:
    account = await asked.account()
    return _shown(await list_of(asked.scope, account.id, asked.path["list"], locked=True))


async def enter(asked: Asked) -> Answer:
    account, made = await asked.account(), asked.entered(ListMade)
    if await asked.scope.card_lists().filter(account_id=account.id, key=made.key).exists():
        raise Refusal(Code.KEY_TAKEN)
    listing = Listing(made.key, made.name, made.numbers or ())
    row = await save_list(asked.ctx, asked.scope, account.id, listing)
    return Answer(_shown(row), f"{PREFIX}/lists/{row.key}")


async def replace(asked: Asked) -> Answer:
    entry = asked.entered(CardListEntry)
    return await _saved(asked, entry.name, entry.numbers)


async def upload(asked: Asked) -> Answer:
    try:
        numbers = numbers_of(asked.raw, MOST_NUMBERS)
    except NumbersUnfit as unfit:
        wrong = Wrong(unfit.what, unfit.expected, pointer="")
        raise Problem(Trouble.INPUT_INVALID, errors=(wrong,)) from None
    return await _saved(asked, None, numbers)


async def _saved(asked: Asked, name: str | None, numbers: Sequence[str] | None) -> Answer:
    account, key = await asked.account(), asked.path["list"]
    await list_of(asked.scope, account.id, key)
    listing = Listing(key, name, numbers)
    return Answer(_shown(await save_list(asked.ctx, asked.scope, account.id, listing)))


async def drop(asked: Asked) -> Answer:
    account = await asked.account()
    await drop_list(asked.ctx, asked.scope, account.id, asked.path["list"])
    return Answer(None)


_NOT_FOUND = (Code.LIST_NOT_FOUND,)
_KEPT = (*_NOT_FOUND, Code.KEY_INVALID, Code.TOO_MANY_LISTS)
OPERATIONS = (
    Operation(
        "GET", "/lists", DOOR, Right.SEGMENTS, "List lists of cards", every, ListShown, ListQuery,
        example=EXAMPLE, paged=True,
    ),
    Operation(
        "POST", "/lists", DOOR, Right.SEGMENTS, "Keep a list of cards", enter, ListShown, Query,
        body=ListMade, body_example={"key": "winter-fair", **_ENTRY}, example=EXAMPLE, status=201,
        etag=True, refusals=(Code.KEY_INVALID, Code.KEY_TAKEN, Code.TOO_MANY_LISTS),
        about="Numbers of cards that are not yours are counted, and not kept.",
    ),
    Operation(
        "GET", "/lists/{list}", DOOR, Right.SEGMENTS, "Read a list of cards", one, ListShown,
        Query, example=EXAMPLE, etag=True, refusals=_NOT_FOUND,
    ),
    Operation(
        "PUT", "/lists/{list}", DOOR, Right.SEGMENTS, "Change a list of cards", replace,
        ListShown, Query, body=CardListEntry, body_example=_ENTRY, example=EXAMPLE, etag=True,
        stands=stands, refusals=_KEPT,
    ),
    Operation(
        "PUT", "/lists/{list}/numbers", DOOR, Right.SEGMENTS, "Upload the numbers of a list",
        upload, ListShown, Query, body=RawBody((_CSV,), LARGEST), example=EXAMPLE, etag=True,
        stands=stands, refusals=_KEPT,
        about=f"The body is the file itself: a number on each line, in its first column, at most "
        f"{MOST_NUMBERS}. What stood in the list before is gone.",
    ),
    Operation(
        "DELETE", "/lists/{list}", DOOR, Right.SEGMENTS, "Drop a list of cards", drop, None,
        Query, status=204, stands=stands, refusals=(*_NOT_FOUND, Code.LIST_IN_USE),
    ),
)  # fmt: skip
