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
from backend.web.api.v1.shared import instant, without_nothing
from backend.web.api.v1.webhook_entries import SecretRotation, WebhookAsked, around
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
    created_at: str = Field(description="When it was made.")


class WebhookMade(WebhookShown):
    """A webhook, and its secret: this once."""

    secret: str = Field(description="Keep it: it is told in this answer alone.")


class TestSent(BaseModel):
    """The message that is on its way."""

    id: str = Field(description="Its webhook-id.")


def shown(row: Webhook) -> dict[str, Any]:
    return without_nothing(
        {
            "id": row.public_id,
            "url": row.url,
            "events": list(row.kinds),
            "status": row.status,
            "reason": row.reason,
            "failing_since": instant(row.failing_since),
            "created_at": instant(row.created_at),
        }
    )


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[Webhook]) -> list[Shown]:
        return [shown(row) for row in rows]

    return await page(asked, asked.scope.webhooks(), show, newest_first=True)


async def one(asked: Asked) -> Answer:
    return Answer(shown(await webhook_named(asked.scope, asked.path["webhook"])))


async def make(asked: Asked) -> Answer:
    account, wanted = await asked.account(), asked.entered(WebhookAsked)
    order = WebhookOrder(account.id, wanted.url, frozenset(wanted.events))
    return _made(await subscribe(asked.ctx, order))


async def rotate(asked: Asked) -> Answer:
    overlap = timedelta(hours=asked.entered(SecretRotation).overlap_hours)
    return _made(await rotate_secret(asked.ctx, asked.scope, asked.path["webhook"], overlap))


def _made(made: Subscribed) -> Answer:
    value = {**shown(made.webhook), "secret": made.secret}
    return Answer(value, f"{PREFIX}/webhooks/{made.webhook.public_id}")


async def pause(asked: Asked) -> Answer:
    return await _steered(asked, WebhookStatus.PAUSED)


async def resume(asked: Asked) -> Answer:
    return await _steered(asked, WebhookStatus.ACTIVE)


async def _steered(asked: Asked, status: WebhookStatus) -> Answer:
    return Answer(shown(await steer(asked.ctx, asked.scope, asked.path["webhook"], status)))


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
        refusals=(Code.WEBHOOK_URL_REFUSED,),
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
