"""An event as the feeds hear of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Heard:
    """`event` is one of backend.events; `origin` names its row."""

    event: Any
    origin: str
    at: datetime
