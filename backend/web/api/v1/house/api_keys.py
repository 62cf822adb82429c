"""Keys: an account looks after its own."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field

from backend.access.find_keys import is_good, key_named
from backend.access.issue_key import Issued, KeyOrder, issue_key
from backend.access.revoke_key import revoke_key
from backend.access.rights import Right
from backend.access.rotate_key import rotate_key
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.trouble import Problem, Trouble, Wrong
from backend.web.api.v1.shared import instant, without_nothing
from catalog.entries.values.around import Around
from catalog.entries.values.entry import Entry
from catalog.entries.values.lists import Listed
from catalog.entries.values.moments import Moment
from catalog.entries.values.scalars import Whole, Word
from catalog.entries.values.texts import Text
from models.api_key import ApiKey
from models.refusal import Code

DOOR = "api:v1/api_keys"
MOST_HOURS = 24 * 90
_GIVEN = tuple(right for right in Right if right is not Right.OPERATOR)
_SCOPES = Listed(
    len(_GIVEN),
    "has {} scopes",
    f"1 to {len(_GIVEN)}",
    least=1,
    wanted="a list of scopes",
    again="{} stands twice in scopes",
)
EXAMPLE: Mapping[str, Any] = {
    "id": "8fJ2kQ0aZx",
    "name": "CRM",
    "scopes": ["brands:read", "numbers:write"],
    "state": "good",
    "created_at": "2026-11-27T12:30:00Z",
    "expires_at": "2027-11-27T00:00:00Z",
}
# Of the right form and of no key.
_TEXT = "karman_8fJ2kQ0aZx_" + "0" * 49


class KeyShown(BaseModel):
    """A key without its secret."""

    id: str = Field(description="The part of the key behind `karman_`.")
    name: str | None = Field(default=None, description="Who uses it.")
    scopes: list[str] = Field(description="What it may do.")
    state: str = Field(description="good, rotated (good for a while), expired or revoked.")
    created_at: str = Field(description="When it was issued.")
    expires_at: str | None = Field(default=None, description="The first moment it is not good.")
    last_used_at: str | None = Field(default=None, description="To about a minute.")
    revoked_at: str | None = Field(default=None, description="When it was taken away.")


class KeyIssued(KeyShown):
    """A key, whole: this once."""

    key: str = Field(description="Keep it: it is told in this answer alone.")


class KeyAsked(Entry):
    """What the key is to be."""

    name: Annotated[str, Text(100)] = Field(description="Who uses it.", examples=["CRM"])
    scopes: Annotated[tuple[Annotated[Right, Word(_GIVEN)], ...], _SCOPES] = Field(
        description="What it may do: none that your own key may not.",
        examples=[["brands:read", "numbers:write"]],
    )
    expires: Annotated[datetime | None, Moment()] = Field(
        default=None,
        description="A date or a time of UTC; never later than your own key.",
        examples=["2027-11-27"],
    )


class Rotation(Entry):
    """How long both are good."""

    overlap_hours: Annotated[int, Whole(0, MOST_HOURS)] = Field(
        default=24, description="Until the old key ends.", examples=[24]
    )


async def around(_asked: Asked) -> Around:
    return Around(ZoneInfo("UTC"))


def _key(asked: Asked, row: ApiKey) -> dict[str, Any]:
    good = is_good(row, asked.ctx.clock())
    state = "revoked" if row.revoked_at else "good" if good else "expired"
    return without_nothing(
        {
            "id": row.public_id,
            "name": row.name,
            "scopes": list(row.scopes),
            "state": "rotated" if good and row.replaced_by else state,
            "created_at": instant(row.created_at),
            "expires_at": instant(row.expires_at),
            "last_used_at": instant(row.last_used_at),
            "revoked_at": instant(row.revoked_at),
        }
    )


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[ApiKey]) -> list[Shown]:
        return [_key(asked, row) for row in rows]

    return await page(asked, asked.scope.api_keys(), show, newest_first=True)


async def one(asked: Asked) -> Answer:
    return Answer(_key(asked, await key_named(asked.scope, asked.path["key"])))


async def issue(asked: Asked) -> Answer:
    account, wanted = await asked.account(), asked.entered(KeyAsked)
    if wanted.expires is not None and wanted.expires <= asked.ctx.clock().astimezone(UTC):
        wrong = Wrong("expires is past", "a time to come", pointer="/expires")
        raise Problem(Trouble.INPUT_INVALID, errors=(wrong,))
    order = KeyOrder(account.id, wanted.name, frozenset(wanted.scopes), wanted.expires)
    return _issued(asked, await issue_key(asked.ctx, order, asked.holder.grantor))


async def rotate(asked: Asked) -> Answer:
    overlap = timedelta(hours=asked.entered(Rotation).overlap_hours)
    named, grantor = asked.path["key"], asked.holder.grantor
    return _issued(asked, await rotate_key(asked.ctx, asked.scope, named, overlap, grantor))


def _issued(asked: Asked, made: Issued) -> Answer:
    value = {**_key(asked, made.key), "key": made.text}
    return Answer(value, f"{PREFIX}/api-keys/{made.key.public_id}")


async def revoke(asked: Asked) -> Answer:
    await revoke_key(asked.ctx, asked.scope, asked.path["key"])
    return Answer(None)


OPERATIONS = (
    Operation(
        "GET", "/api-keys", DOOR, Right.KEYS, "List keys", every, KeyShown, ListQuery,
        example=EXAMPLE, paged=True, about="The newest first, ended ones too.",
    ),
    Operation(
        "POST", "/api-keys", DOOR, Right.KEYS, "Issue a key", issue, KeyIssued, Query,
        body=KeyAsked, around=around, status=201, example={**EXAMPLE, "key": _TEXT},
        body_example={
            "name": "CRM", "scopes": ["brands:read", "numbers:write"], "expires": "2027-11-27",
        },
        about="It may nothing that your own key may not, and ends with it at the latest. Asked "
        "again with the same Idempotency-Key, within a day or two, the key is told again.",
    ),
    Operation(
        "GET", "/api-keys/{key}", DOOR, Right.KEYS, "Read a key", one, KeyShown, Query,
        example=EXAMPLE, refusals=(Code.API_KEY_NOT_FOUND,),
    ),
    Operation(
        "POST", "/api-keys/{key}/rotate", DOOR, Right.KEYS, "Rotate a key", rotate, KeyIssued,
        Query, body=Rotation, body_example={"overlap_hours": 24}, status=201,
        example={**EXAMPLE, "key": _TEXT},
        refusals=(Code.API_KEY_NOT_FOUND, Code.API_KEY_ENDED),
        about="A new key that may the same; the old one ends when the overlap is over.",
    ),
    Operation(
        "DELETE", "/api-keys/{key}", DOOR, Right.KEYS, "Revoke a key", revoke, None, Query,
        status=204, refusals=(Code.API_KEY_NOT_FOUND,),
        about="Its next request is refused. Revoked again it stays as it is.",
    ),
)  # fmt: skip
