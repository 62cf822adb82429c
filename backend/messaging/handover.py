"""What a channel is handed: one value, made for one hand-over and written down nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.messaging.action import Action, parse_action
from models.message import Message


@dataclass(frozen=True, slots=True)
class PersonAddress:
    """Where a channel finds a person: a chat id, an E.164 number, an e-mail address."""

    to: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardAddress:
    """What shows a card outside (a pass in a phone): the address is the card."""

    card_id: int


Address = PersonAddress | CardAddress


@dataclass(frozen=True, slots=True)
class Handover:
    """`message` is the row as it is stored, and stays so: `secrets` (a code, the path of a link)
    are for this hand-over alone. `address` is None for somebody whom the channel cannot find.
    `leave`: the path of the page that turns the brand's advertising off, of promo."""

    message: Message
    language: str
    address: Address | None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    leave: str = field(default="", repr=False)

    @property
    def person(self) -> str | None:
        """The address of a person; None where there is none, or a card's."""
        return self.address.to if isinstance(self.address, PersonAddress) else None

    @property
    def action(self) -> Action | None:
        return parse_action(str(self.message.data.get("action", "")))

    @property
    def stops(self) -> Action | None:
        """The off switch of advertising whose button does something else."""
        return parse_action(str(self.message.data.get("stops", "")))

    @property
    def picture(self) -> str:
        """Its address in the internet, "" for none."""
        return str(self.message.data.get("picture", ""))
