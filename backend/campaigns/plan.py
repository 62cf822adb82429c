"""A campaign's plan as it is kept, read. What may be entered is checked in catalog/entries; what is
read here was checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalog.repeats import Repeats
from models.channel import ChannelName

ALL = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """`shares`: of a hundred, which of the wordings how many get. `channels`: of the cascade, in
    their order. `holdout`: of a hundred, how many are told nothing. `group`: the name under which
    a brand's campaigns put people alike; "" for this campaign alone."""

    shares: tuple[int, ...] = (ALL,)
    channels: tuple[str, ...] = (ChannelName.TELEGRAM.value,)
    audience: Mapping[str, Any] | None = None
    holdout: int = 0
    group: str = ""
    cheapest_first: bool = False
    repeats: Repeats | None = None

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Plan":
        repeats = kept.get("repeats")
        return cls(
            shares=tuple(int(each.get("share") or 0) for each in kept["variants"]),
            channels=tuple(each["channel"] for each in kept["cascade"]),
            audience=kept.get("audience"),
            holdout=int(kept.get("holdout") or 0),
            group=str(kept.get("group") or ""),
            cheapest_first=bool(kept.get("cheapest_first")),
            repeats=Repeats.read(repeats) if repeats else None,
        )
