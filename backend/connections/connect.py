"""Connect an account's own system, or change how it is reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from backend.brands.keys import check_key
from backend.partners.opened import sealed
from backend.partners.vendors import FOLDERS, vendor
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.audit import Change, note
from backend.platform.watch.use_case_log import log_of
from models.account import Account
from models.audit_entry import Verb
from models.connection import Connection, ConnectionStatus
from models.refusal import Code, Refusal

# Of one account.
MOST = 20
# of all: what one connection has waiting
_MEMBERS_NOW = """
UPDATE partner_members SET available_at = $1, attempts = 0
WHERE connection_id = $2 AND state = 'waiting'
"""
# of all: what one connection has waiting
_REQUESTS_NOW = """
UPDATE card_requests SET available_at = $1, attempts = 0
WHERE connection_id = $2 AND state = 'waiting'
"""


@dataclass(frozen=True, slots=True)
class Mistake:
    """`where` is a field of settings or secrets, such as "settings.url"."""

    where: str
    what: str


class ConnectionUnfit(ValueError):
    """The settings cannot be used: every mistake, none with its value."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("; ".join(f"{each.where}: {each.what}" for each in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class ConnectionOrder:
    """`secrets` None leaves those that there are."""

    account_id: int
    key: str
    vendor: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, Any] | None = field(default=None, repr=False)


async def connect(ctx: Context, order: ConnectionOrder) -> Connection:
    """The connection of this key, new or as it is from now on; what has waited for it goes at once.
    Raises ConnectionUnfit. Refuses with key_invalid, key_taken (another vendor's) and
    too_many_connections (most)."""
    check_key(order.key)
    async with transaction():
        # of all: the account that asks; of two at once the second waits for the first
        await Account.filter(id=order.account_id).select_for_update()
        there = Connection.filter(account_id=order.account_id, key=order.key)
        row = await there.select_for_update().first()
        if row is None:
            await _check_room(order.account_id)
        elif row.vendor != order.vendor:
            raise Refusal(Code.KEY_TAKEN)
        settings = _checked(order, known=row is not None)
        if row is None:
            row = await _made(ctx, order, settings)
        else:
            await _change(ctx, row, order, settings)
        await note_connection(ctx, Verb.SAVE_CONNECTION, row)
    log_of(ctx, __name__).info("a connection is saved", connection=row.id, vendor=row.vendor)
    return row


async def _check_room(account_id: int) -> None:
    if await Connection.filter(account_id=account_id).count() >= MOST:
        raise Refusal(Code.TOO_MANY_CONNECTIONS, most=MOST)


def _checked(order: ConnectionOrder, *, known: bool) -> dict[str, Any]:
    """The settings as they are kept. Raises ConnectionUnfit."""
    if order.vendor not in FOLDERS:
        raise ConnectionUnfit([Mistake("vendor", f"expected one of {', '.join(sorted(FOLDERS))}")])
    kind = vendor(order.vendor)
    mistakes: list[Mistake] = []
    kept: dict[str, Any] = {}
    try:
        kept = kind.settings.model_validate(dict(order.settings)).model_dump(mode="json")
    except ValidationError as wrong:
        mistakes += _mistakes("settings", wrong)
    if order.secrets is not None or not known:
        try:
            kind.secrets.model_validate(dict(order.secrets or {}))
        except ValidationError as wrong:
            mistakes += _mistakes("secrets", wrong)
    if mistakes:
        raise ConnectionUnfit(mistakes)
    return kept


def _mistakes(part: str, wrong: ValidationError) -> list[Mistake]:
    found = wrong.errors(include_input=False, include_url=False, include_context=False)
    return [
        Mistake(".".join([part, *(str(each) for each in one["loc"])]), str(one["msg"]))
        for one in found
    ]


async def _made(ctx: Context, order: ConnectionOrder, settings: dict[str, Any]) -> Connection:
    return await Connection.create(
        account_id=order.account_id,
        key=order.key,
        vendor=order.vendor,
        settings=settings,
        sealed=sealed(ctx.vault, order.secrets or {}),
        created_at=ctx.clock(),
    )


async def _change(
    ctx: Context, row: Connection, order: ConnectionOrder, settings: dict[str, Any]
) -> None:
    """It is tried anew, unless somebody has paused it."""
    row.settings = settings
    if order.secrets is not None:
        row.sealed = sealed(ctx.vault, order.secrets)
    row.version += 1
    if row.status is ConnectionStatus.BROKEN:
        row.status, row.reason = ConnectionStatus.ACTIVE, ""
    await start_afresh(ctx, row)


async def start_afresh(ctx: Context, row: Connection) -> None:
    """Inside a transaction: what has waited goes now."""
    row.failures, row.failing_since, row.rests_until = 0, None, None
    await row.save()
    await rows(_MEMBERS_NOW, [ctx.clock(), row.id])
    await rows(_REQUESTS_NOW, [ctx.clock(), row.id])


async def note_connection(ctx: Context, verb: Verb, row: Connection) -> None:
    """Inside the transaction: into the trail of the account, without the secrets."""
    what = {"key": row.key, "vendor": row.vendor, "status": row.status.value}
    what |= {"reason": row.reason} if row.reason else {}
    await note(
        ctx, verb, "connection", row.id, account_id=row.account_id, change=Change(after=what)
    )
