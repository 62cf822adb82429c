"""What a reaction needs to send: the open channels and the gate."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from backend.messaging.action import Action
from backend.messaging.channel import Channels
from backend.messaging.handover import PersonAddress
from backend.platform.together import Statements
from models.message_purpose import MessagePurpose

# (customer id, brand id, channel, purpose): may this be sent now?
Gate = Callable[[int, int | None, str, MessagePurpose], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class GatedChannels:
    """`statements`: what is asked and written for all that is on its way."""

    channels: Channels
    gate: Gate
    statements: Statements = field(default_factory=Statements)


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be. `once`: a repeated reaction finds the message it already made.

    `kind` names the wording in backend/messaging/locales and `data` its values; `action` adds
    one button, its label is the wording's `.button`. Never written down, for this hand-over
    alone: `secrets` (a code, the path of a link) and `to` (a contact that is not proven yet, in
    place of the person's own).
    """

    once: str
    customer_id: int
    purpose: MessagePurpose
    kind: str
    data: dict[str, Any] = field(default_factory=dict)
    action: Action | None = None
    brand_id: int | None = None
    card_id: int | None = None
    secrets: dict[str, str] = field(default_factory=dict, repr=False)
    to: PersonAddress | None = None

    def stored(self) -> dict[str, Any]:
        """What the message's row keeps: the values and the action."""
        return {**self.data, "action": str(self.action)} if self.action else self.data
