"""What every use case needs from the process it runs in, and who acts by which door."""

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum

from backend.platform.clock import Clock
from backend.platform.door import DOORS, LONGEST
from backend.platform.mark import NO_MARK, Mark
from backend.platform.secrets.vault import Vault
from backend.platform.world.outside import SMS_COUNTRIES
from backend.platform.world.phones import NO_PHONES, Phones
from catalog.recognise import RuleBook
from catalog.shelves.search import BrandSearch


class ActorKind(StrEnum):
    PERSON = "person"
    KEY = "key"
    # A login of a partner's program at /compat/.
    FACADE = "facade"
    STAFF = "staff"
    OPERATOR = "operator"
    CLOCK = "clock"


_NAMED = frozenset({ActorKind.KEY, ActorKind.FACADE, ActorKind.STAFF})
_NAMELESS = frozenset({ActorKind.OPERATOR, ActorKind.CLOCK})


@dataclass(frozen=True, slots=True)
class Actor:
    """`id` is the id of the customer, of the key or of the staff member. A person has none until
    it is known who they are; operator and clock never have one."""

    kind: ActorKind
    id: int | None = None

    def __post_init__(self) -> None:
        if (self.id is None and self.kind in _NAMED) or (
            self.id is not None and self.kind in _NAMELESS
        ):
            raise ValueError(f"a {self.kind.value} with the id {self.id}")

    def __str__(self) -> str:
        """`person:7`, `key:3`, `operator`: how evidence and log name it."""
        return self.kind.value if self.id is None else f"{self.kind.value}:{self.id}"

    def in_evidence(self) -> dict[str, str]:
        """What a consent record's context says of the actor, such as {"actor": "operator"}.
        Nothing when the person answered: that is what a record without it means."""
        return {} if self.kind is ActorKind.PERSON else {"actor": str(self)}


SOMEBODY = Actor(ActorKind.PERSON)
OPERATOR = Actor(ActorKind.OPERATOR)
CLOCK = Actor(ActorKind.CLOCK)


def person(customer_id: int | None) -> Actor:
    """A customer; SOMEBODY while there is no id."""
    return Actor(ActorKind.PERSON, customer_id) if customer_id else SOMEBODY


class Wake:
    """Tells the relay that something was committed to the outbox, so that it need not wait to
    poll. Within one process an event; other processes notice by their own poll."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def set(self) -> None:
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Return when woken, or after `seconds` at the latest."""
        try:
            # Not wait_for: on Python 3.11 it swallows a cancellation that comes with the wake,
            # and the loop that was told to stop goes on for ever.
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return
        finally:
            self._event.clear()


@dataclass(frozen=True, slots=True)
class Context:
    """The first argument of every use case. `wake` tells the relay that something was
    announced; set it after commit. Every tap, request and verb has one of its own: see
    `acting`. Raises ValueError for a door that does not exist."""

    clock: Clock
    vault: Vault
    wake: Wake
    actor: Actor
    # One of backend.platform.door.DOORS.
    door: str
    # Where codes may be sent by SMS, the home country first.
    sms_countries: tuple[str, ...] = SMS_COUNTRIES
    # What this process has handed out, kept beside the database.
    mark: Mark = NO_MARK
    # The connections that this process has opened: backend.partners.registry knows their type. None
    # in one that asks nobody.
    processors: object | None = None
    # The names that a search of this process has read.
    brands: BrandSearch = field(default_factory=BrandSearch)
    # What the numbers of the programs look like, as this process has read it.
    rules: RuleBook = field(default_factory=RuleBook)
    # Of the request that is answered; "" for what came by no request.
    request_id: str = ""
    # Whose cards can be put into phones' wallets.
    phones: Phones = NO_PHONES

    def __post_init__(self) -> None:
        if self.door not in DOORS:
            raise ValueError(
                f"no door {self.door[:LONGEST]!r}: backend/platform/door.py lists them"
            )

    def acting(self, actor: Actor, door: str, request_id: str = "") -> "Context":
        """The same process, another actor by another door, in a request of theirs."""
        # Spelled out: dataclasses.replace costs nearly twice as much, and every tap pays it.
        return Context(
            self.clock,
            self.vault,
            self.wake,
            actor,
            door,
            self.sms_countries,
            self.mark,
            self.processors,
            self.brands,
            self.rules,
            request_id,
            self.phones,
        )

    def through(self, door: str) -> "Context":
        """The same actor by another door."""
        return self.acting(self.actor, door, self.request_id)

    def by(self, actor: Actor) -> "Context":
        """By the same door, now that it is known who acts."""
        return self.acting(actor, self.door, self.request_id)
