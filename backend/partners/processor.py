"""A loyalty processor: the system that owns card numbers, asked about one."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from backend.platform.context import Context
from models.program import Program


class NumberState(StrEnum):
    UNKNOWN = "unknown"  # nobody has heard of it
    NOT_ISSUED = "not_issued"  # waits in the pool: nobody can hold it
    FREE = "free"  # issued, and bound to nobody
    BOUND = "bound"  # to whoever has the phone or the e-mail


@dataclass(frozen=True, slots=True)
class KnownNumber:
    """`holders` are the blind indexes of the holder's contacts by kind ("phone", "email");
    `customer_id` is set when the card is in somebody's pocket here. `listed`: the processor
    knows its plastic, so an unknown number is a wrong one."""

    state: NumberState
    holders: dict[str, str]
    customer_id: int | None = None
    listed: bool = False


class Processor(Protocol):
    """Each method raises TryLater or NeedsSettings when the other side cannot answer: use cases
    ask through backend.partners.answered. `patience`: how many seconds a person waits for it."""

    patience: float

    async def knows_plastic(self, program: Program) -> bool:
        """Whether it can tell the program's cards from made-up numbers."""
        ...

    async def find_card(
        self, ctx: Context, program: Program, numbers: Collection[str]
    ) -> KnownNumber:
        """`numbers` are the spellings of one number. Never inside a transaction."""
        ...
