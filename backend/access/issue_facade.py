"""Issue a login to a partner's program that was written for another wallet; its secret is shown
this once."""

import base64
from dataclasses import dataclass, field

from backend.access.facade_secret import hashed, sealed_digests
from backend.access.facade_settings import FacadeSettings, SettingsWrong
from backend.access.key_text import new_key_text
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.ids import new_base62
from backend.platform.watch.audit import Change, note
from backend.platform.watch.use_case_log import log_of
from backend.webhooks.subscribe import WebhookOrder, subscribe
from catalog.tenant import Scope
from models.account import Account
from models.audit_entry import Verb
from models.facade import FacadeKind, FacadeLogin
from models.partner_message import STATES
from models.webhook import Webhook

_ID, _SECRET = 20, 40


@dataclass(frozen=True, slots=True, repr=False)
class Callback:
    """Where states of messages go; `login` and `password` are what that address asks for (Basic),
    "" for nothing."""

    url: str
    login: str = ""
    password: str = ""

    @property
    def authorization(self) -> str:
        if not self.login:
            return ""
        return "Basic " + base64.b64encode(f"{self.login}:{self.password}".encode()).decode()


@dataclass(frozen=True, slots=True)
class FacadeOrder:
    account: Account
    kind: FacadeKind
    name: str = ""
    settings: FacadeSettings = field(default_factory=FacadeSettings)
    callback: Callback | None = None
    http_hosts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, repr=False)
class FacadeIssued:
    """`secret` is told to nobody else and never again."""

    login: FacadeLogin
    secret: str


async def issue_facade(ctx: Context, order: FacadeOrder) -> FacadeIssued:
    """Refuses with webhook_url_refused and too_many_webhooks; raises SettingsWrong for names that
    the account has not."""
    await _check_names(order.account, order.settings)
    async with transaction():
        webhook = await _followed(ctx, order)
        login, secret, kept = _made(ctx, order)
        row = await FacadeLogin.create(
            account_id=order.account.id,
            kind=order.kind,
            name=order.name,
            login=login,
            secret=kept,
            initial=order.kind is FacadeKind.KOSHELEK,
            settings=order.settings.model_dump(exclude_defaults=True),
            webhook_id=None if webhook is None else webhook.id,
            created_at=ctx.clock(),
        )
        await note_facade(ctx, Verb.ISSUE_FACADE, row)
    log_of(ctx, __name__).info("a facade login is issued", login=row.login, kind=row.kind.value)
    return FacadeIssued(row, secret)


async def _followed(ctx: Context, order: FacadeOrder) -> Webhook | None:
    """Where states go."""
    if order.callback is None:
        return None
    asked = WebhookOrder(
        order.account.id, order.callback.url, only=STATES,
        authorization=order.callback.authorization,
    )  # fmt: skip
    return (await subscribe(ctx, asked, order.http_hosts)).webhook


def _made(ctx: Context, order: FacadeOrder) -> tuple[str, str, bytes]:
    """Login, secret, and what is kept of it."""
    if order.kind is FacadeKind.OSMI_TOKEN:
        key = new_key_text()
        return key.public_id, key.text, bytes.fromhex(key.digest)
    secret = new_base62(_SECRET)
    if order.kind is FacadeKind.OSMI:
        login = new_base62(_ID)
        return login, secret, sealed_digests(ctx.vault, login, secret)
    return f"{order.account.key}-{new_base62(6)}", secret, hashed(secret)


async def _check_names(account: Account, settings: FacadeSettings) -> None:
    scope = Scope.of([account.id])
    brands = {str(key) for key in await scope.brands().values_list("key", flat=True)}
    programs = {str(key) for key in await scope.programs().values_list("key", flat=True)}
    wanted = [("brand", settings.brand, brands)] if settings.brand else []
    wanted += [(f"offers.{name}", key, brands) for name, key in settings.offers.items()]
    wanted += [
        (f"templates.{name}", means.program, programs) for name, means in settings.templates.items()
    ]
    for where, key, known in wanted:
        if key not in known:
            told = ", ".join(sorted(known)) or "none"
            raise SettingsWrong(f"{where}: the account has no {key!r}; it has {told}")


async def note_facade(ctx: Context, verb: Verb, row: FacadeLogin) -> None:
    """Inside the transaction: into the trail of the account, without the secret."""
    what = {"login": row.login, "kind": row.kind.value, "name": row.name}
    await note(
        ctx, verb, "facade_login", row.id, account_id=row.account_id, change=Change(after=what)
    )
