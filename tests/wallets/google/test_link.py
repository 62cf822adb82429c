"""The link of a card: with the card in it, or to one that Google has."""

from decimal import Decimal

import pytest

from backend.platform.context import Context
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from models.brand import Brand
from models.card import Card
from models.card_design import CardDesign
from models.wallet_pass import WalletPass
from tests.passes.google.account import ISSUER
from tests.support.clock import StoppedClock
from tests.support.edge.strict_google import StrictGoogle
from tests.wallets.conftest import GiveCard
from tests.wallets.google.told import Told, change, google_pass, in_link


async def test_the_card_is_in_it_and_its_class_with_google(
    there: Told, ctx: Context, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    anna = await google_pass(ctx, await give_card())
    for _ in range(2):
        assert in_link(await there.link(anna))["accountName"] == "Анна Ёлкина"
    assert wallet.asked == [("POST", "loyaltyClass")]
    assert wallet.object(anna.serial) is None
    # Once Google has it, what is in a link would count for nothing.
    await change(ctx, anna, balance=Decimal(7))
    await there.tell()
    assert in_link(await there.link(anna)) == {"id": f"{ISSUER}.{anna.serial}"}


async def test_a_long_one_is_with_google_before(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    card = await give_card()
    back = [
        {"shows": "own", "own": f"f{n}", "label": {"ru": "Поле " * 20, "en": "Field " * 20}}
        for n in range(5)
    ]
    places = [{"lat": 55.123456 + n, "lon": 37.123456} for n in range(10)]
    design = {"primary": "#111111", "secondary": "#EEEEEE", "back": back, "locations": places}
    await CardDesign.create(program_id=card.program_id, number=1, design=design, made_at=clock())
    await Card.filter(id=card.id).update(tier="Ё" * 64)
    anna = await google_pass(ctx, await Card.get(id=card.id))
    assert in_link(await there.link(anna)) == {"id": f"{ISSUER}.{anna.serial}"}
    assert await there.stands(anna)
    assert (await WalletPass.get(id=anna.id)).sent
    await there.link(anna)
    assert [path for _, path in wallet.asked] == ["loyaltyClass", "loyaltyObject"]
    assert not wallet.refused


async def test_a_barcode_that_changes_is_never_in_a_link(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    card = await give_card()
    await Card.filter(id=card.id).update(barcode_format="qr", barcode_value="4600")
    design = {"primary": "#111111", "secondary": "#EEEEEE", "rotating": True}
    await CardDesign.create(program_id=card.program_id, number=1, design=design, made_at=clock())
    anna = await google_pass(ctx, await Card.get(id=card.id))
    assert in_link(await there.link(anna)) == {"id": f"{ISSUER}.{anna.serial}"}
    stands = wallet.object(anna.serial) or {}
    assert stands["rotatingBarcode"]["valuePattern"].startswith("4600-{totp_timestamp_seconds}-")


async def test_no_link(
    there: Told, ctx: Context, clock: StoppedClock, wallet: StrictGoogle, give_card: GiveCard
) -> None:
    anna = await google_pass(ctx, await give_card())
    wallet.trouble.append(503)
    with pytest.raises(TryLater):
        await there.link(anna)
    await Brand.all().update(logo_id=None)
    with pytest.raises(GiveUp, match="logo"):
        await there.link(anna)
    await Card.filter(id=anna.card_id).update(removed_at=clock())
    with pytest.raises(GiveUp, match="owner"):
        await there.link(anna)
    await WalletPass.filter(id=anna.id).update(issuer="3388000000000000001")
    with pytest.raises(NeedsSettings):
        await there.link(anna)
