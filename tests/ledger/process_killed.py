"""`python -m tests.ledger.process_killed URL CARD`: a till that accrues and spends for ever, and
says each number once it was answered. Killed (kill -9) by the test, at whatever moment that is."""

import asyncio
import os
import sys

from backend.ledger.accrue import accrue
from backend.ledger.card import cards_by_id
from backend.ledger.order import LedgerCard, Posted
from backend.ledger.spend import spend
from backend.platform.context import Context
from backend.platform.database import connect
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.vault import SERVICE_KEYS, Vault
from tests.support.contexts import context


async def sale(ctx: Context, card: LedgerCard, number: int) -> tuple[Posted, Posted]:
    """Ten points given, four spent."""
    given = await accrue(ctx, card, 1000, f"in-{number}", "")
    return given, await spend(ctx, card, 400, f"out-{number}", "")


async def main(url: str, card_id: str) -> None:
    service = {name: os.urandom(32) for name in SERVICE_KEYS}
    ctx = context(Vault(masters=MasterKeys(current=os.urandom(32)), service=service))
    await connect(url)
    card = (await cards_by_id([int(card_id)]))[int(card_id)]
    number = 0
    while True:
        await sale(ctx, card, number)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        number += 1


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
