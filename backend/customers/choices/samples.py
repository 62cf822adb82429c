"""Whether somebody wants to see an account's messages before others do.

An account invites by a link; whoever opens it in the bot is asked, and says yes themselves. The
link ends after a week and says nothing about anybody; those who said yes can end it at any time.
"""

import hmac
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.audit import note
from models.account import Account
from models.audit_entry import Verb
from models.customer import Customer
from models.refusal import Code, Refusal
from models.template import SampleReader

PATH = "/t/"
LASTS = timedelta(days=7)
TOKEN = re.compile(r"([0-9a-f]{1,12})-([0-9a-f]{1,8})-([0-9a-f]{32})", re.ASCII)
# of all: the account of the invitation; nobody whose data is deleted
_HEAR = """
INSERT INTO sample_readers (account_id, customer_id, created_at)
SELECT a.id, c.id, $3 FROM accounts a, customers c
WHERE a.id = $1 AND c.id = $2 AND c.deleted_at IS NULL
ON CONFLICT (account_id, customer_id) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Invitation:
    token: str = field(repr=False)
    expires_at: datetime


def invitation(ctx: Context, account_id: int) -> Invitation:
    """Whoever is invited within the hour gets the same link."""
    ends = int((ctx.clock() + LASTS).timestamp()) // 3600 + 1
    token = f"{account_id:x}-{ends:x}-{_signature(ctx, account_id, ends)}"
    return Invitation(token, datetime.fromtimestamp(ends * 3600, UTC))


def invites_of(ctx: Context, token: str) -> int:
    """The account's id. Refuses with invitation_ended, also for what was never signed here."""
    found = TOKEN.fullmatch(token)
    account, ends = (int(found[1], 16), int(found[2], 16)) if found else (0, 0)
    signed = hmac.compare_digest(_signature(ctx, account, ends), found[3] if found else "")
    if not signed or ctx.clock().timestamp() >= ends * 3600:
        raise Refusal(Code.INVITATION_ENDED)
    return account


async def hears_samples(customer: Customer, account: Account) -> bool:
    return await SampleReader.filter(customer_id=customer.id, account_id=account.id).exists()


async def hear_samples(ctx: Context, customer: Customer, token: str) -> Account:
    """Again finds what there is. Refuses with invitation_ended."""
    account_id = invites_of(ctx, token)
    await rows(_HEAR, [account_id, customer.id, ctx.clock()])
    return await inviting(account_id)


async def stop_samples(ctx: Context, customer_id: int, account_id: int) -> bool:
    """Whether there was anything to end."""
    async with transaction():
        theirs = SampleReader.filter(customer_id=customer_id, account_id=account_id)
        if not await theirs.delete():
            return False
        await note(ctx, Verb.STOP_SAMPLES, "customer", customer_id, account_id=account_id)
    return True


async def inviting(account_id: int) -> Account:
    """Whose samples they are. Refuses with invitation_ended."""
    # of all: the account that a signed link or the person's own button names
    found = await Account.get_or_none(id=account_id)
    if found is None:
        raise Refusal(Code.INVITATION_ENDED)
    return found


def _signature(ctx: Context, account_id: int, ends: int) -> str:
    return ctx.vault.sign(f"samples:{account_id}:{ends}")[:32]
