"""Вера of «Лавка» reads what messages cost and what a campaign brought."""

from backend.platform.context import Context
from backend.web.api.v1.messages.spending_shown import CAMPAIGN_EXAMPLE, SPENDING_EXAMPLE
from models.account import Account
from models.campaign import Campaign
from models.fact import Fact, FactKind
from models.messaging_rules import MessagingRules
from tests.support.caller import Caller
from tests.support.factory.brands import make_brand, make_program
from tests.web.api.onboarding.test_resources import as_declared


async def test_what_was_spared_and_what_came_of_it(
    ctx: Context, vera: Caller, lavka: Account
) -> None:
    brand = await make_brand(await make_program(lavka, "lavka-card"), "lavka")
    await MessagingRules.create(account=lavka, sms_kopecks=150, card_kopecks=1000)
    day = ctx.clock().date()
    for kind, n, channel in (
        (FactKind.MESSAGE_DELIVERED, 303_000, "telegram"),
        (FactKind.MESSAGE_FAILED, 1_204, "telegram"),
        (FactKind.MESSAGE_STOPPED, 87, "telegram"),
        (FactKind.MESSAGE_IN_DOUBT, 2, "telegram"),
        (FactKind.CARD_ISSUED, 13_000, ""),
        (FactKind.CARD_ASSIGNED, 1_000, ""),
        (FactKind.CARD_DUPLICATED, 77, ""),
    ):
        await Fact.create(
            account_id=lavka.id, brand_id=brand.id, day=day, kind=kind, n=n, channel=channel
        )
    told = await vera.get("/spending?service=50000&brand=lavka")
    shown = as_declared(told, "/spending")
    days = {"since", "until"}
    same = {name: value for name, value in SPENDING_EXAMPLE.items() if name not in days}
    assert {name: value for name, value in shown.items() if name not in days} == same
    before = await vera.get("/spending?since=2020-01-01&until=2020-12-31")
    assert as_declared(before, "/spending")["messages"] == 0
    assert (await vera.get("/spending?brand=nobody")).code == "brand_not_found"
    assert (await vera.get("/spending?since=yesterday")).status == 422

    campaign = await Campaign.create(
        brand=brand, plan={"variants": [{"name": "A"}]}, advertiser="x", inn="", state="done",
        created_at=ctx.clock(),
    )  # fmt: skip
    report = as_declared(
        await vera.get(f"/campaigns/{campaign.id}/report"), "/campaigns/{campaign}/report"
    )
    assert report.keys() <= CAMPAIGN_EXAMPLE.keys()
    assert (report["recipients"], report["bought_percent"], report["saved"]) == (0, "0.00", "0.00")
    assert (await vera.get("/campaigns/0/report")).code == "campaign_not_found"
    assert (await vera.get(f"/campaigns/{campaign.id}/report?days=91")).status == 422
