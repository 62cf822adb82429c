"""A campaign is shown to somebody else, who lets it go or says why not.

Where the account has the rule of four eyes, whoever has written or changed a campaign may not
approve it: the audit trail tells who has.
"""

from backend.campaigns.held import Held, hold
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import Change
from catalog.messaging_rules import messaging_rules
from catalog.tenant import Scope
from models.audit_entry import AuditEntry, Verb
from models.campaign import CampaignState
from models.refusal import Code, Refusal

_WRITING = (Verb.WRITE_CAMPAIGN, Verb.CHANGE_CAMPAIGN)


async def submit_campaign(ctx: Context, scope: Scope, campaign_id: int) -> None:
    """It waits for approval. Refuses with campaign_not_found and campaign_state."""
    async with transaction():
        held = await hold(scope, campaign_id)
        if held.campaign.state is CampaignState.IN_REVIEW:
            return
        held.must_be(CampaignState.DRAFT)
        state = CampaignState.IN_REVIEW
        await held.put(ctx, Verb.SUBMIT_CAMPAIGN, state=state, refused="")


async def approve_campaign(ctx: Context, scope: Scope, campaign_id: int) -> None:
    """It is a draft that may be started. Refuses with campaign_not_found, campaign_state, and
    with campaign_own where another one has to do it."""
    async with transaction():
        held = await hold(scope, campaign_id)
        if held.campaign.state is CampaignState.DRAFT and held.campaign.approved_at:
            return
        held.must_be(CampaignState.IN_REVIEW)
        rules = await messaging_rules(held.account_id)
        if rules.four_eyes and await _has_written(ctx, held):
            raise Refusal(Code.CAMPAIGN_OWN)
        await held.put(
            ctx, Verb.APPROVE_CAMPAIGN, state=CampaignState.DRAFT,
            approved_at=ctx.clock(), approved_by=str(ctx.actor),
        )  # fmt: skip


async def refuse_campaign(ctx: Context, scope: Scope, campaign_id: int, reason: str) -> None:
    """It is a draft again, with the reason. Refuses with campaign_not_found and
    campaign_state."""
    async with transaction():
        held = await hold(scope, campaign_id)
        held.must_be(CampaignState.IN_REVIEW)
        told = Change(None, {"refused": reason})
        state = CampaignState.DRAFT
        await held.put(ctx, Verb.REFUSE_CAMPAIGN, told, state=state, refused=reason)


async def must_be_approved(held: Held) -> None:
    """Refuses with campaign_unapproved what has to be, and is not: where the account says so, and
    what pays."""
    if held.campaign.approved_at is not None:
        return
    if held.campaign.plan.get("paid") or (await messaging_rules(held.account_id)).four_eyes:
        raise Refusal(Code.CAMPAIGN_UNAPPROVED)


async def _has_written(ctx: Context, held: Held) -> bool:
    if held.campaign.author == str(ctx.actor):
        return True
    return await AuditEntry.filter(
        account_id=held.account_id, subject_kind="campaign", subject_id=held.campaign.id,
        verb__in=[verb.value for verb in _WRITING],
        actor_kind=ctx.actor.kind.value, actor_id=ctx.actor.id,
    ).exists()  # fmt: skip
