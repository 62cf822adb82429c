"""The operator looks at campaigns of «Ромашка», begins, pauses and cancels one."""

import json
from argparse import Namespace

import pytest

from backend.campaigns.collect_campaign import collect_campaign
from backend.campaigns.draft_campaign import Draft, write_campaign
from backend.campaigns.start_campaign import plan_of
from backend.cli.main import build_parser
from backend.cli.verbs.reaching import campaigns, messaging
from backend.platform.context import Context
from models.campaign import Campaign, CampaignState
from models.campaign_count import CampaignCount
from models.messaging_rules import MessagingRules
from models.refusal import Refusal
from tests.support.factory.agreeing import audience
from tests.support.factory.brands import shop


def typed(*words: str) -> Namespace:
    return build_parser().parse_args(["campaigns", *words])


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_from_the_draft_to_the_end(
    database: str, ctx: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    account, _, brand = await shop()
    await audience(ctx, account, brand, 3)
    draft = Draft("Осень", plan_of("Кофе дешевле", None) | {"holdout": 40}, erid="2VtzqwXYZ")
    id_ = str((await write_campaign(ctx, brand, draft)).id)
    await campaigns.list_all(typed("list", "romashka"), ctx)
    assert capsys.readouterr().out.split() == [id_, "romashka", "draft", "0", "Осень"]
    await campaigns.show(typed("show", id_), ctx)
    shown = json.loads(capsys.readouterr().out)
    assert (shown["brand"], shown["holdout"], shown["erid"]) == ("romashka", 40, "2VtzqwXYZ")
    await campaigns.preview(typed("preview", id_), ctx)
    told = capsys.readouterr().out
    assert told.startswith("A ru: Кофе дешевле Реклама. ООО «Romashka»")
    assert "\nit would go to 2 now; 1 would be held out" in told
    for verb, state in (("start", "collecting"), ("pause", "collecting, paused"),
                        ("resume", "collecting")):  # fmt: skip
        await campaigns.steer(typed(verb, id_), ctx)
        assert capsys.readouterr().out.endswith(f"campaign {id_} is {state}\n")
    campaign = await Campaign.get(id=int(id_))
    await collect_campaign(campaign)
    await CampaignCount.create(campaign=campaign, channel="telegram", state="delivered", n=1)
    await campaigns.steer(typed("cancel", id_), ctx)
    await Campaign.all().update(finished_at=ctx.clock())
    capsys.readouterr()
    await campaigns.follow(typed("follow", id_), ctx)
    assert f"campaign {id_}: cancelled, 1/{campaign.recipients} · delivered 1" in (
        capsys.readouterr().out
    )
    with pytest.raises(Refusal, match="campaign_not_found"):
        await campaigns.show(typed("show", "999"), ctx)
    await Campaign.all().update(state=CampaignState.DONE)
    with pytest.raises(Refusal) as refused:
        await campaigns.steer(typed("pause", id_), ctx)
    assert campaigns._REFUSED[refused.value.code.value].format(**refused.value.details) == (
        "not while the campaign is done"
    )


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_the_rules_of_an_account(
    database: str, ctx: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    await shop()

    def words(*given: str) -> Namespace:
        return build_parser().parse_args(["messaging", *given])

    await messaging.change(words("change", "romashka", "per_day=2", "four_eyes=yes"), ctx)
    told = capsys.readouterr().out
    assert {"per_day        2", "four_eyes      True", "quiet_from     21:00"} <= set(
        told.splitlines()
    )
    await messaging.change(words("change", "romashka", "quiet_from=", "quiet_until="), ctx)
    await messaging.show(words("show", "romashka"), ctx)
    assert capsys.readouterr().out.count("quiet_from     -") == 2
    with pytest.raises(SystemExit, match=r"per_day .*expected .*; unknown key"):
        await messaging.change(words("change", "romashka", "per_day=often", "per_dya=1"), ctx)
    rules = await MessagingRules.get()
    assert (rules.per_day, rules.four_eyes, rules.quiet_from) == (2, True, "")
    with pytest.raises(Refusal, match="account_not_found"):
        await messaging.show(words("show", "nobody"), ctx)
