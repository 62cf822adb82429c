"""What every use case needs from the process it runs in, and who acts by which door."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.platform.actor import Actor
from backend.platform.clock import Clock
from backend.platform.door import check_door
from backend.platform.mark import NO_MARK, Mark
from backend.platform.outside import SMS_COUNTRIES
from backend.platform.secrets.vault import Vault
from backend.platform.wake import Wake
from catalog.search import BrandSearch


@dataclass(frozen=True, slots=True)
class Context:
    """The first argument of every use case. `wake` tells the relay that something was
    announced; call it after commit. Every tap, request and verb has one of its own: see
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
    # Loyalty processors that this process has opened, by the name that a program gives
    # (backend.partners.registry knows their type and those that are built in).
    processors: Mapping[str, object] = field(default_factory=dict)
    # The names that a search of this process has read.
    brands: BrandSearch = field(default_factory=BrandSearch)

    def __post_init__(self) -> None:
        check_door(self.door)

    def acting(self, actor: Actor, door: str) -> "Context":
        """The same process, another actor by another door."""
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
        )

    def through(self, door: str) -> "Context":
        """The same actor by another door."""
        return self.acting(self.actor, door)

    def by(self, actor: Actor) -> "Context":
        """By the same door, now that it is known who acts."""
        return self.acting(actor, self.door)
