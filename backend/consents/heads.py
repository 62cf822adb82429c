"""The heads of all chains, to be kept elsewhere: whoever rewrites a whole chain in the database
cannot rewrite a head that was exported before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import orjson

from backend.consents.chain import head_of
from backend.platform.database import rows
from models.account import Account


@dataclass(frozen=True, slots=True)
class ExportedHead:
    """`account` is the account's key."""

    account: str
    seq: int
    hash: str
    at: str

    def line(self) -> str:
        values = {"account": self.account, "seq": self.seq, "hash": self.hash, "at": self.at}
        return orjson.dumps(values).decode()


class NotAHead(ValueError):
    """A line of the file is none that was exported; the text names it."""


async def heads(now: datetime) -> list[ExportedHead]:
    """One for each controller whose chain has begun."""
    found = []
    # of all: the operator exports every head
    for account in await Account.all().order_by("key"):
        head = await head_of(account.id)
        if head.seq:
            found.append(ExportedHead(account.key, head.seq, head.hash, now.isoformat()))
    return found


def read_heads(lines: Iterable[str]) -> list[ExportedHead]:
    """Raises NotAHead."""
    read = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            read.append(ExportedHead(**orjson.loads(line)))
        except (orjson.JSONDecodeError, TypeError) as wrong:
            raise NotAHead(f"line {number} is no exported head") from wrong
    return read


async def contradicted(account: Account, exported: Iterable[ExportedHead]) -> ExportedHead | None:
    """The first exported head that the chain no longer passes through."""
    for head in sorted((each for each in exported if each.account == account.key), key=_place):
        found = await rows(
            "SELECT hash FROM consent_links WHERE account_id = $1 AND seq = $2",
            [account.id, head.seq],
        )
        if not found or found[0]["hash"] != head.hash:
            return head
    return None


def _place(head: ExportedHead) -> int:
    return head.seq
