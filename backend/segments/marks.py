"""Values of a condition on their way into a statement: every one is a parameter."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backend.platform.database import among, among_texts
from backend.segments.whose import Whose


@dataclass(slots=True)
class Marks:
    """`taken` marks stand before them in the statement. `brand` and `now`: who asks, and when."""

    taken: int
    brand: Whose
    now: datetime
    values: list[Any] = field(default_factory=list)

    def one(self, value: Any) -> str:
        """`$7`. What is asked several times is one value."""
        for place, known in enumerate(self.values):
            if type(known) is type(value) and known == value:
                return f"${self.taken + place + 1}"
        self.values.append(value)
        return f"${self.taken + len(self.values)}"

    def number(self, value: int) -> str:
        """The casts say which type a value has, so that one may stand beside columns of several."""
        return f"CAST({self.one(int(value))} AS BIGINT)"

    def texts(self, values: Sequence[str]) -> str:
        """`= ANY($7)`, or what SQLite has for it."""
        self.values.append([str(value) for value in values])
        return among_texts(self.taken + len(self.values))

    def numbers(self, values: Sequence[int]) -> str:
        self.values.append([int(value) for value in values])
        return among(self.taken + len(self.values))

    def amount(self, value: str) -> str:
        """Of a decimal text."""
        return f"CAST(CAST({self.one(str(value))} AS TEXT) AS NUMERIC)"

    def text(self, value: str) -> str:
        return f"CAST({self.one(str(value))} AS TEXT)"
