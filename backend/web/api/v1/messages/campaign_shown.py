"""How a campaign is told, and how far it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.brands.templates.freeze import entered
from backend.campaigns.campaign_pace import Pace
from backend.web.api.queries import ListQuery
from backend.web.api.v1.messages.template_shown import FormShown
from backend.web.api.v1.shared import instant, without_nothing
from catalog.entries.messages.campaign import CampaignEntry
from catalog.entries.values.entry import Entry
from catalog.entries.values.moments import Moment
from catalog.entries.values.scalars import Word
from catalog.entries.values.texts import Text
from models.campaign import GOING, Campaign, CampaignState

LONGEST_REASON = 1000


class CampaignMade(CampaignEntry):
    """A campaign of one of the account's brands."""

    brand: Annotated[str, Text(64, wanted="a brand of this account")] = Field(
        description="The key of the brand in whose name it is said.", examples=["lavka"]
    )


class CampaignShown(CampaignEntry):
    """A campaign as it was entered, and what has become of it."""

    id: int = Field(description="By which it is named.", examples=[12])
    brand: str = Field(description="The key of the brand.", examples=["lavka"])
    state: str = Field(
        description="draft, in_review, scheduled, collecting, sending, done or cancelled."
    )
    author: str | None = Field(
        default=None, description="Who wrote it, as the audit trail names them."
    )
    approved_by: str | None = Field(default=None, description="Who let it go.")
    approved_at: str | None = Field(default=None, description="When.")
    refused: str | None = Field(default=None, description="Why it was not let go.")
    starts_at: str | None = Field(
        default=None, description="When it begins; of one that repeats, when it does next."
    )
    started_at: str | None = Field(default=None, description="When it began.")
    paused_at: str | None = Field(default=None, description="Since when it rests.")
    finished_at: str | None = Field(default=None, description="When it was over.")
    series: int | None = Field(default=None, description="The campaign whose turn it is.")
    recipients: int = Field(description="How many people are on its list.")
    held_out: int = Field(description="How many are told nothing, beside them.")
    created_at: str = Field(description="When it was written.")


class CampaignsQuery(ListQuery):
    """Which campaigns."""

    brand: Annotated[str | None, Text(64)] = Field(
        default=None, description="Only of this brand.", examples=["lavka"]
    )
    state: Annotated[CampaignState | None, Word(CampaignState)] = Field(
        default=None, description="Only in this state.", examples=["sending"]
    )
    series: Annotated[str | None, Text(18)] = Field(
        default=None, description="Only the turns of this one that repeats.", examples=["12"]
    )


class FormOfVariant(FormShown):
    """How one of the wordings is read in one language and one channel."""

    variant: str = Field(description="Its name.", examples=["A"])


class PaidShown(BaseModel):
    """What the quicker way costs."""

    stars: str = Field(description="What it takes for all recipients, at most.")
    most_stars: int = Field(description="What may be paid; the rest leaves unpaid.")


class CampaignPreviewShown(BaseModel):
    """What would be sent now, to how many. Nothing is."""

    meant: int = Field(description="Whom the audience means of those whom the brand may mean.")
    recipients: int = Field(description="Who would be written to.")
    held_out: int = Field(description="About how many would be told nothing, to compare.")
    left_out: dict[str, int] = Field(
        description="Why the others are not: no_consent (advertising is not allowed by any of the "
        "channels), not_reachable (not found by those that they allow)."
    )
    capped: int | None = Field(
        default=None,
        description="Of the recipients, who has heard as much as the rules of the account allow by "
        "now; where there are caps, and of not too many.",
    )
    quiet: int = Field(
        description="Of the recipients and those held out, for whom it is night now: they get it "
        "in the morning."
    )
    digest: int = Field(
        description="Of the recipients and those held out, who gets advertising once a day, all of "
        "it in one message."
    )
    not_set_up: list[str] = Field(
        description="Channels of it that are not set up here: they are passed over, and it waits "
        "where no other one is left."
    )
    paid: PaidShown | None = Field(default=None, description="Of one that pays.")
    sentence: dict[str, str] = Field(description="Who is meant, in plain words, by language.")
    rounded: bool = Field(
        description="Whether the numbers are down to tens, because answers of people are asked for."
    )
    forms: list[FormOfVariant] = Field(description="By wording, language and channel.")


class ReasonGiven(Entry):
    """Why it is not let go."""

    reason: Annotated[str, Text(LONGEST_REASON, wanted="why it is not let go")] = Field(
        description="Its author reads it.", examples=["The price is last week's."]
    )


class TimeGiven(Entry):
    """When it begins."""

    starts_at: Annotated[datetime, Moment()] = Field(
        description="Without an offset by the clock of the account; of one that repeats the first "
        "moment at which it may have a turn.",
        examples=["2026-12-24T18:00"],
    )


class CampaignProgressShown(BaseModel):
    """How far it is."""

    state: str = Field(description="Of the campaign.")
    paused_at: str | None = Field(default=None, description="Since when it rests.")
    recipients: int = Field(description="How many people are on its list so far.")
    held_out: int = Field(description="How many are told nothing.")
    listed: bool = Field(description="Whether the list is complete.")
    settled: int = Field(description="Of how many attempts it is known how they ended.")
    states: dict[str, int] = Field(
        description="How they ended: delivered, stopped, failed, in_doubt."
    )
    per_second: float | None = Field(
        default=None, description="How many ended in a second lately, while any do."
    )
    seconds_left: int | None = Field(
        default=None, description="At this pace, once the list is complete."
    )


def campaign_shown(row: Campaign) -> dict[str, Any]:
    """Its brand is open."""
    plan = row.plan
    told = {
        "id": row.id,
        "brand": row.brand.key,
        # `karman push` gives none.
        "name": row.name or f"campaign {row.id}",
        "purpose": row.purpose.value,
        "segment": plan.get("segment"),
        "audience": plan.get("audience"),
        "variants": [_variant(each) for each in plan["variants"]],
        "cascade": plan["cascade"],
        **{
            name: plan.get(name) for name in ("cheapest_first", "stale_minutes", "holdout", "group")
        },
        **{name: plan.get(name) for name in ("quiet", "capped", "repeats", "paid")},
        **{name: getattr(row, name) for name in ("advertiser", "inn", "erid")},
        "state": row.state.value,
        **{name: getattr(row, name) for name in ("author", "approved_by", "refused")},
        **{name: instant(getattr(row, name)) for name in _MOMENTS},
        "series": row.series_id,
        "recipients": row.recipients,
        "held_out": row.held_out,
    }
    return without_nothing(told)


_MOMENTS = ("approved_at", "starts_at", "started_at", "paused_at", "finished_at", "created_at")


def _variant(kept: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: kept[name] for name in ("name", "share", "template") if kept.get(name)}
    return {**told, "content": entered(kept["content"])}


def progress_shown(told: Pace) -> dict[str, Any]:
    row = told.campaign
    return without_nothing(
        {
            "state": row.state.value,
            "paused_at": instant(row.paused_at),
            "recipients": row.recipients,
            "held_out": row.held_out,
            "listed": row.started_at is not None and row.state is not CampaignState.COLLECTING,
            "settled": told.settled,
            "states": dict(told.states),
            "per_second": round(told.per_second, 1) if row.state in GOING else None,
            "seconds_left": told.seconds_left,
        }
    )
