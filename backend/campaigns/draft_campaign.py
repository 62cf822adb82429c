"""Write a campaign, change it while nobody has seen it, write another one like it."""

from dataclasses import dataclass
from typing import Any

from backend.campaigns.held import hold
from backend.campaigns.whose import account_of_brand
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import Change, note
from catalog.scope import controllers
from catalog.tenant import Scope
from models.account import Account
from models.audit_entry import Verb
from models.brand import Brand
from models.campaign import Campaign, CampaignState
from models.message_purpose import MessagePurpose

# What copies take over.
_WRITTEN = ("name", "purpose", "plan", "advertiser", "inn", "erid")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a campaign says, checked. Advertiser and INN are the account's unless given."""

    name: str
    plan: dict[str, Any]
    purpose: MessagePurpose = MessagePurpose.PROMO
    advertiser: str = ""
    inn: str = ""
    erid: str = ""

    def values(self, account: Account) -> dict[str, Any]:
        return {
            "name": self.name,
            "plan": self.plan,
            "purpose": self.purpose,
            "advertiser": self.advertiser or account.legal_name_ru,
            "inn": self.inn or account.inn,
            "erid": self.erid,
        }


async def write_campaign(ctx: Context, brand: Brand, draft: Draft) -> Campaign:
    """A draft of the brand's: nobody hears anything of it yet."""
    account_id = await account_of_brand(brand.id)
    async with transaction():
        account = await controllers().get(id=account_id)
        return await _written(ctx, brand.id, account_id, draft.values(account))


async def change_campaign(ctx: Context, scope: Scope, campaign_id: int, draft: Draft) -> None:
    """What was approved before is not any more. Refuses with campaign_not_found, and with
    campaign_state what is no draft."""
    async with transaction():
        held = await hold(scope, campaign_id)
        held.must_be(CampaignState.DRAFT)
        values = draft.values(await controllers().get(id=held.account_id))
        before = {name: getattr(held.campaign, name) for name in values}
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return
        told = Change({name: before[name] for name in changed}, changed)
        changed |= {"approved_at": None, "approved_by": ""}
        await held.put(ctx, Verb.CHANGE_CAMPAIGN, told, **changed)


async def copy_campaign(ctx: Context, scope: Scope, campaign_id: int) -> Campaign:
    """A draft that says the same. Refuses with campaign_not_found."""
    async with transaction():
        held = await hold(scope, campaign_id)
        values = {name: getattr(held.campaign, name) for name in _WRITTEN}
        return await _written(ctx, held.campaign.brand_id, held.account_id, values)


async def _written(
    ctx: Context, brand_id: int, account_id: int, values: dict[str, Any]
) -> Campaign:
    made = await Campaign.create(
        brand_id=brand_id, state=CampaignState.DRAFT, author=str(ctx.actor),
        created_at=ctx.clock(), **values,
    )  # fmt: skip
    told = Change(None, values)
    await note(ctx, Verb.WRITE_CAMPAIGN, "campaign", made.id, account_id=account_id, change=told)
    return made
