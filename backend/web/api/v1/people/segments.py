"""Segments: who is meant, kept under a key, and counted while it is being built."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.brands.keys import brand_of
from backend.campaigns.audiences.count_segment import ROUNDED_TO, count_segment
from backend.campaigns.audiences.save_segment import archive_segment, save_segment, segment_of
from backend.campaigns.audiences.unknown_in import unknown_in
from backend.segments.audience import MOST_CAPPED
from backend.segments.sentence import sentence
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.trouble import Problem, Trouble, Wrong
from backend.web.api.v1.shared import NewKey, TwoTexts, instant, must_be_new, without_nothing
from catalog.entries.messages.segment import TREE_EXAMPLE, Audience, SegmentEntry
from catalog.entries.mistakes import pointer
from catalog.entries.values.entry import Entry
from catalog.entries.values.lists import Listed
from catalog.entries.values.scalars import Flag, Word
from catalog.entries.values.texts import Text
from models.channel import ChannelName
from models.refusal import Code
from models.segment import Segment

DOOR = "api:v1/segments"
_SAID = {
    "ru": "Те, у кого город — Казань или Уфа, и карта есть, и не так: кошелёк открывали за "
    "последние 30 дней.",
    "en": "Those with the city Kazan or Ufa, and the card, and not so: the wallet opened in the "
    "last 30 days.",
}
_ENTRY: Mapping[str, Any] = {"name": "Kazan and Ufa, not seen for a month", "tree": TREE_EXAMPLE}
EXAMPLE: Mapping[str, Any] = {
    "key": "kazan-asleep",
    **_ENTRY,
    "sentence": _SAID,
    "created_at": "2026-11-28T08:00:00Z",
}
_COUNTED: Mapping[str, Any] = {
    "meant": 1840,
    "recipients": 1207,
    "left_out": {"no_consent": 580, "not_reachable": 53},
    "rounded": False,
    "sentence": _SAID,
}
_WAYS = tuple(ChannelName)


class SegmentMade(SegmentEntry):
    """Who is meant, and the key by which it is to be known."""

    key: NewKey


class SegmentShown(BaseModel):
    """Who is meant."""

    key: str = Field(description="By which it is known for ever.")
    name: str = Field(description="By which people find it.")
    tree: dict[str, Any] | None = Field(
        default=None, description="As it was entered; left out: everybody."
    )
    sentence: TwoTexts = Field(description="The same in plain words.")
    created_at: str = Field(description="When it was made.")
    archived_at: str | None = Field(default=None, description="When it was put away.")


class SegmentsQuery(ListQuery):
    """Which segments."""

    archived: Annotated[bool, Flag()] = Field(
        default=False, description="Those that were put away, instead.", examples=[False]
    )


class CountWanted(Entry):
    """Of whom, in whose name, by which channels."""

    brand: Annotated[str, Text(64, wanted="the key of a brand")] = Field(
        description="Who would write to them.", examples=["lavka"]
    )
    tree: Audience
    segment: Annotated[str | None, Text(64)] = Field(
        default=None, description="The key of one that is kept, instead of a tree."
    )
    channels: Annotated[
        tuple[Annotated[ChannelName, Word(_WAYS)], ...],
        Listed(len(_WAYS), "has {} channels", "one or more", least=1, again="{} stands twice"),
    ] = Field(
        default=(ChannelName.TELEGRAM,),
        description="By which they would be written to; one is enough.",
        examples=[["telegram", "email"]],
    )
    promo: Annotated[bool, Flag()] = Field(
        default=True,
        description="Whether it is advertising; what is none goes to whoever carries the card.",
        examples=[True],
    )


class LeftOut(BaseModel):
    """Of those who are meant, who would not be written to."""

    no_consent: int = Field(description="They do not allow advertising by these channels.")
    not_reachable: int = Field(description="They have stopped the bot, or confirmed no address.")


class CountShown(BaseModel):
    """How many it would be now."""

    meant: int = Field(
        description="Of whoever has answered about your advertising, or carries your card."
    )
    recipients: int = Field(description="To whom it would go: as many as a campaign would freeze.")
    left_out: LeftOut = Field(description="The others, by the reason.")
    capped: int | None = Field(
        default=None,
        description="Of the recipients, who has had as much advertising as your rules allow by "
        "now: theirs is stopped, unless that is over when their turn comes. Left out where there "
        f"are no caps, and of more than {MOST_CAPPED} recipients.",
    )
    rounded: bool = Field(
        description=f"Whether every number is down to a multiple of {ROUNDED_TO}: where people's "
        "age, gender or birthday is asked for."
    )
    sentence: TwoTexts = Field(description="Who is meant, in plain words.")


def _shown(row: Segment) -> dict[str, Any]:
    said = {language: sentence(row.tree, language) for language in ("ru", "en")}
    return without_nothing(
        {
            "key": row.key,
            "name": row.name,
            "tree": row.tree,
            "sentence": said,
            "created_at": instant(row.created_at),
            "archived_at": instant(row.archived_at),
        }
    )


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[Segment]) -> list[Shown]:
        return [_shown(row) for row in rows]

    live = not asked.asks(SegmentsQuery).archived
    found = asked.scope.segments().filter(archived_at__isnull=live)
    return await page(asked, found, show)


async def _one(asked: Asked, key: str) -> dict[str, Any]:
    account = await asked.account()
    return _shown(await segment_of(asked.scope, account.id, key))


async def one(asked: Asked) -> Answer:
    return Answer(await _one(asked, asked.path["segment"]))


async def stands(asked: Asked) -> Mapping[str, Any]:
    account = await asked.account()
    return _shown(await segment_of(asked.scope, account.id, asked.path["segment"], locked=True))


async def _check(asked: Asked, account_id: int, tree: Mapping[str, Any] | None) -> None:
    """Raises Problem for what the account does not have."""
    unknown = await unknown_in(asked.scope, account_id, tree)
    if unknown:
        wrong = [
            Wrong(each.what, each.expected, pointer=pointer(("tree", *each.way)))
            for each in unknown
        ]
        raise Problem(Trouble.INPUT_INVALID, errors=tuple(wrong))


async def enter(asked: Asked) -> Answer:
    account, made = await asked.account(), asked.entered(SegmentMade)
    await _check(asked, account.id, made.tree)
    must_be_new(await save_segment(asked.ctx, asked.scope, account.id, made.key, made))
    return Answer(await _one(asked, made.key), f"{PREFIX}/segments/{made.key}")


async def replace(asked: Asked) -> Answer:
    account, entry = await asked.account(), asked.entered(SegmentEntry)
    key = asked.path["segment"]
    await segment_of(asked.scope, account.id, key)
    await _check(asked, account.id, entry.tree)
    await save_segment(asked.ctx, asked.scope, account.id, key, entry)
    return Answer(await _one(asked, key))


async def archive(asked: Asked) -> Answer:
    account = await asked.account()
    row = await archive_segment(asked.ctx, asked.scope, account.id, asked.path["segment"])
    return Answer(_shown(row))


async def count(asked: Asked) -> Answer:
    wanted = asked.entered(CountWanted)
    brand = await brand_of(asked.scope, wanted.brand)
    account_id, tree = brand.program.account_id, wanted.tree
    if wanted.segment is not None:
        if tree is not None:
            wrong = Wrong("segment stands beside tree", "one of the two", pointer="/segment")
            raise Problem(Trouble.INPUT_INVALID, errors=(wrong,))
        tree = (await segment_of(asked.scope, account_id, wanted.segment)).tree
    else:
        await _check(asked, account_id, tree)
    found = await count_segment(asked.ctx, brand.id, tree, wanted.channels, promo=wanted.promo)
    return Answer(
        without_nothing(
            {
                "meant": found.meant,
                "recipients": found.recipients,
                "left_out": found.left_out,
                "rounded": found.rounded,
                "sentence": found.sentence,
                "capped": found.capped,
            }
        )
    )


_NOT_FOUND = (Code.SEGMENT_NOT_FOUND,)
OPERATIONS = (
    Operation(
        "GET", "/segments", DOOR, Right.SEGMENTS, "List segments", every, SegmentShown,
        SegmentsQuery, example=EXAMPLE, paged=True,
    ),
    Operation(
        "POST", "/segments", DOOR, Right.SEGMENTS, "Keep a segment", enter, SegmentShown, Query,
        body=SegmentMade, body_example={"key": "kazan-asleep", **_ENTRY}, example=EXAMPLE,
        status=201, etag=True,
        refusals=(Code.KEY_INVALID, Code.KEY_TAKEN, Code.TOO_MANY_SEGMENTS),
    ),
    Operation(
        "POST", "/segments/count", DOOR, Right.SEGMENTS, "Count who is meant", count, CountShown,
        Query, body=CountWanted, body_example={"brand": "lavka", "tree": TREE_EXAMPLE},
        example=_COUNTED, refusals=(Code.BRAND_NOT_FOUND, *_NOT_FOUND),
        about="Nobody is written to, and nothing is kept. Quiet hours put a message off and leave "
        "nobody out.",
    ),
    Operation(
        "GET", "/segments/{segment}", DOOR, Right.SEGMENTS, "Read a segment", one, SegmentShown,
        Query, example=EXAMPLE, etag=True, refusals=_NOT_FOUND,
    ),
    Operation(
        "PUT", "/segments/{segment}", DOOR, Right.SEGMENTS, "Change a segment", replace,
        SegmentShown, Query, body=SegmentEntry, body_example=_ENTRY, example=EXAMPLE, etag=True,
        stands=stands, refusals=(*_NOT_FOUND, Code.KEY_INVALID, Code.TOO_MANY_SEGMENTS),
        about="What was sent, and what is being sent, stays as it was frozen. One that was put "
        "away is back.",
    ),
    Operation(
        "POST", "/segments/{segment}/archive", DOOR, Right.SEGMENTS, "Put a segment away",
        archive, SegmentShown, Query,
        example={**EXAMPLE, "archived_at": "2026-11-28T09:00:00Z"}, refusals=_NOT_FOUND,
        about="Its key stays taken.",
    ),
)  # fmt: skip
