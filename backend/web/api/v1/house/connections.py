"""Connections: an account says how its own system is reached, and sees how that goes."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.connections.connect import ConnectionOrder, ConnectionUnfit, Mistake, connect
from backend.connections.look import looked_at
from backend.connections.steer import connection_named, retry, steer
from backend.connections.try_connection import try_connection
from backend.partners.finding import Finding
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.trouble import Problem, Trouble, Wrong
from backend.web.api.v1.shared import NewKey, instant, without_nothing
from catalog.entries.values.entry import Entry
from catalog.entries.values.texts import Text
from models.connection import Connection, ConnectionStatus
from models.refusal import Code, Refusal

DOOR = "api:v1/connections"
EXAMPLE: Mapping[str, Any] = {
    "key": "crm",
    "vendor": "loyalty_online",
    "settings": {"url": "https://loyalty.lavka.example"},
    "status": "active",
    "created_at": "2026-11-27T12:30:00Z",
}
_PROGRESS: Mapping[str, Any] = {
    "waiting": 2,
    "failed": 0,
    "cards_awaited": 1,
    "awaited_since": "2026-11-27T12:30:00Z",
}
_CHECKED: Mapping[str, Any] = {
    "good": False,
    "findings": [
        {"good": True, "what": "the address answers"},
        {"good": False, "what": "the password is refused", "who": "the brand"},
    ],
}
_ENTRY: Mapping[str, Any] = {
    "vendor": "loyalty_online",
    "settings": {"url": "https://loyalty.lavka.example"},
    "secrets": {"user": "karman", "password": "…"},
}


class ConnectionEntry(Entry):
    """How a system of yours is reached."""

    vendor: Annotated[str, Text(32)] = Field(
        description="Whose system it is: docs/connections.md lists them.", examples=["mindbox"]
    )
    settings: dict[str, Any] = Field(
        default_factory=dict,
        description="What the vendor's page names; what is left out has its default.",
        examples=[{"url": "https://loyalty.lavka.example"}],
    )
    secrets: dict[str, Any] | None = Field(
        default=None,
        description="Keys and passwords: kept sealed and never shown. Left out, they stay.",
        examples=[{"user": "karman", "password": "…"}],
    )


class ConnectionMade(ConnectionEntry):
    """A system, and the key by which programs are to name it."""

    key: NewKey


class ConnectionShown(BaseModel):
    """A connection without its secrets."""

    key: str = Field(description="By which programs name it.")
    vendor: str = Field(description="Whose system it is.")
    settings: dict[str, Any] = Field(description="With every default.")
    status: str = Field(
        description="active, paused, or broken: nothing is tried until the settings are changed."
    )
    reason: str | None = Field(default=None, description="Why it is broken, in plain words.")
    created_at: str = Field(description="When it was made.")


class ProgressShown(BaseModel):
    """How telling that system goes."""

    waiting: int = Field(description="People of whom there is something to tell.")
    failed: int = Field(description="People of whom your system would not hear.")
    cards_awaited: int = Field(description="Cards that are made once your system answers.")
    awaited_since: str | None = Field(default=None, description="The oldest of them.")
    failing_since: str | None = Field(default=None, description="Since when nobody answers.")


class FindingShown(BaseModel):
    """What was found out when it was tried."""

    good: bool = Field(description="Whether it is as it should be.")
    what: str = Field(description="In plain words.")
    who: str | None = Field(default=None, description="Who mends it.")


class CheckShown(BaseModel):
    """The whole of a try."""

    good: bool = Field(description="Whether everything is.")
    findings: list[FindingShown] = Field(description="In the order in which it was tried.")


class RetryShown(BaseModel):
    """What is told again."""

    people: int = Field(description="How many.")


def _shown(row: Connection) -> dict[str, Any]:
    return without_nothing(
        {
            "key": row.key,
            "vendor": row.vendor,
            "settings": dict(row.settings),
            "status": row.status.value,
            "reason": row.reason,
            "created_at": instant(row.created_at),
        }
    )


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[Connection]) -> list[Shown]:
        return [_shown(row) for row in rows]

    return await page(asked, asked.scope.connections(), show)


async def _named(asked: Asked) -> Connection:
    """Refuses with connection_not_found."""
    account = await asked.account()
    return await connection_named(asked.scope, account.key, asked.path["connection"])


async def stands(asked: Asked) -> Mapping[str, Any]:
    row = await _named(asked)
    return _shown(await asked.scope.connections().filter(id=row.id).select_for_update().get())


async def one(asked: Asked) -> Answer:
    return Answer(_shown(await _named(asked)))


async def progress(asked: Asked) -> Answer:
    (look,) = await looked_at(asked.scope, (await _named(asked)).id)
    return Answer(
        without_nothing(
            {
                "waiting": look.waiting,
                "failed": look.failed,
                "cards_awaited": look.requests,
                "awaited_since": instant(look.since),
                "failing_since": instant(look.connection.failing_since),
            }
        )
    )


async def enter(asked: Asked) -> Answer:
    made = asked.entered(ConnectionMade)
    account = await asked.account()
    if await asked.scope.connections().filter(account_id=account.id, key=made.key).exists():
        raise Refusal(Code.KEY_TAKEN)
    row = await _saved(asked, made.key, made)
    return Answer(_shown(row), f"{PREFIX}/connections/{made.key}")


async def replace(asked: Asked) -> Answer:
    await _named(asked)
    return Answer(
        _shown(await _saved(asked, asked.path["connection"], asked.entered(ConnectionEntry)))
    )


async def _saved(asked: Asked, key: str, entry: ConnectionEntry) -> Connection:
    account = await asked.account()
    order = ConnectionOrder(account.id, key, entry.vendor, entry.settings, entry.secrets)
    try:
        return await connect(asked.ctx, order)
    except ConnectionUnfit as unfit:
        wrong = tuple(_wrong(each) for each in unfit.mistakes)
        raise Problem(Trouble.INPUT_INVALID, errors=wrong) from None


def _wrong(mistake: Mistake) -> Wrong:
    where = "/" + mistake.where.replace(".", "/")
    return Wrong(mistake.what, "what the vendor's page says", pointer=where)


async def pause(asked: Asked) -> Answer:
    return await _steered(asked, ConnectionStatus.PAUSED)


async def resume(asked: Asked) -> Answer:
    return await _steered(asked, ConnectionStatus.ACTIVE)


async def _steered(asked: Asked, status: ConnectionStatus) -> Answer:
    account = await asked.account()
    row = await steer(asked.ctx, asked.scope, account.key, asked.path["connection"], status)
    return Answer(_shown(row))


async def try_again(asked: Asked) -> Answer:
    account = await asked.account()
    number = await retry(asked.ctx, asked.scope, account.key, asked.path["connection"])
    return Answer({"people": number})


async def tried(asked: Asked) -> list[Finding]:
    """Outside of the transaction: it goes over the network."""
    row = await _named(asked)
    return [each async for each in try_connection(asked.ctx, row)]


async def check(asked: Asked) -> Answer:
    found: list[Finding] = asked.ready
    told = [
        without_nothing({"good": each.good, "what": each.what, "who": each.who}) for each in found
    ]
    return Answer({"good": all(each.good for each in found), "findings": told})


_FOUND = (Code.CONNECTION_NOT_FOUND,)
OPERATIONS = (
    Operation(
        "GET", "/connections", DOOR, Right.CONNECTIONS, "List connections", every,
        ConnectionShown, ListQuery, example=EXAMPLE, paged=True,
    ),
    Operation(
        "POST", "/connections", DOOR, Right.CONNECTIONS, "Connect a system", enter,
        ConnectionShown, Query, body=ConnectionMade, body_example={"key": "crm", **_ENTRY},
        example=EXAMPLE, status=201, etag=True,
        refusals=(Code.KEY_INVALID, Code.KEY_TAKEN, Code.TOO_MANY_CONNECTIONS),
        about="Programs name it by its key; nothing is told before one does.",
    ),
    Operation(
        "GET", "/connections/{connection}", DOOR, Right.CONNECTIONS, "Read a connection", one,
        ConnectionShown, Query, example=EXAMPLE, etag=True, refusals=_FOUND,
    ),
    Operation(
        "PUT", "/connections/{connection}", DOOR, Right.CONNECTIONS, "Change a connection",
        replace, ConnectionShown, Query, body=ConnectionEntry, body_example=_ENTRY,
        example=EXAMPLE, etag=True, stands=stands, refusals=(*_FOUND, Code.KEY_TAKEN),
        about="One that is broken is tried anew: what has waited goes by itself.",
    ),
    Operation(
        "GET", "/connections/{connection}/progress", DOOR, Right.CONNECTIONS,
        "See how it goes", progress, ProgressShown, Query, example=_PROGRESS, refusals=_FOUND,
    ),
    Operation(
        "POST", "/connections/{connection}/pause", DOOR, Right.CONNECTIONS,
        "Pause a connection", pause, ConnectionShown, Query,
        example={**EXAMPLE, "status": "paused"}, refusals=_FOUND,
        about="Cards are given on where they can be; what there is to tell waits.",
    ),
    Operation(
        "POST", "/connections/{connection}/resume", DOOR, Right.CONNECTIONS,
        "Resume a connection", resume, ConnectionShown, Query, example=EXAMPLE, refusals=_FOUND,
    ),
    Operation(
        "POST", "/connections/{connection}/retry", DOOR, Right.CONNECTIONS,
        "Tell again what was refused", try_again, RetryShown, Query, example={"people": 3},
        refusals=_FOUND,
    ),
    Operation(
        "POST", "/connections/{connection}/check", DOOR, Right.CONNECTIONS,
        "Try a connection", check, CheckShown, Query, example=_CHECKED, ready=tried,
        refusals=_FOUND, about="For real: credentials, each configured operation, a read.",
    ),
)  # fmt: skip
