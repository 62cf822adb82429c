"""What a reaction needs to send: the open channels and the gate."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from backend.messaging.channel import Channels
from models.message import MessagePurpose

# (customer id, brand id, channel, purpose): may this be sent now?
Gate = Callable[[int, int | None, str, MessagePurpose], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class GatedChannels:
    channels: Channels
    gate: Gate


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be. `once`: a repeated reaction finds the message it already made.

    `kind` names the wording in backend/messaging/locales and `data` its values; `button` in
    `data` adds one button: {"tap": callback data}, its label is the wording's `.button`.
    `secret`: values that only this hand-over may know and that are never written down (a
    code, a link, the address they go to).
    """

    once: str
    customer_id: int
    purpose: MessagePurpose
    kind: str
    data: dict[str, Any] = field(default_factory=dict)
    brand_id: int | None = None
    card_id: int | None = None
    secret: dict[str, Any] = field(default_factory=dict)
