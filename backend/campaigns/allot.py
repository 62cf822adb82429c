"""Who hears nothing, and who gets which wording: by a hash of who they are, so that it is the same
whenever and by whichever process it is asked."""

from collections.abc import Sequence
from hashlib import blake2b

from backend.campaigns.plan import ALL, Plan
from models.campaign import HELD_OUT, Campaign

_FINE = 10_000


def salt_of(campaign: Campaign, plan: Plan) -> str:
    """Campaigns of one salt put a person alike: those of a brand that name the same group, and the
    runs of one series."""
    if plan.group:
        return f"group:{campaign.brand_id}:{plan.group}"
    return f"campaign:{campaign.series_id or campaign.id}"


def allot(plan: Plan, salt: str, customer_id: int) -> int:
    """The index of a variant, or HELD_OUT. Who is held out says nothing of who gets which."""
    if plan.holdout and _of("holdout", salt, customer_id) * ALL < plan.holdout * _FINE:
        return HELD_OUT
    if len(plan.shares) == 1:
        return 0
    return _within(plan.shares, _of("variant", salt, customer_id))


def _within(shares: Sequence[int], found: int) -> int:
    end = 0
    for variant, share in enumerate(shares):
        end += share
        if found * ALL < end * _FINE:
            return variant
    return len(shares) - 1


def _of(what: str, salt: str, customer_id: int) -> int:
    """From 0 to _FINE, without it."""
    digest = blake2b(f"{what}:{salt}:{customer_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % _FINE
