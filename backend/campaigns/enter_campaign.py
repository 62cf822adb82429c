"""What an account has entered becomes what a campaign keeps: whole, so that nothing of it changes
when a template does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backend.brands.templates.freeze import kept_content
from backend.brands.templates.save_template import template_named
from backend.campaigns.audiences.save_segment import segment_of
from backend.campaigns.audiences.unknown_in import unknown_in
from backend.campaigns.draft_campaign import Draft
from backend.segments.where import Tree
from catalog.entries.messages.campaign import CampaignEntry, VariantEntry
from catalog.entries.values.around import Around
from catalog.tenant import Scope
from models.message_purpose import MessagePurpose
from models.template import MessageTemplate

Way = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Unfit:
    """`way` leads from the top of the entry to what is wrong."""

    way: Way
    what: str
    expected: str


class CampaignUnfit(ValueError):
    """What was entered is right by itself and does not fit what the account has."""

    def __init__(self, found: Sequence[Unfit]) -> None:
        super().__init__("; ".join(each.what for each in found))
        self.found = tuple(found)


async def draft_of(scope: Scope, account_id: int, entry: CampaignEntry, around: Around) -> Draft:
    """`around`: what it was checked against. Raises CampaignUnfit; refuses with
    template_not_found, segment_not_found, offer_not_found, picture_not_found and picture_unfit."""
    taken = [await _taken(scope, account_id, each) for each in entry.variants]
    found = [
        Unfit(
            ("variants", place, "template"),
            f"template is for {row.purpose.value}",
            f"a template for {entry.purpose.value}",
        )
        for place, row in enumerate(taken)
        if row is not None and row.purpose is not entry.purpose
    ]
    tree = await _tree(scope, account_id, entry)
    found += [
        Unfit(("audience", *each.way), each.what, each.expected)
        for each in await unknown_in(scope, account_id, tree)
    ]
    if found:
        raise CampaignUnfit(found)
    variants = [
        await _variant(scope, account_id, each, row, around)
        for each, row in zip(entry.variants, taken, strict=True)
    ]
    law = _law(entry, [row for row in taken if row is not None])
    return Draft(name=entry.name, plan=_plan(entry, variants, tree), purpose=entry.purpose, **law)


async def _tree(scope: Scope, account_id: int, entry: CampaignEntry) -> Tree | None:
    """Of the segment, where nothing stands beside it."""
    if entry.audience is not None or not entry.segment:
        return entry.audience
    return (await segment_of(scope, account_id, entry.segment)).tree


async def _taken(scope: Scope, account_id: int, each: VariantEntry) -> MessageTemplate | None:
    return await template_named(scope, account_id, each.template) if each.template else None


async def _variant(
    scope: Scope, account_id: int, each: VariantEntry, taken: MessageTemplate | None, around: Around
) -> dict[str, Any]:
    if each.content is not None:
        content = await kept_content(scope, account_id, each.content, around.variables)
    else:
        content = taken.content if taken is not None else {}
    told = {"name": each.name, "share": each.share, "content": content}
    return told | ({"template": each.template} if each.template else {})


def _law(entry: CampaignEntry, taken: Sequence[MessageTemplate]) -> dict[str, Any]:
    """Its own, or that of the first template which says something of it."""
    told = next((row for row in taken if row.advertiser or row.erid), None)
    if entry.advertiser or told is None:
        return {"advertiser": entry.advertiser, "inn": entry.inn, "erid": entry.erid}
    return {"advertiser": told.advertiser, "inn": told.inn, "erid": entry.erid or told.erid}


def _plan(
    entry: CampaignEntry, variants: list[dict[str, Any]], tree: Tree | None
) -> dict[str, Any]:
    repeats = entry.repeats
    return {
        "variants": variants,
        "audience": tree,
        "segment": entry.segment,
        "cascade": [each.model_dump(mode="json") for each in entry.cascade],
        "cheapest_first": entry.cheapest_first,
        "stale_minutes": entry.stale_minutes,
        "holdout": entry.holdout,
        "group": entry.group,
        "quiet": entry.quiet or entry.purpose is MessagePurpose.PROMO,
        "capped": entry.capped and entry.purpose is MessagePurpose.PROMO,
        "paid": None if entry.paid is None else entry.paid.model_dump(),
        "repeats": None if repeats is None else repeats.model_dump(mode="json", exclude_none=True),
    }
