"""A change before it has its number."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.account_change import ChangeKind


@dataclass(frozen=True, slots=True)
class Draft:
    """`origin`: of what it is made; of one origin an account is told once. `data` is what partners
    are told: ids and keys, nothing else about a person."""

    account_id: int
    kind: ChangeKind
    origin: str
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)
    customer_id: int | None = None
    card_id: int | None = None
