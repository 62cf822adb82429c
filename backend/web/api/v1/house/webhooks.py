"""Webhooks: an account looks after its own, and after what was sent there."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.house.webhook_entries import SecretRotation, WebhookAsked, around
from backend.web.api.v1.shared import instant, without_nothing
from backend.webhooks.find import webhook_named
from backend.webhooks.rotate_secret import rotate_secret
from backend.webhooks.send_test import send_test
from backend.webhooks.steer import steer
from backend.webhooks.subscribe import Subscribed, WebhookOrder, subscribe
from models.refusal import Code
from models.webhook import Webhook, WebhookStatus

DOOR = "api:v1/webhooks"
EXAMPLE: Mapping[str, Any] = {
    "id": "4kT0aQ9rWb",
    "url": "https://crm.lavka.example/karman",
    "events": ["card.registered", "consent.withdrawn"],
    "status": "active",
    "notice": "mail",
    "created_at": "2026-11-27T12:30:00Z",
}
# Of the right form and of no webhook.
_SECRET = "whsec_" + "A" * 43 + "="
WANTED = (Code.WEBHOOK_NOT_FOUND, Code.WEBHOOK_ENDED)


class WebhookShown(BaseModel):
    """A webhook without its secret."""

    id: str = Field(description="By which it is named.")
    url: str = Field(description="Where messages go.")
    events: list[str] = Field(description="Types of what is told; none: all.")
    status: str = Field(description="active, paused or ended.")
    reason: str | None = Field(default=None, description="Why it was paused or ended.")
    failing_since: str | None = Field(default=None, description="Since when nothing arrives.")
    notice: str = Field(
        description="Who is told when it is paused: `mail` goes to the account's contact_email; "
        "`no_contact_email` or `no_mail` say why nobody is."
    )
    created_at: str = Field(description="When it was made.")


class WebhookMade(WebhookShown):
    """A webhook, and its secret: this once."""

    secret: str = Field(description="Keep it: it is told in this answer alone.")


class TestSent(BaseModel):
    """The message that is on its way."""

    id: str = Field(description="Its webhook-id.")


async def shown(asked: Asked, row: Webhook) -> dict[str, Any]:
    return (await _all_shown(asked, [row]))[0]


async def _all_shown(asked: Asked, rows: Sequence[Webhook]) -> list[dict[str, Any]]:
    told = asked.scope.own_accounts().filter(id__in=[row.account_id for row in rows] or [0])
    emails = dict(await told.values_list("id", "contact_email"))
    return [_shown(row, _notice(asked, emails[row.account_id])) for row in rows]


def _notice(asked: Asked, contact_email: str) -> str:
    if not asked.site.mail:
        return "no_mail"
    return "mail" if contact_email else "no_contact_email"


def _shown(row: Webhook, notice: str) -> dict[str, Any]:
    return without_nothing(
        {
            "id": row.public_id,
            "url": row.url,
            "events": list(row.kinds),
            "status": row.status,
            "notice": notice,
            "reason": row.reason,
            "failing_since": instant(row.failing_since),
            "created_at": instant(row.created_at),
        }
    )


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[Webhook]) -> list[Shown]:
        return list(await _all_shown(asked, rows))

    return await page(asked, asked.scope.webhooks(), show, newest_first=True)


async def one(asked: Asked) -> Answer:
    return Answer(await shown(asked, await webhook_named(asked.scope, asked.path["webhook"])))


async def make(asked: Asked) -> Answer:
    account, wanted = await asked.account(), asked.entered(WebhookAsked)
    order = WebhookOrder(account.id, wanted.url, frozenset(wanted.events))
    return await _made(asked, await subscribe(asked.ctx, order, asked.site.http_hosts))


async def rotate(asked: Asked) -> Answer:
    overlap = timedelta(hours=asked.entered(SecretRotation).overlap_hours)
    made = await rotate_secret(asked.ctx, asked.scope, asked.path["webhook"], overlap)
    return await _made(asked, made)


async def _made(asked: Asked, made: Subscribed) -> Answer:
    value = {**await shown(asked, made.webhook), "secret": made.secret}
    return Answer(value, f"{PREFIX}/webhooks/{made.webhook.public_id}")


async def pause(asked: Asked) -> Answer:
    return await _steered(asked, WebhookStatus.PAUSED)


async def resume(asked: Asked) -> Answer:
    return await _steered(asked, WebhookStatus.ACTIVE)


async def _steered(asked: Asked, status: WebhookStatus) -> Answer:
    row = await steer(asked.ctx, asked.scope, asked.path["webhook"], status)
    return Answer(await shown(asked, row))


async def end(asked: Asked) -> Answer:
    await steer(asked.ctx, asked.scope, asked.path["webhook"], WebhookStatus.ENDED)
    return Answer(None)


async def test(asked: Asked) -> Answer:
    return Answer({"id": await send_test(asked.ctx, asked.scope, asked.path["webhook"])})


OPERATIONS = (
    Operation(
        "GET", "/webhooks", DOOR, Right.WEBHOOKS, "List webhooks", every, WebhookShown, ListQuery,
        example=EXAMPLE, paged=True, about="The newest first, ended ones too.",
    ),
    Operation(
        "POST", "/webhooks", DOOR, Right.WEBHOOKS, "Add a webhook", make, WebhookMade, Query,
        body=WebhookAsked, around=around, status=201, example={**EXAMPLE, "secret": _SECRET},
        refusals=(Code.WEBHOOK_URL_REFUSED, Code.TOO_MANY_WEBHOOKS),
        body_example={
            "url": "https://crm.lavka.example/karman",
            "events": ["card.registered", "consent.withdrawn"],
        },
        about="It is told what happens from now on; what was before is in the feed.",
    ),
    Operation(
        "GET", "/webhooks/{webhook}", DOOR, Right.WEBHOOKS, "Read a webhook", one, WebhookShown,
        Query, example=EXAMPLE, refusals=(Code.WEBHOOK_NOT_FOUND,),
    ),
    Operation(
        "POST", "/webhooks/{webhook}/pause", DOOR, Right.WEBHOOKS, "Pause a webhook", pause,
        WebhookShown, Query, example={**EXAMPLE, "status": "paused"}, refusals=WANTED,
    ),
    Operation(
        "POST", "/webhooks/{webhook}/resume", DOOR, Right.WEBHOOKS, "Resume a webhook", resume,
        WebhookShown, Query, example=EXAMPLE, refusals=WANTED,
        about="It goes on from where it was.",
    ),
    Operation(
        "POST", "/webhooks/{webhook}/rotate", DOOR, Right.WEBHOOKS, "Rotate the secret", rotate,
        WebhookMade, Query, body=SecretRotation, body_example={"overlap_hours": 24}, status=201,
        example={**EXAMPLE, "secret": _SECRET}, refusals=WANTED,
        about="Until the overlap is over messages are signed by both.",
    ),
    Operation(
        "POST", "/webhooks/{webhook}/test", DOOR, Right.WEBHOOKS, "Send a test message", test,
        TestSent, Query, example={"id": "msg_019ac0de7f2e7c1b9d3e5a6b7c8d9e0f"}, refusals=WANTED,
    ),
    Operation(
        "DELETE", "/webhooks/{webhook}", DOOR, Right.WEBHOOKS, "End a webhook", end, None, Query,
        status=204, refusals=(Code.WEBHOOK_NOT_FOUND,), about="Nothing is sent there any more.",
    ),
)  # fmt: skip
