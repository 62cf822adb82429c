"""Look up what an account's own system said has changed, and put it on the cards."""

from datetime import datetime
from typing import cast

from backend.events.partners import PartnerCalled
from backend.hooks.adopt_card import Overtaken, adopt_card
from backend.hooks.adopt_sale import adopt_sale
from backend.outbox.happened import Happened
from backend.partners.hooked import hooked
from backend.partners.registry import ConnectedProcessors
from backend.partners.said import Found, Said
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings, TryLater
from backend.platform.watch.use_case_log import log_of
from models.connection import Connection, ConnectionStatus
from models.program import Program
from models.sale import SaleSource

# Who is overtaken asks again.
TRIES = 3


async def take_in(ctx: Context, happened: Happened[PartnerCalled]) -> None:
    """Idempotent: what stands there now is written, whatever was said before. Raises TryLater,
    NeedsSettings, GiveUp."""
    event = happened.event
    # of all: the connection of the event
    connection = await Connection.get_or_none(id=event.connection_id)
    if connection is None or connection.status is ConnectionStatus.PAUSED:
        return
    if ctx.processors is None:
        raise NeedsSettings("this process has opened no connections")
    opened = await cast("ConnectedProcessors", ctx.processors).connections.open(connection)
    vendor = hooked(connection.vendor)
    about, source = Said(event.kind, event.subject), SaleSource(vendor.source)
    for _ in range(TRIES):
        await opened.rate.comes()
        asked_at = ctx.clock()
        found = await vendor.look(opened.settings, opened.secrets, opened.way, about)
        try:
            await _put(ctx, connection, source, found, asked_at)
        except Overtaken:
            continue
        return
    raise TryLater("the balance was told by others, again and again")


async def _put(
    ctx: Context, connection: Connection, source: SaleSource, found: Found, asked_at: datetime
) -> None:
    programs = await _programs(connection, found)
    put = 0
    for card in found.cards:
        put += await adopt_card(ctx, programs, card, asked_at)
    for sale in found.sales:
        put += await adopt_sale(ctx, connection.account_id, programs, source, sale)
    log = log_of(ctx, __name__)
    log.info("what a partner said is taken in", connection=connection.key, put=put)


async def _programs(connection: Connection, found: Found) -> list[Program]:
    """Those that the connection's settings name, those that are told of it, else the account's:
    the first first."""
    mine = await Program.filter(account_id=connection.account_id).order_by("id")
    if found.programs:
        by_key = {program.key: program for program in mine}
        return [by_key[key] for key in found.programs if key in by_key]
    told = [program for program in mine if program.connection_id == connection.id]
    return told or mine
