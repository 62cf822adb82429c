"""The rules by which an account's brands send messages."""

import re
from typing import Annotated, Self

from pydantic import Field, model_validator

from catalog.entries.values.entry import Entry
from catalog.entries.values.scalars import Flag, Whole
from catalog.entries.values.texts import Text
from catalog.entries.values.wrong import wrong

_LIKE_TIME = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")
TIME = Text(5, like=_LIKE_TIME, form="a time of the day such as 21:00")
_MOST = 1000
_MOST_KOPECKS = 1_000_000


class MessagingEntry(Entry):
    """Quiet hours, caps, who lets messages go, what they cost."""

    quiet_from: Annotated[str, TIME] = Field(
        default="",
        description="From when on no advertising is sent, by the clock of the person's city.",
        examples=["21:00"],
    )
    quiet_until: Annotated[str, TIME] = Field(
        default="",
        description="Until when. Both are left out where there are no quiet hours.",
        examples=["09:00"],
    )
    per_day: Annotated[int, Whole(0, _MOST)] = Field(
        default=0,
        description="Advertising of one brand to one person in 24 hours, at most; 0: no cap.",
        examples=[1],
    )
    per_week: Annotated[int, Whole(0, _MOST)] = Field(
        default=0, description="The same in seven days.", examples=[3]
    )
    four_eyes: Annotated[bool, Flag()] = Field(
        default=False,
        description="Whether a campaign has to be approved by somebody else than its author.",
        examples=[True],
    )
    sms_kopecks: Annotated[int, Whole(0, _MOST_KOPECKS)] = Field(
        default=0, description="What one part of an SMS costs.", examples=[350]
    )
    email_kopecks: Annotated[int, Whole(0, _MOST_KOPECKS)] = Field(
        default=0, description="What a letter costs.", examples=[10]
    )
    card_kopecks: Annotated[int, Whole(0, _MOST_KOPECKS)] = Field(
        default=0, description="What a plastic card costs.", examples=[1000]
    )

    @model_validator(mode="after")
    def _both(self) -> Self:
        if bool(self.quiet_from) != bool(self.quiet_until):
            alone = "quiet_from" if self.quiet_from else "quiet_until"
            raise wrong("stands alone", "quiet_from and quiet_until, or none of them", at=alone)
        if self.quiet_from and self.quiet_from == self.quiet_until:
            raise wrong("is the same", "another time of the day", at="quiet_until")
        return self
