"""A campaign as the sender knows it."""

from collections import OrderedDict

from backend.cascades.cascade import Cascade
from backend.links.keep import LinkedSource
from backend.platform.context import Context
from backend.sending.paid import most_paid
from backend.sending.rules import caps_of, hours_of
from backend.sending.voice import NO_CAPS, Variant, Voice, names_of, ready
from backend.templates.template_said import Law
from catalog.messaging_rules import messaging_rules
from models.campaign import Campaign, CampaignState
from models.message_purpose import MessagePurpose

# Campaigns whose wordings are kept ready.
MOST_READY = 100


class CampaignVoices:
    """Of one process. What a campaign says is frozen, and made ready once. `of_all`: how much
    advertising of all brands somebody may have in a day, 0: as much as there is."""

    def __init__(self, ctx: Context, base_url: str, of_all: int) -> None:
        self._ctx, self._base_url, self._of_all = ctx, base_url, of_all
        self._variants: OrderedDict[int, list[Variant]] = OrderedDict()

    async def find(self, campaign_id: int) -> Voice | None:
        """None for one that is cancelled."""
        # of all: a campaign whose messages are in hand
        found = Campaign.filter(id=campaign_id).exclude(state=CampaignState.CANCELLED)
        campaign = await found.select_related("brand__program__account").first()
        if campaign is None:
            return None
        account = campaign.brand.program.account
        rules = await messaging_rules(account.id)
        return Voice(
            f"campaign {campaign.id}",
            campaign.brand_id,
            await self._ready(campaign),
            account.timezone,
            hours_of(rules) if campaign.plan.get("quiet") else None,
            caps_of(rules, self._of_all) if campaign.plan.get("capped") else NO_CAPS,
            self._base_url,
            self._ctx,
            Cascade.read(campaign.plan).stale,
            names_of(campaign.brand),
            most_paid(campaign),
        )

    async def _ready(self, campaign: Campaign) -> list[Variant]:
        if campaign.id not in self._variants:
            self._variants[campaign.id] = [
                await self._variant(campaign, number)
                for number in range(len(campaign.plan["variants"]))
            ]
            if len(self._variants) > MOST_READY:
                self._variants.popitem(last=False)
        return self._variants[campaign.id]

    async def _variant(self, campaign: Campaign, number: int) -> Variant:
        law = Law(campaign.advertiser, campaign.inn, campaign.erid)
        label = campaign.name or f"campaign-{campaign.id}"
        return await ready(
            self._ctx,
            campaign.plan["variants"][number]["content"],
            law if campaign.purpose is MessagePurpose.PROMO else None,
            LinkedSource(campaign.brand_id, f"campaign:{campaign.id}", label, number),
            [each["channel"] for each in campaign.plan["cascade"]],
        )
