"""A barcode that changes by time, at a till: of now it is the card's, of before nobody's."""

from backend.passes.google.rotating import PERIOD_SECONDS, code
from backend.platform.context import Context
from backend.wallets.google.read_barcode import cards_scanned, rotating_key
from catalog.tenant import Scope
from models.account import Account
from models.card import Card
from models.wallet_pass import WalletPass
from tests.support.clock import StoppedClock
from tests.wallets.conftest import GiveCard
from tests.wallets.google.told import google_pass


async def found(ctx: Context, scanned: str, *, mine: bool = True) -> list[int]:
    account = await Account.all().first()
    assert account is not None
    scope = Scope.of([account.id if mine else account.id + 1])
    return await cards_scanned(ctx, scope, scanned)


async def test_of_now_alone(ctx: Context, clock: StoppedClock, give_card: GiveCard) -> None:
    card, other = await give_card(), await give_card()
    anna = await google_pass(ctx, card)
    await google_pass(ctx, other)
    await Card.filter(id=card.id).update(barcode_format="qr")
    seconds = int(clock().timestamp())
    digits = code(rotating_key(ctx.vault, anna.serial), seconds // PERIOD_SECONDS)
    shown = f"{card.barcode_value}-{seconds}-{digits}"
    assert await found(ctx, shown) == [card.id]
    assert await found(ctx, shown, mine=False) == []
    assert await found(ctx, shown.replace(card.barcode_value, other.barcode_value)) == []
    assert await found(ctx, card.barcode_value) == [card.id]
    clock.advance(minutes=2)
    assert await found(ctx, shown) == []
    later = shown.replace(str(seconds), str(seconds + 120))
    assert await found(ctx, later) == []
    clock.advance(minutes=-2)
    await WalletPass.filter(id=anna.id).update(voided_at=clock())
    assert await found(ctx, shown) == []
