"""Messages: what people of a campaign, or one customer, were told, and what became of it."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.sending.waiting import end_of
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery
from backend.web.api.trouble import Problem, Trouble, Wrong
from backend.web.api.v1.shared import instant, row_id, without_nothing
from catalog.entries.values.texts import Text
from models.campaign import HELD_OUT
from models.message import Delivery, Message
from models.refusal import Code, Refusal

DOOR = "api:v1/messages"
EXAMPLE: Mapping[str, Any] = {
    "id": 90_210,
    "customer": 7301,
    "campaign": 12,
    "purpose": "promo",
    "kind": "campaign",
    "variant": "A",
    "held_out": False,
    "created_at": "2026-11-27T14:00:00Z",
    "attempts": [
        {
            "channel": "telegram",
            "state": "stopped",
            "reason": "no consent",
            "at": "2026-11-27T14:00:04Z",
        }
    ],
}
_ID = Text(18, wanted="an id")


class MessageAttempt(BaseModel):
    """By one channel."""

    channel: str = Field(description="telegram, email, sms or wallet.")
    state: str = Field(
        description="queued, sending, delivered (the channel took it), failed, stopped, in_doubt."
    )
    reason: str | None = Field(default=None, description="Why it is so.")
    due_at: str | None = Field(default=None, description="Until when it was put off.")
    in_digest: bool | None = Field(
        default=None,
        description="true: it comes with other advertising, once a day, as the customer wants it.",
    )
    price: str | None = Field(default=None, description="What it cost.")
    currency: str | None = Field(default=None, description="Of the price.", examples=["RUB"])
    at: str = Field(description="Since when it is so.")


class MessageShown(BaseModel):
    """One message to one person. What it said stands in its campaign."""

    id: int = Field(description="Later ones are greater.")
    customer: int = Field(description="The id of the customer.")
    campaign: int | None = Field(default=None, description="The campaign that it is of.")
    purpose: str = Field(description="promo, service or transaction.")
    kind: str = Field(description="campaign, trigger, or what it tells.")
    variant: str | None = Field(default=None, description="Which of the campaign's wordings.")
    held_out: bool = Field(description="Whether they are told nothing, to compare.")
    created_at: str = Field(description="When it was written down.")
    attempts: list[MessageAttempt] = Field(description="By channel, in their order.")


class MessagesQuery(ListQuery):
    """Which messages: of a campaign, of a customer, or of both."""

    campaign: Annotated[str | None, _ID] = Field(
        default=None, description="The id of a campaign.", examples=["12"]
    )
    customer: Annotated[str | None, _ID] = Field(
        default=None, description="The id of a customer.", examples=["7301"]
    )


async def every(asked: Asked) -> Answer:
    query = asked.asks(MessagesQuery)
    named = {"campaign_id": query.campaign, "customer_id": query.customer}
    wanted = {name: row_id(each) for name, each in named.items() if each is not None}
    if not wanted:
        expected = "the id of a campaign, or a customer"
        wrong = Wrong("campaign is missing", expected, parameter="campaign")
        raise Problem(Trouble.INPUT_INVALID, errors=(wrong,))

    async def show(rows: Sequence[Message]) -> list[Shown]:
        return await _shown(asked, rows)

    if query.campaign is not None and asked.after is None:
        if not await asked.scope.campaigns().filter(id=wanted["campaign_id"]).exists():
            raise Refusal(Code.CAMPAIGN_NOT_FOUND)
        wanted["id__lt"] = await end_of(wanted["campaign_id"])
    return await page(asked, asked.scope.messages(**wanted), show, newest_first=True)


async def _shown(asked: Asked, rows: Sequence[Message]) -> list[Shown]:
    ids = [row.id for row in rows] or [0]
    attempts: dict[int, list[Delivery]] = {}
    for each in await asked.scope.deliveries(id__in=ids).order_by("step", "id"):
        attempts.setdefault(each.message_id, []).append(each)
    named = sorted({row.campaign_id for row in rows if row.campaign_id}) or [0]
    found = await asked.scope.campaigns().filter(id__in=named).only("id", "plan")
    variants = {each.id: [one["name"] for one in each.plan["variants"]] for each in found}
    return [_message(row, attempts.get(row.id, []), variants) for row in rows]


def _message(
    row: Message, attempts: Sequence[Delivery], variants: Mapping[int, Sequence[str]]
) -> Shown:
    names = variants.get(row.campaign_id or 0, ())
    variant = row.variant if row.variant is not None else 0
    return without_nothing(
        {
            "id": row.id,
            "customer": row.customer_id,
            "campaign": row.campaign_id,
            "purpose": row.purpose.value,
            "kind": row.kind,
            "variant": names[variant] if 0 <= variant < len(names) else None,
            "held_out": row.variant == HELD_OUT,
            "created_at": instant(row.created_at),
            "attempts": [_attempt(each) for each in attempts],
        }
    )


def _attempt(row: Delivery) -> dict[str, Any]:
    cost = row.cost_kopecks
    return without_nothing(
        {
            "channel": row.channel,
            "state": row.state.value,
            "reason": row.reason,
            "due_at": instant(row.due_at or row.digest_at) if row.state == "queued" else None,
            "in_digest": True if row.digest_at is not None else None,
            "price": f"{cost // 100}.{cost % 100:02d}" if cost else None,
            "currency": "RUB" if cost else None,
            "at": instant(row.changed_at),
        }
    )


OPERATIONS = (
    Operation(
        "GET", "/messages", DOOR, Right.CAMPAIGNS, "List messages", every, MessageShown,
        MessagesQuery, example=EXAMPLE, paged=True, refusals=(Code.CAMPAIGN_NOT_FOUND,),
        about="Of a campaign, of a customer, or of both; the newest first.",
    ),
)  # fmt: skip
