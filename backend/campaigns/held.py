"""A campaign in hand: locked, and with whose it is."""

from collections.abc import Collection
from dataclasses import dataclass

from backend.campaigns.whose import account_of_brand
from backend.platform.context import Context
from backend.platform.watch.audit import UNTOLD, Change, note
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.campaign import Campaign, CampaignState
from models.refusal import Code, Refusal


@dataclass(frozen=True, slots=True)
class Held:
    campaign: Campaign
    account_id: int

    def must_be(self, *states: CampaignState) -> None:
        """Refuses with campaign_state."""
        if self.campaign.state not in states:
            raise Refusal(Code.CAMPAIGN_STATE, state=self.campaign.state.value)

    async def put(
        self, ctx: Context, verb: Verb, change: Change = UNTOLD, **values: object
    ) -> None:
        """Into its row, and into the audit trail."""
        await self.campaign.update_from_dict(values).save(update_fields=list(values))
        await note(
            ctx, verb, "campaign", self.campaign.id, account_id=self.account_id, change=change
        )


async def hold(scope: Scope, campaign_id: int) -> Held:
    """Inside a transaction. Refuses with campaign_not_found."""
    found = await scope.campaigns().filter(id=campaign_id).select_for_update().first()
    if found is None:
        raise Refusal(Code.CAMPAIGN_NOT_FOUND)
    return Held(found, await account_of_brand(found.brand_id))


async def with_its_runs(campaign: Campaign, states: Collection[CampaignState]) -> list[Campaign]:
    """Inside a transaction: what of a series still goes out, locked, and the campaign itself."""
    # of all: the turns of the campaign in hand
    runs = Campaign.filter(series_id=campaign.id, finished_at__isnull=True, state__in=list(states))
    return [campaign, *await runs.select_for_update().order_by("id")]
