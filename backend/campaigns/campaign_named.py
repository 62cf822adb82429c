"""A campaign by its number, as a tenant calls it."""

from catalog.tenant import Scope
from models.campaign import Campaign
from models.refusal import Code, Refusal


async def campaign_named(scope: Scope, campaign_id: int) -> Campaign:
    """With its brand, program and account. Refuses with campaign_not_found."""
    found = scope.campaigns().filter(id=campaign_id)
    campaign = await found.select_related("brand__program__account").first()
    if campaign is None:
        raise Refusal(Code.CAMPAIGN_NOT_FOUND)
    return campaign
