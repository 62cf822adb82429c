"""karman passes make: one card as a phone is given it."""

import pytest

from backend.passes.apple.settings import apple_passes
from backend.platform.context import Context
from backend.wallets.apple.make_file import find_card, make_file
from catalog.tenant import Scope
from models.card import Card
from models.refusal import Code, Refusal
from tests.passes.apple.rules import Read
from tests.wallets.apple.served import BASE, settings
from tests.wallets.conftest import GiveCard


async def test_a_card_by_any_of_its_names(ctx: Context, give_card: GiveCard) -> None:
    anna, _ = await give_card(name="Анна"), await give_card(name="Борис")
    scope, passes = await Scope.of_operator(), apple_passes(settings())
    for named in (f"romashka-club/{anna.printed_number}", anna.printed_number, str(anna.id)):
        card = await find_card(scope, named)
        assert card.id == anna.id
    content = await make_file(ctx, passes, card, BASE)
    assert content is not None
    read = Read(content)
    assert read.field("holder")["value"] == "Анна Ёлкина"
    assert await make_file(ctx, apple_passes(settings(apple_passes="")), card, BASE) is None


@pytest.mark.parametrize("named", ["", "/", "other-club/4600000001", "no", "9" * 18, "1/2/3"])
async def test_what_names_no_card(ctx: Context, give_card: GiveCard, named: str) -> None:
    await give_card()
    with pytest.raises(Refusal) as refused:
        await find_card(await Scope.of_operator(), named)
    assert refused.value.code is Code.CARD_NOT_FOUND


async def test_a_removed_card_has_no_pass(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    await Card.filter(id=anna.id).update(removed_at=ctx.clock())
    card = await find_card(await Scope.of_operator(), anna.printed_number)
    with pytest.raises(Refusal):
        await make_file(ctx, apple_passes(settings()), card, BASE)
