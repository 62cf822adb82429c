"""What a channel is to say: made for one person and one channel, whatever it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from backend.messaging.action import Action


@dataclass(frozen=True, slots=True)
class Button:
    """It does `action`, or opens an address in the internet, or (of letters) a path on our own
    pages that may be written down nowhere."""

    label: str
    action: Action | None = None
    url: str = ""
    path: str = field(default="", repr=False)


class Said(Protocol):
    def html(self) -> str:
        """Of the tags that backend/messaging/markup.py allows; well-formed."""
        ...

    def text(self) -> str:
        """The words alone, on one line: what an SMS says."""
        ...

    def subject(self) -> str:
        """Of a letter."""
        ...

    def picture(self) -> str:
        """Its address in the internet, "" for none."""
        ...

    def buttons(self) -> Sequence[Button]:
        """In their order; the first is the one that a letter has."""
        ...
