"""Who wants what posted to which card, and what became of it."""

import hashlib
from dataclasses import dataclass

import orjson

from backend.platform.context import Context
from catalog.ledger_rules import LedgerRules
from models.ledger import PostingKind

LONGEST_KEY = 100
LONGEST_REASON = 200
# In one posting: ten million points.
MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class LedgerCard:
    """A card of a program that the ledger keeps, with what an event tells of it."""

    id: int
    customer_id: int
    program_id: int
    account_id: int
    rules: LedgerRules
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """`key` is the caller's and unique per card: the same order again changes nothing. `amount`
    is in hundredths of a point, 0 for all there is; `of_id` is the posting it is about."""

    card: LedgerCard
    kind: PostingKind
    key: str
    reason: str = ""
    amount: int = 0
    of_id: int | None = None

    def digest(self) -> str:
        """Tells the same order from another one under its key."""
        said = [self.kind.value, self.amount, self.of_id, self.reason]
        return hashlib.sha256(orjson.dumps(said)).hexdigest()


@dataclass(frozen=True, slots=True)
class Posted:
    """What may be spent and what is held afterwards. `new` is false of a repeat, which is told
    what stands now."""

    id: int
    amount: int
    available: int
    held: int
    new: bool = True


def signed(ctx: Context) -> tuple[str, str]:
    """Who posts, by which door, as the row keeps it."""
    return str(ctx.actor), ctx.door
