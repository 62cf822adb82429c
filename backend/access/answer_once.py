"""A change is made and answered in one transaction, and the same request is answered again.

Of two that ask the same at once, the second waits for the first at the unique row that both
write; it then finds the answer, or, when the first came to nothing, its own turn. Whatever is
killed in between leaves neither the change nor the answer.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import orjson

from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.dialect import parsed

_KEY = "api"
_BATCH = 500
_TURNS = 5


@dataclass(frozen=True, slots=True)
class Book:
    """Where answers are kept, and the column of who has asked."""

    table: str
    asker: str


KEYS = Book("api_answers", "api_key_id")
FACADES = Book("facade_answers", "login_id")
# of all: whoever asks has proven to hold the key
_CLAIM = """
INSERT INTO {table} ({asker}, idempotency_key, digest, headers, created_at)
VALUES ($1, $2, $3, '{{}}', $4)
ON CONFLICT ({asker}, idempotency_key) DO NOTHING
RETURNING id
"""
# of all: whoever asks has proven to hold the key
_FOUND = "SELECT * FROM {table} WHERE {asker} = $1 AND idempotency_key = $2"
# of all: the row that was claimed by this very request
ANSWER = "UPDATE {table} SET status = $2, headers = $3, body = $4 WHERE id = $1"
# of all: answers of everybody are kept for the same time
_OLD = """
DELETE FROM {table} WHERE id IN (
    SELECT id FROM {table} WHERE created_at < $1 ORDER BY created_at LIMIT $2)
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given. What asks for another try is not `kept`. `pieces` are the body of
    what is only read, when it is too long to be held."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    again: bool = False
    pieces: AsyncIterator[bytes] | None = None

    @property
    def kept(self) -> bool:
        return self.status != 429 and self.status < 500


@dataclass(frozen=True, slots=True)
class Request:
    """`idempotency_key` is the asker's; `digest` is of all that they ask (SHA-256, hex)."""

    asker_id: int
    idempotency_key: str
    digest: str
    book: Book = KEYS

    def written(self, statement: str) -> str:
        return statement.format(table=self.book.table, asker=self.book.asker)


class AskedOtherwise(Exception):
    """The same key came before with another request."""


class _Undone(Exception):
    """Ends the transaction: what was begun is undone, and this is the answer."""

    def __init__(self, given: Given) -> None:
        super().__init__()
        self.given = given


Work = Callable[[], Awaitable[Given]]
# What is answered to an exception of the work; None for what is no answer.
Refused = Callable[[Exception], Given | None]


async def change(work: Work) -> Given:
    """All of it or nothing. What `work` raises is raised."""
    async with transaction():
        return await work()


async def answer_once(ctx: Context, request: Request, work: Work, refused: Refused) -> Given:
    """Raises AskedOtherwise, and what `work` raises and `refused` does not answer: then the
    request was not answered, and the same may be asked again."""
    for _ in range(_TURNS):
        try:
            async with transaction():
                row_id = await _claim(ctx, request)
                if row_id is not None:
                    return await _keep(ctx, request, row_id, await _tried(work, refused))
                if (found := await _given(ctx, request)) is not None:
                    return found
        except _Undone as undone:
            work = partial(_same, undone.given)
            if not undone.given.kept:
                return undone.given
        # It was undone and is kept now, or the answer of another was cleared away in between.
    raise TimeoutError


async def _claim(ctx: Context, request: Request) -> int | None:
    values = [request.asker_id, request.idempotency_key, request.digest, ctx.clock()]
    made = await rows(request.written(_CLAIM), values)
    return int(made[0]["id"]) if made else None


async def _given(ctx: Context, request: Request) -> Given | None:
    found = await rows(request.written(_FOUND), [request.asker_id, request.idempotency_key])
    if not found:
        return None
    (row,) = found
    if row["digest"] != request.digest:
        raise AskedOtherwise
    body = ctx.vault.open_service(_KEY, row["body"])
    return Given(row["status"], parsed(row["headers"]), body, again=True)


async def _keep(ctx: Context, request: Request, row_id: int, given: Given) -> Given:
    await rows(request.written(ANSWER), as_kept(ctx, row_id, given))
    return given


def as_kept(ctx: Context, row_id: int, given: Given) -> list[Any]:
    """Values of ANSWER."""
    headers = orjson.dumps(dict(given.headers)).decode()
    return [row_id, given.status, headers, ctx.vault.seal_service(_KEY, given.body)]


async def _tried(work: Work, refused: Refused) -> Given:
    """Raises _Undone for a refusal: it is an answer like any other, and comes rarely, so that no
    savepoint is made for it beforehand."""
    try:
        given = await work()
    except Exception as error:
        answered = refused(error)
        if answered is None:
            raise
        raise _Undone(answered) from error
    if not given.kept:
        raise _Undone(given)
    return given


async def _same(given: Given) -> Given:
    """What a request comes to whose work was undone: the same answer, to be kept."""
    return given


async def forget_answers(before: datetime) -> int:
    """One batch of each; how many went."""
    gone = 0
    for book in (KEYS, FACADES):
        statement = _OLD.format(table=book.table)
        gone += len(await rows(statement, [before, _BATCH]))
    return gone
