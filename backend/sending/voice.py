"""What is said to many, and by which rules: a campaign or a trigger, as the sender knows it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from backend.links.keep import LinkedSource, keep_links
from backend.links.links import Links
from backend.messaging.said import Said
from backend.messaging.wording import Worded
from backend.platform.context import Context
from backend.platform.quiet_hours import QuietHours
from backend.platform.words import LANGUAGES, spoken
from backend.templates.content import Content
from backend.templates.template_said import Law, TemplateSaid
from models.brand import Brand
from models.message import CAMPAIGN, TRIGGER, Message


@dataclass(frozen=True, slots=True)
class Caps:
    """How many messages of advertising somebody may have of one brand in a day and in a week, and
    of all brands in a day; 0: as many as there are."""

    per_day: int = 0
    per_week: int = 0
    of_all: int = 0


NO_CAPS = Caps()


@dataclass(frozen=True, slots=True)
class Addressed:
    """What is to be said to whom. `values` are those of the variables, `data` is of the row of a
    message that was written with its words."""

    message_id: int
    customer_id: int
    language: str
    channel: str
    kind: str
    variant: int
    card_id: int | None
    data: Mapping[str, Any]
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the wordings, made ready once. `law`: of advertising. `links`: the ids of its short
    links by address, by channel."""

    content: Content
    variables: frozenset[str]
    law: Law | None
    links: Mapping[str, Mapping[str, int]]


async def ready(
    ctx: Context, kept: Mapping[str, Any], law: Law | None, source: LinkedSource,
    channels: Sequence[str],
) -> Variant:  # fmt: skip
    """Of a content as it is kept; its short links are made if they are not there yet."""
    content = Content.read(kept)
    urls = content.urls()
    links = {each: await keep_links(ctx, source, each, urls) for each in channels if urls}
    return Variant(content, content.variables(), law, links)


def names_of(brand: Brand) -> dict[str, str]:
    return {language: spoken(brand, "name", language) for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Voice:
    """`zone`: of the account, for whoever has named no city. `base_url`: of our own pages. `stale`:
    so long after it was written nobody is told any more. `brand`: its name by language.
    `most_paid`: so many messages may be paid for."""

    name: str
    brand_id: int
    variants: Sequence[Variant]
    zone: str
    quiet: QuietHours | None
    caps: Caps
    base_url: str
    ctx: Context = field(repr=False)
    stale: timedelta | None = None
    brand: Mapping[str, str] = field(default_factory=dict)
    most_paid: int = 0

    def variables(self, variant: int) -> frozenset[str]:
        """Of what is said: values are asked for them alone."""
        if not self.variants:
            return frozenset()
        return self.variants[variant].variables

    def said(self, whom: Addressed) -> Said:
        """What a partner has asked to be told has its words in its row, and what an older version
        has written down."""
        if whom.kind not in {CAMPAIGN, TRIGGER}:
            return Worded(Message(kind=whom.kind, data=dict(whom.data), body=""), whom.language)
        variant = self.variants[whom.variant]
        ids = variant.links.get(whom.channel, {})
        return TemplateSaid(
            variant.content,
            whom.language,
            whom.channel,
            whom.values,
            variant.law,
            self.brand_id if variant.law else 0,
            Links(self.base_url, self.ctx.vault, ids, whom.message_id),
            whom.card_id or 0,
        )


# By the id of a campaign or a trigger; None for what is not there, or says nothing any more.
FindVoice = Callable[[int], Awaitable[Voice | None]]
