"""An account's people, page by page, are the people whom its scope sees."""

from itertools import count

import pytest

from backend.cards.pocket.wallet import remove_card
from backend.customers.my_data.delete_data import delete_data
from backend.customers.person import next_people
from backend.platform.context import Context
from backend.platform.database import among, is_postgres, rows, transaction
from backend.platform.walk import walk
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
    while page := await next_people.next_people(scope, after, size):
        found, after = [*found, *page], page[-1]
    return found


async def test_they_are_whom_the_scope_sees(seen: dict[int, set[int]]) -> None:
    for accounts in (*([each] for each in seen), list(seen), []):
        wanted = sorted(set[int]().union(*(seen[each] for each in accounts)))
        scope = Scope.of(accounts)
        assert sorted([each.id for each in await scope.customers()]) == wanted
        for size in (1, 2, 3, 100):
            assert await walked(scope, size) == wanted


async def test_one_looks_at_indexes_that_begin_with_whose_people_they_are(database: str) -> None:
    """As the database goes where it has a choice, and knows nothing of what there is."""
    statement = walk(next_people._places(among(1)))
    if not is_postgres():
        found = str(await rows(f"EXPLAIN QUERY PLAN {statement}", [[1], 0, 50]))
        assert found.count("consent_states_agreed (purpose=? AND subject_id=? AND customer") == 3
        assert "cards_1 (program_id=? AND customer_id>?)" in found
        return
    async with transaction():
        for way in ("seqscan", "sort", "incremental_sort"):
            await rows(f"SET LOCAL enable_{way} = off")
        spelt = statement.replace("$1", "'{1}'").replace("$2", "0").replace("$3", "50")
        found = str(await rows(f"EXPLAIN (ANALYZE) {spelt}"))
    assert found.count("consent_states_agreed") == 3
    assert "uid_cards_program_" in found
