"""Webhooks as somebody names them."""

from tortoise.expressions import Subquery

from catalog.tenant import Scope
from models.account import Account
from models.refusal import Code, Refusal
from models.webhook import LONGEST_ID, Webhook, WebhookStatus


async def webhook_named(scope: Scope | None, public_id: str, *, open_only: bool = False) -> Webhook:
    """Locked; without a scope it is the operator who asks. Refuses with webhook_not_found, and
    where `open_only` with webhook_ended."""
    # of all: the operator names any webhook
    asked = Webhook.all() if scope is None else scope.webhooks()
    # The ORM raises for a value that is longer than its column.
    named = public_id if len(public_id) <= LONGEST_ID else ""
    found = await asked.filter(public_id=named).select_for_update().first()
    if found is None:
        raise Refusal(Code.WEBHOOK_NOT_FOUND)
    if open_only and found.status == WebhookStatus.ENDED:
        raise Refusal(Code.WEBHOOK_ENDED)
    return found


async def told_of_no_pause(*, mail: bool) -> list[str]:
    """Keys of accounts with a webhook, of which nobody would get the letter that it is paused."""
    # of all: the operator looks after every account
    there = Webhook.filter(status__not=WebhookStatus.ENDED.value)
    accounts = Account.filter(id__in=Subquery(there.values("account_id")))
    found = accounts.filter(contact_email="") if mail else accounts
    return [account.key for account in await found.order_by("key")]


async def list_webhooks(account_id: int | None) -> list[Webhook]:
    """The operator's list, the newest first."""
    # of all: the operator sees those of every account
    asked = Webhook.all() if account_id is None else Webhook.filter(account_id=account_id)
    return await asked.order_by("-id").select_related("account")
