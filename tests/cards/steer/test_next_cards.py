"""An account's cards, page by page, are the cards that its scope sees."""

from backend.cards.pocket.wallet import remove_card
from backend.cards.steer.next_cards import next_cards
from backend.platform.context import Context
from catalog.tenant import Scope
from models.account import Account
from models.card import Card
from models.program import Program
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone


async def walked(scope: Scope, size: int, program_id: int | None = None) -> list[int]:
    found, after = list[int](), 0
    while page := await next_cards(scope, after, size, program_id=program_id):
        found, after = [*found, *page], page[-1]
    return found


async def fill(ctx: Context) -> list[Program]:
    """Two accounts, of which the first has two programs; somebody else has nothing yet."""
    first, other, _ = [await make_account(key) for key in ("first", "other", "empty")]
    programs = [
        await make_program(account, key, numbers=9)
        for account, key in ((first, "a"), (other, "b"), (first, "c"))
    ]
    offers = [await make_offer(each, each.key) for each in programs]
    for chat, wanted in enumerate(([1], [0, 2], [0], [2, 1], [1], [0, 1, 2]), 1):
        await issued(ctx, await someone(ctx, chat), [offers[each] for each in wanted])
    card = await Card.filter(program_id=programs[0].id).order_by("id").first()
    assert card is not None
    await remove_card(ctx, await card.customer, card.id)
    return programs


async def test_they_are_what_the_scope_sees(ctx: Context, database: str) -> None:
    programs = await fill(ctx)
    accounts = [each.id for each in await Account.all()]
    for chosen in (*([each] for each in accounts), accounts, []):
        scope = Scope.of(chosen)
        wanted = [each.id for each in await scope.cards().order_by("id")]
        for size in (1, 2, 100):
            assert await walked(scope, size) == wanted
    mine = Scope.of([programs[0].account_id])
    for program in programs:
        found = await mine.cards().filter(program_id=program.id).order_by("id")
        assert await walked(mine, 2, program.id) == [each.id for each in found]
    assert await walked(Scope.of(accounts), 100) == sorted(each.id for each in await Card.all())
    assert await walked(mine, 100, programs[1].id) == []
