"""Who acts: a person, a partner's key, a member of a brand's staff, the operator, the clock."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    PERSON = "person"
    KEY = "key"
    STAFF = "staff"
    OPERATOR = "operator"
    CLOCK = "clock"


_NAMED = frozenset({ActorKind.KEY, ActorKind.STAFF})
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


SOMEBODY = Actor(ActorKind.PERSON)
OPERATOR = Actor(ActorKind.OPERATOR)
CLOCK = Actor(ActorKind.CLOCK)


def person(customer_id: int | None) -> Actor:
    """A customer; SOMEBODY while there is no id."""
    return Actor(ActorKind.PERSON, customer_id) if customer_id else SOMEBODY
