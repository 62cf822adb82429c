"""The channels of a message, in the order in which they are tried."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from catalog.entries.values.entry import Entry
from catalog.entries.values.lists import Listed
from catalog.entries.values.scalars import Whole, Word
from models.channel import ChannelName

_CHANNELS = tuple(ChannelName)
_LONGEST_WAIT = 30 * 24 * 60
CASCADE = Listed(
    len(_CHANNELS),
    "has {} channels",
    f"1 to {len(_CHANNELS)}",
    least=1,
    wanted="a list of channels",
    by="channel",
    at="channel",
    again="is {} again",
)


class Arrived(StrEnum):
    """What counts as arrived."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    CLICKED = "clicked"


class StepEntry(Entry):
    """A channel, and when it counts as arrived."""

    channel: Annotated[ChannelName, Word(_CHANNELS)] = Field(
        description="telegram, email, sms or wallet (the card in their phone).",
        examples=["telegram"],
    )
    wait_minutes: Annotated[int, Whole(0, _LONGEST_WAIT)] = Field(
        default=0,
        description="How long it may take, before the next channel has its turn.",
        examples=[60],
    )
    arrived: Annotated[Arrived, Word(Arrived)] = Field(
        default=Arrived.ACCEPTED,
        description="accepted: the channel has taken it; delivered: it is on their phone or in "
        "their mailbox, where that is told; clicked: they have followed a link.",
        examples=["accepted"],
    )
