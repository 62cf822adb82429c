"""The engineer of a demo brand: a key of the API, and the webhook to the sandbox page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import orjson

from backend.access.authenticate import authenticate
from backend.access.find_keys import is_good, list_keys
from backend.access.issue_key import Issued, KeyOrder, issue_key
from backend.access.revoke_key import revoke_key
from backend.access.rights import Right
from backend.access.whose import account_called
from backend.platform.context import Context
from backend.platform.secrets.private_file import write_private
from backend.platform.settings import Settings
from backend.webhooks.find import list_webhooks
from backend.webhooks.steer import steer
from backend.webhooks.subscribe import WebhookOrder, subscribe
from models.account import Account
from models.webhook import WebhookStatus

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

# Of the demo brands the one with points, so that most of the API can be tried.
ACCOUNT = BRAND = "tom-tomych"
PROGRAM = "tom-tomych-readers"
COMMAND_LINE = "karman demo"
COMMAND_LINE_DAYS = 30
_PAGE = "sandbox page"
_FILE = "partner.json"


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """What the sandbox page keeps beside its chats: nobody else's installation has such a key."""

    key: str
    webhook: str
    secret: str


async def new_key(ctx: Context, account: Account, name: str, days: int | None = None) -> Issued:
    """For the account, every scope; earlier ones of that name are good no more."""
    for key in await list_keys(account.id):
        if key.name == name and is_good(key, ctx.clock()):
            await revoke_key(ctx, None, key.public_id)
    ends = None if days is None else ctx.clock() + timedelta(days=days)
    everything = frozenset(Right) - {Right.OPERATOR}
    return await issue_key(ctx, KeyOrder(account.id, name, everything, ends))


@asynccontextmanager
async def with_partner(
    ctx: Context, settings: Settings, api: str, sandbox: "Sandbox"
) -> AsyncIterator[Settings]:
    """The sandbox page gets its partner, where there is the demo brand. The settings that are
    given let webhooks go to the page."""
    account = await account_called(ACCOUNT)
    if account is None:
        yield settings
        return
    from bot.sandbox.page_api.routes import WEBHOOKS
    from bot.sandbox.partner import open_partner

    told_at = _reached(sandbox.url) + WEBHOOKS
    host = told_at.split("/")[2]
    hosts = ",".join(sorted({*settings.http_hosts, host}))
    allowing = settings.model_copy(update={"webhooks_http_hosts": hosts})
    mine = await _credentials(ctx, allowing, account, told_at)
    names = {"ru": account.legal_name_ru, "en": account.legal_name_en}
    where = _reached(api)
    async with open_partner(names, where, mine.key, mine.secret) as partner:
        sandbox.box.partner = partner
        yield allowing


def _reached(address: str) -> str:
    """As this machine reaches it: a server that listens everywhere listens here too."""
    return address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")


async def _credentials(
    ctx: Context, settings: Settings, account: Account, told_at: str
) -> Credentials:
    """Those of the last start if they are still good, else new ones; killed between their making
    and the file, the next start makes them again and takes these away."""
    path = settings.data_dir / "sandbox" / _FILE
    known = _read(path)
    if known is not None and await _stand(ctx, account, known, told_at):
        return known
    key = await new_key(ctx, account, _PAGE)
    for webhook in await list_webhooks(account.id):
        if webhook.url.endswith(urlsplit(told_at).path):
            await steer(ctx, None, webhook.public_id, WebhookStatus.ENDED)
    made = await subscribe(ctx, WebhookOrder(account.id, told_at), settings.http_hosts)
    fresh = Credentials(key.text, made.webhook.public_id, made.secret)
    write_private(path, orjson.dumps(asdict(fresh)))
    return fresh


def _read(path: Path) -> Credentials | None:
    try:
        return Credentials(**orjson.loads(path.read_bytes()))
    except (FileNotFoundError, orjson.JSONDecodeError, TypeError):
        return None


async def _stand(ctx: Context, account: Account, known: Credentials, told_at: str) -> bool:
    holder = await authenticate(ctx, known.key)
    if holder is None or holder.key.account_id != account.id:
        return False
    there = {webhook.public_id: webhook for webhook in await list_webhooks(account.id)}
    webhook = there.get(known.webhook)
    return webhook is not None and webhook.url == told_at and webhook.status == WebhookStatus.ACTIVE
