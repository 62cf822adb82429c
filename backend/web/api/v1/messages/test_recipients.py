"""Test recipients: who wants to see the account's messages before others do."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.customers.choices.samples import PATH, invitation, stop_samples
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.shared import instant, row_id
from models.refusal import Code, Refusal
from models.template import SampleReader

DOOR = "api:v1/templates"
EXAMPLE: Mapping[str, Any] = {"customer": 7301, "since": "2026-11-27T12:30:00Z"}


class RecipientShown(BaseModel):
    """Somebody who has said yes in the bot."""

    customer: int = Field(description="Their id.")
    since: str = Field(description="When they said so.")


class InvitationShown(BaseModel):
    """A link to hand on to colleagues."""

    link: str = Field(description="Opens the bot, which asks them.")
    expires_at: str = Field(description="Until when it does.")


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[SampleReader]) -> list[Shown]:
        return [{"customer": row.customer_id, "since": instant(row.created_at)} for row in rows]

    return await page(asked, asked.scope.sample_readers(), show)


async def invite(asked: Asked) -> Answer:
    made = invitation(asked.ctx, (await asked.account()).id)
    link = f"{asked.site.base_url}{PATH}{made.token}"
    return Answer({"link": link, "expires_at": instant(made.expires_at)})


async def remove(asked: Asked) -> Answer:
    account = await asked.account()
    if not await stop_samples(asked.ctx, row_id(asked.path["customer"]), account.id):
        raise Refusal(Code.READER_NOT_FOUND)
    return Answer(None)


OPERATIONS = (
    Operation(
        "GET", "/test-recipients", DOOR, Right.CAMPAIGNS, "List who gets tests", every,
        RecipientShown, ListQuery, example=EXAMPLE, paged=True,
    ),
    Operation(
        "POST", "/test-recipients", DOOR, Right.CAMPAIGNS, "Invite somebody to get tests", invite,
        InvitationShown, Query,
        example={
            "link": "https://karman.example/t/1-76b2c-" + "0" * 32,
            "expires_at": "2026-12-04T13:00:00Z",
        },
        about="Whoever opens the link is asked in the bot and says yes themselves; nobody can be "
        "entered here. It ends after a week.",
    ),
    Operation(
        "DELETE", "/test-recipients/{customer}", DOOR, Right.CAMPAIGNS,
        "Send somebody no more tests", remove, None, Query, status=204,
        refusals=(Code.READER_NOT_FOUND,),
    ),
)  # fmt: skip
