"""Who of those whose turn it is may be told, and by which channel; and why the others may not."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from backend.consents.gate import who_allows
from backend.messaging.reach import door_of
from backend.platform.database import among, rows
from backend.segments.where import where
from backend.segments.whose import whose
from backend.triggers.still_so import Standing, still_so
from models.channel import ChannelName
from models.contact import ContactKind
from models.message_purpose import MessagePurpose
from models.trigger import Trigger, TriggerEvent, TriggerWait

# How long after its time something is still worth saying, where the trigger does not tell.
STALE = {
    TriggerEvent.NEAR_STORE: timedelta(hours=1),
    TriggerEvent.ORDER_STATUS: timedelta(days=2),
    TriggerEvent.BIRTHDAY: timedelta(days=3),
    TriggerEvent.POINTS_EXPIRING: timedelta(days=2),
}
STALE_OTHERWISE = timedelta(days=7)
CANCELLED, ENDED, TOO_LATE, OVER = "cancelled", "ended", "stale", "over"
NOT_MEANT, NO_CONSENT, NO_ADDRESS = "not meant", "no consent", "no address"
CAPPED, DELETED, NO_CARD = "capped", "the customer deleted their data", "no card"
# of all: the people of the waits in hand
_THERE = "SELECT id FROM customers WHERE id {people} AND deleted_at IS NULL"
# of all: the cards of the waits in hand
_HELD = "SELECT id FROM cards WHERE id {cards} AND removed_at IS NULL"
# of all: the people of the waits in hand
_AT_A_DOOR = """
SELECT customer_id AS id FROM identities WHERE customer_id {people} AND door = $2
    AND reachable_since IS NOT NULL AND blocked_at IS NULL
"""
# of all: the people of the waits in hand
_CONTACT = """
SELECT customer_id AS id FROM contacts WHERE customer_id {people} AND kind = $2
    AND verified_at IS NOT NULL
"""
# of all: the people of the waits in hand
_IN_A_PHONE = """
SELECT k.customer_id AS id FROM cards k JOIN brands b ON b.id = $2 AND b.program_id = k.program_id
JOIN wallet_passes w ON w.card_id = k.id AND w.installed_at IS NOT NULL AND w.removed_at IS NULL
    AND w.voided_at IS NULL
WHERE k.customer_id {people} AND k.removed_at IS NULL AND k.status = 'active'
"""
_MEANT = "SELECT c.id FROM customers c WHERE c.id {people} AND {meant}"
_KINDS = {ChannelName.EMAIL: ContactKind.EMAIL, ChannelName.SMS: ContactKind.PHONE}


@dataclass(frozen=True, slots=True)
class Way:
    """`step` of the cascade, whose channel it is."""

    step: int
    channel: str


@dataclass(slots=True)
class Chosen:
    """`dropped`: reason by wait. `ways`: of those who may be told. `data`: what is true now."""

    dropped: dict[int, str] = field(default_factory=dict)
    ways: dict[int, Way] = field(default_factory=dict)
    data: Standing = field(default_factory=dict)

    def drop(self, waits: Iterable[TriggerWait], reason: str) -> None:
        for wait in waits:
            self.dropped.setdefault(wait.id, reason)

    def left(self, waits: Sequence[TriggerWait]) -> list[TriggerWait]:
        return [wait for wait in waits if wait.id not in self.dropped]


async def choose(now: datetime, trigger: Trigger, waits: Sequence[TriggerWait]) -> Chosen:
    """Of waits of one trigger, right before they are said."""
    chosen = Chosen()
    _by_time(now, trigger, waits, chosen)
    await _there(chosen.left(waits), chosen)
    chosen.data = await still_so(now, trigger, chosen.left(waits))
    chosen.drop((wait for wait in waits if wait.id not in chosen.data), OVER)
    await _meant(now, trigger, chosen.left(waits), chosen)
    await _reached(now, trigger, chosen.left(waits), chosen)
    return chosen


def _by_time(now: datetime, trigger: Trigger, waits: Sequence[TriggerWait], chosen: Chosen) -> None:
    if not trigger.is_on:
        chosen.drop(waits, CANCELLED)
    if trigger.ends_at is not None and trigger.ends_at <= now:
        chosen.drop(waits, ENDED)
    chosen.drop((wait for wait in waits if wait.created_at < trigger.since), CANCELLED)
    late = STALE.get(trigger.event, STALE_OTHERWISE)
    if trigger.stale_minutes is not None:
        late = timedelta(minutes=trigger.stale_minutes)
    chosen.drop((wait for wait in waits if now - wait.due_at > late), TOO_LATE)


async def _there(waits: Sequence[TriggerWait], chosen: Chosen) -> None:
    people = sorted({wait.customer_id for wait in waits})
    there = await _ids(_THERE.format(people=among(1)), [people])
    chosen.drop((wait for wait in waits if wait.customer_id not in there), DELETED)
    cards = sorted({wait.card_id for wait in waits if wait.card_id is not None})
    held = await _ids(_HELD.format(cards=among(1)), [cards])
    chosen.drop((wait for wait in waits if wait.card_id and wait.card_id not in held), NO_CARD)


async def _meant(
    now: datetime, trigger: Trigger, waits: Sequence[TriggerWait], chosen: Chosen
) -> None:
    if trigger.condition is None or not waits:
        return
    brand = await whose(trigger.brand_id)
    meant, values = where(trigger.condition, 1, brand=brand, now=now)
    people = sorted({wait.customer_id for wait in waits})
    found = await _ids(_MEANT.format(people=among(1), meant=meant), [people, *values])
    chosen.drop((wait for wait in waits if wait.customer_id not in found), NOT_MEANT)


async def _reached(
    now: datetime, trigger: Trigger, waits: Sequence[TriggerWait], chosen: Chosen
) -> None:
    """The first channel of the cascade that somebody has, and allows."""
    people = {wait.customer_id for wait in waits}
    allowed: set[int] = set()
    by_person: dict[int, Way] = {}
    for step, each in enumerate(trigger.cascade):
        channel = str(each["channel"])
        agreed = await _allow(now, trigger, channel, people)
        allowed |= agreed
        for person in await _have(trigger.brand_id, channel, agreed):
            by_person.setdefault(person, Way(step, channel))
    chosen.ways = {
        wait.id: by_person[wait.customer_id] for wait in waits if wait.customer_id in by_person
    }
    unreached = [wait for wait in waits if wait.id not in chosen.ways]
    chosen.drop((wait for wait in unreached if wait.customer_id not in allowed), NO_CONSENT)
    chosen.drop(unreached, NO_ADDRESS)


async def _allow(
    now: datetime, trigger: Trigger, channel: str, people: Collection[int]
) -> set[int]:
    if trigger.purpose is not MessagePurpose.PROMO:
        return set(people)
    return await who_allows(now, trigger.brand_id, channel, people) if people else set()


async def _have(brand_id: int, channel: str, people: Collection[int]) -> set[int]:
    """Those who can be found there."""
    if channel == ChannelName.WALLET:
        return await _ids(_IN_A_PHONE.format(people=among(1)), [sorted(people), brand_id])
    if door_of(channel):
        return await _ids(_AT_A_DOOR.format(people=among(1)), [sorted(people), door_of(channel)])
    kinds: Mapping[str, ContactKind] = {name.value: kind for name, kind in _KINDS.items()}
    if channel not in kinds:
        return set()
    kind = kinds[channel].value
    return await _ids(_CONTACT.format(people=among(1)), [sorted(people), kind])


async def _ids(statement: str, values: list[object]) -> set[int]:
    return {row["id"] for row in await rows(statement, values)} if values[0] else set()
