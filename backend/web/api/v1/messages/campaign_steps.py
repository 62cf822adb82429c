"""What is done with a campaign: approved, begun, paused, cancelled."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from backend.access.rights import Right
from backend.campaigns.approve_campaign import (
    approve_campaign,
    refuse_campaign,
    submit_campaign,
)
from backend.campaigns.begin_campaign import schedule_campaign, start_now
from backend.campaigns.redraft_campaign import redraft_campaign
from backend.campaigns.steer_campaign import cancel_campaign, pause_campaign, resume_campaign
from backend.platform.context import Context
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.queries import Query
from backend.web.api.trouble import Problem, Trouble, Wrong
from backend.web.api.v1.messages.campaign_examples import EXAMPLE
from backend.web.api.v1.messages.campaign_shown import CampaignShown, ReasonGiven, TimeGiven
from backend.web.api.v1.messages.campaigns import (
    DOOR,
    PLACE,
    STATE,
    around_written,
    number,
    one,
    stands,
)
from catalog.tenant import Scope
from models.refusal import Code

_BEGINS = (*STATE, Code.CAMPAIGN_UNAPPROVED, Code.CAMPAIGN_OVER)
Use = Callable[[Context, Scope, int], Awaitable[Any]]


def _done(use: Use) -> Callable[[Asked], Awaitable[Answer]]:
    async def work(asked: Asked) -> Answer:
        await use(asked.ctx, asked.scope, number(asked))
        return await one(asked)

    return work


async def refuse(asked: Asked) -> Answer:
    reason = asked.entered(ReasonGiven).reason
    await refuse_campaign(asked.ctx, asked.scope, number(asked), reason)
    return await one(asked)


async def schedule(asked: Asked) -> Answer:
    starts_at = asked.entered(TimeGiven).starts_at
    if starts_at <= asked.ctx.clock():
        wrong = Wrong("starts_at is past", "a time to come", pointer="/starts_at")
        raise Problem(Trouble.INPUT_INVALID, errors=(wrong,))
    await schedule_campaign(asked.ctx, asked.scope, number(asked), starts_at)
    return await one(asked)


def _verb(
    verb: str, summary: str, use: Use, told: Mapping[str, Any], fails: Sequence[Code], about: str,
) -> Operation:  # fmt: skip
    return Operation(
        "POST", f"{PLACE}/{verb}", DOOR, Right.CAMPAIGNS, summary, _done(use), CampaignShown,
        Query, example={**EXAMPLE, **told}, etag=True, refusals=tuple(fails), about=about,
    )  # fmt: skip


_APPROVED = {"approved_by": "key:18", "approved_at": "2026-11-27T13:00:00Z"}
_BEGUN = {"state": "collecting", "started_at": "2026-11-27T14:00:00Z"}

OPERATIONS = (
    _verb("submit", "Send a campaign in for approval", submit_campaign, {"state": "in_review"},
          STATE, "Somebody else approves it, where the account has the rule of four eyes."),
    Operation(
        "POST", f"{PLACE}/approve", DOOR, Right.CAMPAIGNS_APPROVE, "Approve a campaign",
        _done(approve_campaign), CampaignShown, Query, example={**EXAMPLE, **_APPROVED}, etag=True,
        stands=stands, refusals=(*STATE, Code.CAMPAIGN_OWN),
        about="It may be begun or scheduled from now on. `If-Match` says what you have looked at. "
        "Where the account has the rule of four eyes, whoever has written or changed it may not.",
    ),
    Operation(
        "POST", f"{PLACE}/refuse", DOOR, Right.CAMPAIGNS_APPROVE, "Refuse a campaign", refuse,
        CampaignShown, Query, body=ReasonGiven, etag=True, stands=stands, refusals=STATE,
        body_example={"reason": "The price is last week's."},
        example={**EXAMPLE, "refused": "The price is last week's."},
        about="It is a draft again; its author reads the reason.",
    ),
    Operation(
        "POST", f"{PLACE}/schedule", DOOR, Right.CAMPAIGNS, "Schedule a campaign", schedule,
        CampaignShown, Query, body=TimeGiven, body_example={"starts_at": "2026-12-24T18:00"},
        example={**EXAMPLE, "state": "scheduled", "starts_at": "2026-12-24T15:00:00Z"}, etag=True,
        around=around_written, refusals=_BEGINS,
        about="One that repeats has its turns from then on.",
    ),
    _verb("redraft", "Take a campaign back", redraft_campaign, {}, STATE,
          "One in review or scheduled is a draft again, which may be changed. Of one that repeats "
          "what has begun goes on."),
    _verb("start", "Begin a campaign now", start_now, _BEGUN, _BEGINS,
          "Whom it goes to is written down from this moment on, and sent to meanwhile."),
    _verb("pause", "Pause a campaign", pause_campaign,
          {**_BEGUN, "state": "sending", "paused_at": "2026-11-27T14:05:00Z"}, STATE,
          "Nothing leaves from within a second on; what had left arrives."),
    _verb("resume", "Resume a campaign", resume_campaign, {**_BEGUN, "state": "sending"}, STATE,
          "It goes on where it was."),
    _verb("cancel", "Cancel a campaign", cancel_campaign, {**_BEGUN, "state": "cancelled"}, STATE,
          "What has not left never does; it is told as stopped, `cancelled`."),
)  # fmt: skip
