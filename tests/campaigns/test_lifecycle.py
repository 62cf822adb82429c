"""What may be done with a campaign, in each of its states, by whom."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from backend.campaigns.approve_campaign import (
    approve_campaign,
    refuse_campaign,
    submit_campaign,
)
from backend.campaigns.begin_campaign import schedule_campaign, start_now
from backend.campaigns.collect_campaign import collect_campaign
from backend.campaigns.draft_campaign import (
    Draft,
    change_campaign,
    copy_campaign,
    write_campaign,
)
from backend.campaigns.redraft_campaign import redraft_campaign
from backend.campaigns.send_campaigns import CampaignsOnTheirWay
from backend.campaigns.start_campaign import (
    CampaignOrder,
    CampaignRefused,
    plan_of,
    start_campaign,
)
from backend.campaigns.steer_campaign import cancel_campaign, pause_campaign, resume_campaign
from backend.platform.context import OPERATOR, Actor, ActorKind, Context
from backend.platform.door import CLI
from catalog.tenant import Scope
from models.account import Account
from models.audit_entry import AuditEntry
from models.brand import Brand
from models.campaign import Campaign, CampaignState
from models.messaging_rules import MessagingRules
from models.refusal import Code, Refusal
from tests.support.factory.agreeing import audience
from tests.support.factory.brands import shop

VERA, BORIS = Actor(ActorKind.KEY, 1), Actor(ActorKind.KEY, 2)
S = CampaignState
NEW = Draft("Осень", plan_of("Кофе дешевле", None))
Use = Callable[[Context, Scope, int], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Shop:
    """«Ромашка», as Вера's key sees it, and as Борис's."""

    account: Account
    brand: Brand
    scope: Scope
    vera: Context
    boris: Context

    async def written(self, state: CampaignState = S.DRAFT, **values: Any) -> Campaign:
        made = await write_campaign(self.vera, self.brand, NEW)
        if state is S.DONE:
            values["finished_at"] = self.vera.clock()
        await Campaign.filter(id=made.id).update(state=state, **values)
        return await Campaign.get(id=made.id)


@pytest.fixture
async def romashka(ctx: Context, database: str) -> Shop:
    account, _, brand = await shop()
    duty = ctx.acting(OPERATOR, CLI)
    both = duty.acting(VERA, CLI), duty.acting(BORIS, CLI)
    return Shop(account, brand, Scope.of([account.id]), *both)


async def _later(ctx: Context, scope: Scope, id_: int) -> None:
    await schedule_campaign(ctx, scope, id_, ctx.clock() + timedelta(hours=1))


async def _changed(ctx: Context, scope: Scope, id_: int) -> None:
    await change_campaign(ctx, scope, id_, Draft("Зима", plan_of("Чай", None)))


async def _refused(ctx: Context, scope: Scope, id_: int) -> None:
    await refuse_campaign(ctx, scope, id_, "Почему дешевле?")


OPEN = (S.SCHEDULED, S.COLLECTING, S.SENDING)
# By verb: in which states it may be done, and what state that leads to; None: the same.
ALLOWED: dict[Use, dict[CampaignState, CampaignState | None]] = {
    _changed: {S.DRAFT: None},
    submit_campaign: {S.DRAFT: S.IN_REVIEW, S.IN_REVIEW: None},
    approve_campaign: {S.IN_REVIEW: S.DRAFT},
    _refused: {S.IN_REVIEW: S.DRAFT},
    _later: {S.DRAFT: S.SCHEDULED, S.SCHEDULED: None},
    redraft_campaign: {S.DRAFT: None, S.IN_REVIEW: S.DRAFT, S.SCHEDULED: S.DRAFT},
    start_now: {
        S.DRAFT: S.COLLECTING, S.SCHEDULED: S.COLLECTING, S.COLLECTING: None, S.SENDING: None,
    },
    pause_campaign: dict.fromkeys(OPEN),
    resume_campaign: dict.fromkeys(OPEN),
    cancel_campaign: {each: S.CANCELLED for each in S if each is not S.DONE},
    copy_campaign: dict.fromkeys(S),
}  # fmt: skip


async def test_every_verb_in_every_state(romashka: Shop) -> None:
    for use, allowed in ALLOWED.items():
        for state in S:
            campaign = await romashka.written(state)
            where = f"{use.__name__} while {state}"
            if state in allowed:
                # Twice: a double tap.
                await use(romashka.vera, romashka.scope, campaign.id)
                to = allowed[state] or state
                if to in allowed:
                    await use(romashka.vera, romashka.scope, campaign.id)
                assert (await Campaign.get(id=campaign.id)).state is to, where
                continue
            with pytest.raises(Refusal) as refused:
                await use(romashka.vera, romashka.scope, campaign.id)
            assert refused.value.code is Code.CAMPAIGN_STATE, where
            assert refused.value.details == {"state": state.value}
            assert (await Campaign.get(id=campaign.id)).state is state, where


async def test_what_is_somebody_else_s_is_not_found(romashka: Shop) -> None:
    campaign = await romashka.written()
    for use in ALLOWED:
        with pytest.raises(Refusal) as refused:
            await use(romashka.vera, Scope.of([romashka.account.id + 1]), campaign.id)
        assert refused.value.code is Code.CAMPAIGN_NOT_FOUND


async def test_who_wrote_or_changed_it_does_not_let_it_go(romashka: Shop, ctx: Context) -> None:
    await MessagingRules.create(account=romashka.account, four_eyes=True)
    campaign, scope = await romashka.written(), romashka.scope
    for begin in (start_now, _later):
        with pytest.raises(Refusal) as refused:
            await begin(romashka.vera, scope, campaign.id)
        assert refused.value.code is Code.CAMPAIGN_UNAPPROVED
    await submit_campaign(romashka.vera, scope, campaign.id)
    with pytest.raises(Refusal) as refused:
        await approve_campaign(romashka.vera, scope, campaign.id)
    assert refused.value.code is Code.CAMPAIGN_OWN
    await refuse_campaign(romashka.boris, scope, campaign.id, "Почему дешевле?")
    assert (await Campaign.get(id=campaign.id)).refused == "Почему дешевле?"
    # Whoever changes it has written it, too.
    await _changed(romashka.boris, scope, campaign.id)
    await submit_campaign(romashka.vera, scope, campaign.id)
    assert (await Campaign.get(id=campaign.id)).refused == ""
    for each in (romashka.vera, romashka.boris):
        with pytest.raises(Refusal) as refused:
            await approve_campaign(each, scope, campaign.id)
        assert refused.value.code is Code.CAMPAIGN_OWN
    duty = ctx.acting(OPERATOR, CLI)
    await approve_campaign(duty, scope, campaign.id)
    approved = await Campaign.get(id=campaign.id)
    assert (approved.approved_by, approved.author) == ("operator", "key:1")
    # A change takes the approval away, the same again does not.
    await _changed(romashka.vera, scope, campaign.id)
    assert (await Campaign.get(id=campaign.id)).approved_at is not None
    await change_campaign(romashka.vera, scope, campaign.id, NEW)
    with pytest.raises(Refusal) as refused:
        await start_now(romashka.vera, scope, campaign.id)
    assert refused.value.code is Code.CAMPAIGN_UNAPPROVED
    # A copy is approved by nobody.
    copied = await copy_campaign(romashka.boris, scope, campaign.id)
    assert (copied.approved_at, copied.author, copied.plan) == (None, "key:2", NEW.plan)
    with pytest.raises(CampaignRefused, match="approved"):
        await start_campaign(duty, CampaignOrder(brand="romashka", text="Кофе"))


async def test_the_trail_tells_who_did_what(romashka: Shop) -> None:
    campaign, scope = await romashka.written(), romashka.scope
    for use in (_changed, submit_campaign, _refused, submit_campaign, approve_campaign, _later,
                start_now, pause_campaign, resume_campaign, cancel_campaign):  # fmt: skip
        await use(romashka.vera, scope, campaign.id)
    told = AuditEntry.filter(subject_kind="campaign", subject_id=campaign.id).order_by("id")
    assert [each.verb.removesuffix("_campaign") for each in await told] == [
        "write", "change", "submit", "refuse", "submit", "approve", "schedule", "start", "pause",
        "resume", "cancel",
    ]  # fmt: skip
    assert {(each.actor_id, each.account_id) for each in await told} == {(1, romashka.account.id)}


async def test_cancelled_while_its_people_are_written_down(romashka: Shop) -> None:
    """Nobody is written down after it."""
    await audience(romashka.vera, romashka.account, romashka.brand, 2500)
    campaign = await romashka.written()
    await start_now(romashka.vera, romashka.scope, campaign.id)
    begun = await Campaign.get(id=campaign.id)
    assert await collect_campaign(begun)
    await cancel_campaign(romashka.vera, romashka.scope, campaign.id)
    assert not await collect_campaign(begun)
    found = await Campaign.get(id=campaign.id)
    assert (found.state, found.recipients, found.finished_at) == (S.CANCELLED, 2000, None)


async def test_cancelled_at_its_very_end_it_is_cancelled(romashka: Shop) -> None:
    """Between the look that finds nothing left and the note that it is done."""
    campaign = await romashka.written(S.SENDING)
    ways = CampaignsOnTheirWay(romashka.vera, {})
    await cancel_campaign(romashka.vera, romashka.scope, campaign.id)
    await ways._finish(campaign, S.DONE)
    assert (await Campaign.get(id=campaign.id)).finished_at is None
    await ways.look()
    found = await Campaign.get(id=campaign.id)
    assert (found.state, found.finished_at) == (S.CANCELLED, romashka.vera.clock())
