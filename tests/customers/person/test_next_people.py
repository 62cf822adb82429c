"""An account's people, page by page, are the people whom its scope sees."""

from itertools import count

import pytest

from backend.cards.pocket.wallet import remove_card
from backend.customers.my_data.delete_data import delete_data
from backend.customers.person.next_people import next_people
from backend.platform.context import Context
from catalog.tenant import Scope
from models.account import Account
from models.brand import Brand
from models.card import Card
from models.consent_state import ConsentState
from models.customer import Customer
from models.offer import Offer
from models.program import Program
from tests.support.factory.agreeing import agreed
from tests.support.factory.brands import make_offer, make_program, shop
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone

Shop = tuple[Account, Program, Brand]
_chats = count(100)


async def who_agree(ctx: Context, at: Shop) -> set[int]:
    """Each to one thing alone, and somebody to none."""
    people, things = set[int](), 1
    while len(people) < things:
        who = (await agreed(ctx, at)).customer.id
        given = await ConsentState.filter(customer_id=who, granted=True).order_by("id")
        things = len(given)
        others = ConsentState.filter(customer_id=who).exclude(id=given[len(people)].id)
        await others.update(granted=False)
        people.add(who)
    assert things == 4
    nobody = (await agreed(ctx, at)).customer.id
    await ConsentState.filter(customer_id=nobody).update(granted=False)
    return people


async def who_carry(ctx: Context, *offers: Offer) -> int:
    who: int = (await someone(ctx, next(_chats))).id
    await issued(ctx, await Customer.get(id=who), list(offers))
    await ConsentState.filter(customer_id=who).update(granted=False)
    return who


@pytest.fixture
async def seen(ctx: Context, database: str) -> dict[int, set[int]]:
    """Who belongs to which account: one with two programs, another, and one that nobody knows."""
    first, other, unknown = await shop("first"), await shop("other"), await shop("unknown")
    one = await Offer.get(brand_id=first[2].id)
    two = await make_offer(await make_program(first[0], "two", numbers=9), "two")
    mine = await who_agree(ctx, first)
    theirs = await who_agree(ctx, other)
    mine |= {await who_carry(ctx, *each) for each in ([one], [two], [one, two], [two])}
    mine |= await who_agree(ctx, first)
    gone, taken_out = await who_carry(ctx, one), await who_carry(ctx, two)
    await delete_data(ctx, gone)
    card = await Card.get(customer_id=taken_out)
    await remove_card(ctx, await card.customer, card.id)
    await delete_data(ctx, (await agreed(ctx, first)).customer.id)
    return {first[0].id: mine, other[0].id: theirs, unknown[0].id: set()}


async def walked(scope: Scope, size: int) -> list[int]:
    found, after = list[int](), 0
    while page := await next_people(scope, after, size):
        found, after = [*found, *page], page[-1]
    return found


async def test_they_are_whom_the_scope_sees(seen: dict[int, set[int]]) -> None:
    for accounts in (*([each] for each in seen), list(seen), []):
        wanted = sorted(set[int]().union(*(seen[each] for each in accounts)))
        scope = Scope.of(accounts)
        assert sorted([each.id for each in await scope.customers()]) == wanted
        for size in (1, 2, 3, 100):
            assert await walked(scope, size) == wanted
