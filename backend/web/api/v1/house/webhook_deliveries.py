"""What was sent to a webhook, what was answered, and again."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import Query
from backend.web.api.trouble import Problem, Trouble, Wrong
from backend.web.api.v1.house.webhook_entries import DeliveriesQuery, Replay, around
from backend.web.api.v1.house.webhooks import DOOR, WANTED
from backend.web.api.v1.shared import instant, without_nothing
from backend.webhooks.find import webhook_named
from backend.webhooks.log_of_deliveries import NEWEST, newest_of
from backend.webhooks.replay import Span, replay
from models.refusal import Code
from models.webhook import WebhookAttempt, WebhookDelivery

EXAMPLE: Mapping[str, Any] = {
    "id": "msg_019ac0de7f2e7c1b9d3e5a6b7c8d9e0f",
    "type": "card.registered",
    "state": "delivered",
    "created_at": "2026-11-27T12:30:00Z",
    "body": '{"type":"card.registered","timestamp":"2026-11-27T12:30:00.000Z","data":{}}',
    "attempts": [
        {
            "at": "2026-11-27T12:30:01Z",
            "url": "https://crm.lavka.example/karman",
            "took_ms": 84,
            "status": 204,
        }
    ],
}


class AttemptShown(BaseModel):
    """What was asked and answered."""

    at: str = Field(description="When it was written down.")
    url: str = Field(description="Where it went.")
    took_ms: int = Field(description="Until the answer, in milliseconds.")
    status: int | None = Field(default=None, description="Left out where nothing was answered.")
    answer: str | None = Field(default=None, description="The first 1,024 bytes of the body.")
    error: str | None = Field(default=None, description="Why nothing was answered.")


class DeliveryShown(BaseModel):
    """A message to a webhook."""

    id: str = Field(description="Its webhook-id, the same at every attempt.")
    type: str = Field(description="What it tells.")
    state: str = Field(description="waiting, delivered or failed.")
    created_at: str = Field(description="When it was made.")
    body: str = Field(description="As it is sent.")
    attempts: list[AttemptShown] = Field(description="In their order.")


class Replayed(BaseModel):
    """What goes again."""

    messages: int = Field(description="How many.")


async def every(asked: Asked) -> Answer:
    webhook = await webhook_named(asked.scope, asked.path["webhook"])
    found, state = asked.scope.webhook_deliveries(), asked.asks(DeliveriesQuery).state
    found = found.filter(webhook_id=webhook.id)

    async def show(rows: Sequence[WebhookDelivery]) -> list[Shown]:
        ids = [row.id for row in rows] or [0]
        tries = await asked.scope.webhook_attempts().filter(delivery_id__in=ids).order_by("id")
        return [_delivery(row, [t for t in tries if t.delivery_id == row.id]) for row in rows]

    if state is not None:
        most, before = asked.asks(DeliveriesQuery).limit + 1, asked.after or NEWEST
        ids = await newest_of(webhook.id, state, most, before)
        found = found.filter(id__in=ids or [0])
    return await page(asked, found, show, newest_first=True)


def _delivery(row: WebhookDelivery, tries: Sequence[WebhookAttempt]) -> dict[str, Any]:
    return {
        "id": row.message_id,
        "type": row.kind,
        "state": row.state,
        "created_at": instant(row.created_at),
        "body": row.body,
        "attempts": [_attempt(each) for each in tries],
    }


def _attempt(row: WebhookAttempt) -> dict[str, Any]:
    told = {"at": instant(row.at), "url": row.url, "took_ms": row.took_ms, "status": row.status}
    return without_nothing({**told, "answer": row.answer, "error": row.error})


async def again(asked: Asked) -> Answer:
    wanted = asked.entered(Replay)
    if (wanted.message is None) == (wanted.since is None):
        wrong = Wrong("since is missing", "a time, or a message", pointer="/since")
        raise Problem(Trouble.INPUT_INVALID, errors=(wrong,))
    span = Span(wanted.message or "", wanted.since, wanted.until)
    return Answer({"messages": await replay(asked.ctx, asked.scope, asked.path["webhook"], span)})


OPERATIONS = (
    Operation(
        "GET", "/webhooks/{webhook}/deliveries", DOOR, Right.WEBHOOKS, "Read what was sent", every,
        DeliveryShown, DeliveriesQuery, example=EXAMPLE, paged=True,
        refusals=(Code.WEBHOOK_NOT_FOUND,), about="The newest first, with every attempt.",
    ),
    Operation(
        "POST", "/webhooks/{webhook}/replay", DOOR, Right.WEBHOOKS, "Send again", again, Replayed,
        Query, body=Replay, around=around, example={"messages": 2},
        body_example={"since": "2026-11-27T10:00", "until": "2026-11-27T12:00"},
        refusals=(*WANTED, Code.DELIVERY_NOT_FOUND),
        about="With the ids and bodies that they had, as far as they are kept.",
    ),
)  # fmt: skip
