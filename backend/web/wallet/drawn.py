"""Signed passes as answers: to devices that ask for the newest version, and to browsers in which
somebody adds a card."""

import asyncio
from datetime import UTC, datetime
from email.utils import format_datetime

from aiohttp import web

from backend.platform.context import Context
from backend.wallets.apple.latest import Latest, handed, latest
from backend.wallets.token import pass_token
from backend.web.keys import SETTINGS
from backend.web.wallet.opened import APPLE
from models.wallet_pass import WalletPass

_TYPE = "application/vnd.apple.pkpass"


async def answer_with(
    request: web.Request, ctx: Context, held: WalletPass, since: datetime | None = None
) -> web.Response:
    """304 to who has it already; 503 while nothing signs passes of its type."""
    found = await latest(ctx, held, request.app[SETTINGS].base_url)
    headers = {
        "Last-Modified": format_datetime(found.held.changed_at.astimezone(UTC), usegmt=True),
        "Cache-Control": "no-store",
    }
    if since is not None and found.held.changed_at <= since:
        await handed(found.held)
        return web.Response(status=304, headers=headers)
    content = await signed(request.app, ctx, found)
    if content is None:
        return web.Response(status=503, headers=headers)
    await handed(found.held)
    return web.Response(body=content, content_type=_TYPE, headers=headers)


async def signed(app: web.Application, ctx: Context, found: Latest) -> bytes | None:
    """None: no certificate of its type. In a thread: a signature keeps a core busy, and pictures
    that were never drawn keep it longer."""
    passes = app[APPLE]
    maker = passes.maker(found.held.issuer) if passes is not None else None
    if maker is None:
        return None
    token = pass_token(ctx.vault, found.held.serial)
    return await asyncio.to_thread(maker.make, found.face, token, ctx.clock())
