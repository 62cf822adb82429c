"""What messages cost an account and what they spared; what a campaign brought."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from backend.access.rights import Right
from backend.campaigns.whose import account_of_brand
from backend.sending.paid import MESSAGES, stars
from backend.spending.campaign_report import (
    MOST_DAYS,
    USUAL_DAYS,
    CampaignReport,
    Group,
    campaign_report,
)
from backend.spending.roubles import percent, roubles
from backend.spending.spending import Spending, spending
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.queries import Query
from backend.web.api.v1.messages.spending_shown import (
    CAMPAIGN_EXAMPLE,
    SPENDING_EXAMPLE,
    CampaignReportShown,
    SpendingShown,
)
from backend.web.api.v1.shared import instant, row_id, without_nothing
from catalog.entries.values.amount import Amount
from catalog.entries.values.moments import Moment
from catalog.entries.values.scalars import Whole
from catalog.entries.values.texts import Text
from models.refusal import Code, Refusal

DOOR = "api:v1/spending"
_BACK = timedelta(days=30)


class SpendingQuery(Query):
    """Which days, and of which brand."""

    since: Annotated[datetime | None, Moment()] = Field(
        default=None, description="The first day; 30 days back.", examples=["2026-10-01"]
    )
    until: Annotated[datetime | None, Moment()] = Field(
        default=None, description="The last day; today.", examples=["2026-11-30"]
    )
    brand: Annotated[str | None, Text(64)] = Field(
        default=None, description="The key of a brand; all, if left out."
    )
    service: Annotated[Decimal | None, Amount()] = Field(
        default=None, description="What the service itself cost in these days, in roubles.",
        examples=["50000"],
    )  # fmt: skip


class ReportQuery(Query):
    """How long after it."""

    days: Annotated[int, Whole(1, MOST_DAYS)] = Field(
        default=USUAL_DAYS, description="What was bought within so many days of the start.",
        examples=[USUAL_DAYS],
    )  # fmt: skip


async def spent(asked: Asked) -> Answer:
    query, account = asked.asks(SpendingQuery), await asked.account()
    until = query.until or asked.ctx.clock()
    since = query.since or until - _BACK
    brand_id = 0
    if query.brand is not None:
        brand = await asked.scope.brands().filter(key=query.brand).first()
        if brand is None:
            raise Refusal(Code.BRAND_NOT_FOUND)
        brand_id = brand.id
    found = await spending(
        account.id, since.date(), until.date(), brand_id=brand_id,
        service_kopecks=int((query.service or 0) * 100),
    )  # fmt: skip
    days = {"since": since.date().isoformat(), "until": until.date().isoformat()}
    return Answer({**days, **_spent(found)})


def _spent(found: Spending) -> dict[str, Any]:
    numbers = ("delivered", "again", "failed", "stopped", "in_doubt", "arrived", "lost")
    return {
        "channels": [
            {
                "channel": each.channel,
                **{name: getattr(each, name) for name in numbers},
                "cost": roubles(each.kopecks),
            }
            for each in found.channels
        ],
        "messages": found.messages,
        "cost": roubles(found.kopecks),
        "service": roubles(found.service_kopecks),
        "sms_would_cost": roubles(found.sms_kopecks),
        "saved_on_messages": roubles(found.saved_on_messages),
        "cards": found.cards,
        "plastic_would_cost": roubles(found.plastic_kopecks),
        "saved": roubles(found.saved),
        "currency": "RUB",
        "stars": stars(found.paid),
    }


async def report(asked: Asked) -> Answer:
    query = asked.asks(ReportQuery)
    campaign = await asked.scope.campaigns().filter(id=row_id(asked.path["campaign"])).first()
    if campaign is None:
        raise Refusal(Code.CAMPAIGN_NOT_FOUND)
    account_id = await account_of_brand(campaign.brand_id)
    found = await campaign_report(campaign, account_id, query.days)
    return Answer({"campaign": campaign.id, **_reported(found)})


def _reported(found: CampaignReport) -> dict[str, Any]:
    held = _group(found.held_out) if found.held_out.recipients else None
    uplift = None if found.uplift is None else f"{found.uplift:.2f}"
    told = {
        "since": instant(found.since),
        "until": instant(found.until),
        "recipients": found.recipients,
        "held_out": found.held_out.recipients,
        "reached": found.reached,
        "channels": [
            {"channel": each.channel, **_ends(each.n), "cost": roubles(each.kopecks)}
            for each in found.channels
        ],
        "failed": _reasons(found.failed),
        "stopped": _reasons(found.stopped),
        "variants": [_group(each) for each in found.variants],
        "held": held,
        "bought_percent": percent(found.buyers, found.recipients),
        "uplift_percent": uplift,
        "cost": roubles(found.kopecks),
        "sms_would_cost": roubles(found.sms_kopecks),
        "saved": roubles(found.sms_kopecks - found.kopecks),
        "currency": "RUB",
        "paid": _paid(found),
    }
    return without_nothing(told)


def _paid(found: CampaignReport) -> dict[str, Any] | None:
    if not found.most_paid:
        return None
    paid = {"messages": found.paid, "stars": stars(found.paid), "stopped": found.paid_stopped}
    return without_nothing({"most_stars": found.most_paid // MESSAGES, **paid})


def _ends(n: Mapping[str, int]) -> dict[str, int]:
    names = ("delivered", "failed", "stopped", "in_doubt", "waiting", "arrived", "lost")
    return {name: n.get(name, 0) for name in names}


def _reasons(found: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"reason": reason, "n": n} for reason, n in found.items()]


def _group(each: Group) -> dict[str, Any]:
    return without_nothing(
        {
            "name": each.name,
            "recipients": each.recipients,
            "reached": each.reached,
            "clicked": each.clicked,
            "clicks": each.clicks,
            "buyers": each.buyers,
            "purchases": each.purchases,
            "amount": f"{each.amount:.2f}",
            "bought_percent": percent(each.buyers, each.recipients),
        }
    )


OPERATIONS = (
    Operation(
        "GET", "/spending", DOOR, Right.CAMPAIGNS, "Read what messages cost and spared", spent,
        SpendingShown, SpendingQuery, example=SPENDING_EXAMPLE, refusals=(Code.BRAND_NOT_FOUND,),
        about="Of days by the account's own clock. Prices are those of /messaging.",
    ),
    Operation(
        "GET", "/campaigns/{campaign}/report", DOOR, Right.CAMPAIGNS,
        "Read what a campaign brought", report, CampaignReportShown, ReportQuery,
        example=CAMPAIGN_EXAMPLE, refusals=(Code.CAMPAIGN_NOT_FOUND,),
        about="Purchases are those that the account has told of with receipts or orders; of people "
        "who were held out, in the same days.",
    ),
)  # fmt: skip
