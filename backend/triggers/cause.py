"""Something that has happened to somebody."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from models.trigger import LONGEST_ONCE


@dataclass(frozen=True, slots=True)
class Cause:
    """`once` tells it apart from all else that happens to anybody; `about` names the thing it is
    about ("order:retailcrm:1017"). `data` are values of the event, none of which says who the
    person is."""

    customer_id: int
    once: str
    at: datetime
    card_id: int | None = None
    about: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


def named(*parts: object) -> str:
    """What tells something apart, as short as its column: `order:retailcrm:1017`."""
    whole = ":".join(str(part) for part in parts)
    if len(whole) <= LONGEST_ONCE:
        return whole
    return f"{whole[: LONGEST_ONCE - 33]}:{hashlib.sha256(whole.encode()).hexdigest()[:32]}"
