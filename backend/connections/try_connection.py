"""Try a connection for real: credentials, each configured operation, the clock, one read."""

from collections.abc import AsyncIterator
from typing import cast

from backend.partners.finding import Finding
from backend.partners.registry import ConnectedProcessors
from backend.platform.context import Context
from backend.platform.failures import Failure, NeedsSettings
from models.connection import Connection


async def try_connection(ctx: Context, connection: Connection) -> AsyncIterator[Finding]:
    """One finding after the other. What a check did not foresee is a finding too."""
    if ctx.processors is None:
        yield Finding(False, "this process has opened no connections", "the operator")
        return
    connections = cast("ConnectedProcessors", ctx.processors).connections
    try:
        opened = await connections.open(connection)
        async for finding in opened.vendor.check(opened.settings, opened.secrets, opened.way):
            yield finding
    except NeedsSettings as missing:
        yield Finding(False, missing.reason, "you")
    except Failure as wrong:
        yield Finding(False, wrong.reason, "whoever runs the other side")
