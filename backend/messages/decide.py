"""What becomes of a message, before it is written down: the true state, told at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.consents.gate import who_allows
from backend.messages.find_people import Recipient
from backend.messages.order import MessageOrder, Sender
from models.channel import ChannelName
from models.partner_message import MessageState

# By which people are reached (backend/messaging/reach.py).
CHANNEL = ChannelName.TELEGRAM.value


@dataclass(frozen=True, slots=True)
class Decided:
    """`recipient` is None where nobody is there. `until`: when the next night begins, of
    advertising."""

    address: str
    state: MessageState
    recipient: Recipient | None = None
    until: datetime | None = None


async def decide(
    now: datetime,
    sender: Sender,
    order: MessageOrder,
    addresses: Sequence[str],
    found: Mapping[str, Recipient],
) -> list[Decided]:
    """Of each address, in this order."""
    allowed = await _allowed(now, list(found.values())) if order.promo else set()
    made = []
    for address in addresses:
        person = found.get(address)
        if person is None:
            made.append(Decided(address, MessageState.NOT_REGISTERED))
        elif order.promo:
            agrees = (person.customer_id, person.brand_id) in allowed
            made.append(_advertising(now, sender, address, person, agrees=agrees))
        else:
            made.append(Decided(address, MessageState.ENQUEUED, person))
    return made


def _advertising(
    now: datetime, sender: Sender, address: str, person: Recipient, *, agrees: bool
) -> Decided:
    if not agrees:
        return Decided(address, MessageState.NO_CONSENT, person)
    if sender.quiet.holds(now, person.zone):
        return Decided(address, MessageState.QUIET_HOURS, person)
    until = sender.quiet.begin_after(now, person.zone)
    return Decided(address, MessageState.ENQUEUED, person, until)


async def _allowed(now: datetime, people: Sequence[Recipient]) -> set[tuple[int, int]]:
    """Customer and brand, where the one allows the other's advertising."""
    by_brand: dict[int, set[int]] = {}
    for person in people:
        by_brand.setdefault(person.brand_id, set()).add(person.customer_id)
    return {
        (customer, brand)
        for brand, customers in by_brand.items()
        for customer in await who_allows(now, brand, CHANNEL, customers)
    }
