"""Ask to be told of what happens, from now on."""

from dataclasses import dataclass

from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.ids import new_base62, new_secret
from backend.platform.watch.audit import Change, note
from backend.platform.watch.use_case_log import log_of
from backend.webhooks.sign import spelled
from backend.webhooks.url import check_url
from models.account import Account
from models.account_change import AccountFeed, ChangeKind
from models.audit_entry import Verb
from models.refusal import Code, Refusal
from models.webhook import Webhook, WebhookSecret, WebhookStatus

SERVICE = "webhooks"
# Of one account, ended ones not counted: each is read, sent and retried on its own.
MOST = 20


@dataclass(frozen=True, slots=True)
class WebhookOrder:
    """No `kinds` are all."""

    account_id: int
    url: str
    kinds: frozenset[ChangeKind] = frozenset()
    # In place of what a feed tells: the one kind of message that somebody else sends there.
    only: str = ""
    # The Authorization header that the other side asks for.
    authorization: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Subscribed:
    """`secret` is shown this once."""

    webhook: Webhook
    secret: str


async def subscribe(
    ctx: Context, order: WebhookOrder, http_hosts: frozenset[str] = frozenset()
) -> Subscribed:
    """Refuses with webhook_url_refused and too_many_webhooks (most). What happened before is in
    the feed."""
    check_url(order.url, http_hosts)
    async with transaction():
        await _check_room(order.account_id)
        feed = await AccountFeed.filter(account_id=order.account_id).first()
        webhook = await Webhook.create(
            account_id=order.account_id,
            public_id=new_base62(10),
            url=order.url,
            kinds=[order.only] if order.only else sorted(order.kinds),
            authorization=_sealed(ctx, order.authorization),
            created_at=ctx.clock(),
            read_seq=feed.seq if feed else 0,
        )
        secret = await add_secret(ctx, webhook)
        await note_webhook(ctx, Verb.SAVE_WEBHOOK, webhook)
    log_of(ctx, __name__).info("a webhook is there", webhook=webhook.public_id)
    return Subscribed(webhook, secret)


def _sealed(ctx: Context, authorization: str) -> bytes | None:
    return ctx.vault.seal_service(SERVICE, authorization.encode()) if authorization else None


async def _check_room(account_id: int) -> None:
    """Of two at once the second waits for the first."""
    # of all: the account that asks
    await Account.filter(id=account_id).select_for_update()
    there = Webhook.filter(account_id=account_id).exclude(status=WebhookStatus.ENDED)
    if await there.count() >= MOST:
        raise Refusal(Code.TOO_MANY_WEBHOOKS, most=MOST)


async def add_secret(ctx: Context, webhook: Webhook) -> str:
    secret = new_secret()
    sealed = ctx.vault.seal_service(SERVICE, secret)
    await WebhookSecret.create(webhook=webhook, sealed=sealed, created_at=ctx.clock())
    return spelled(secret)


async def note_webhook(
    ctx: Context, verb: Verb, webhook: Webhook, amount: int | None = None
) -> None:
    """Inside the transaction: into the trail of the account, without the secret."""
    what = {"webhook": webhook.public_id, "url": webhook.url, "status": webhook.status}
    what |= {"reason": webhook.reason} if webhook.reason else {}
    await note(
        ctx, verb, "webhook", webhook.id, amount,
        account_id=webhook.account_id, change=Change(after=what),
    )  # fmt: skip
