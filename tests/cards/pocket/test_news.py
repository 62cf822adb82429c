"""Анна wants to hear of new brands in Kazan: once each, by day, whichever way they came."""

from datetime import timedelta

import pytest

from backend.brands.offers.enter_offer import enter_offer
from backend.brands.offers.review_offer import approve_offer
from backend.brands.reference_lists import write_reference_lists
from backend.cards.pocket.reminders.number_joined import number_joined
from backend.customers.choices.hear_of_brands import hear_of_brands
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.shelves.joined import newest_joined
from catalog.tenant import Scope
from models.brand import Brand
from models.city import City
from models.customer import Customer
from models.offer import Offer, OfferStatus
from models.outbox import OutboxEvent
from tests.brands.offers.entries import WHICH, offer
from tests.cards.conftest import CarryCard
from tests.support.clock import StoppedClock
from tests.support.edge.notebook import Notebook
from tests.support.factory.brands import make_account, make_brand, make_offer, make_program
from tests.support.factory.customers import someone
from tests.support.outbox import clock_round


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
async def anna(ctx: Context, database: str) -> Customer:
    async with transaction():
        await write_reference_lists()
    anna = await someone(ctx, 1)
    kazan = await City.get(key="kazan")
    await Customer.filter(id=anna.id).update(city_id=kazan.id)
    await hear_of_brands(anna, wanted=True)
    return anna


async def heard(ctx: Context, notebook: Notebook) -> list[str]:
    before = len(notebook.sent)
    for _ in range(2):
        await clock_round(ctx, notebook)
    found = notebook.sent[before:]
    assert {each.kind for each in found} <= {"new-brands"}
    return [str(each.data["brands"]) for each in found]


async def test_of_a_brand_that_came_over_http_she_hears_when_it_is_approved(
    ctx: Context, notebook: Notebook, anna: Customer
) -> None:
    account = await make_account("lavka")
    mine = Scope.of([account.id])
    await make_brand(await make_program(account, "lavka-card"), "lavka")
    await enter_offer(ctx, mine, *WHICH, offer("in_review"))
    assert await heard(ctx, notebook) == []
    await approve_offer(ctx, mine, *WHICH)
    assert await heard(ctx, notebook) == ["Бренд lavka"]
    assert notebook.sent[0].data["action"] == "open_news"
    # Its second offer, and the first one again, are no news.
    await enter_offer(ctx, mine, "lavka", "second", offer("in_review"))
    await approve_offer(ctx, mine, "lavka", "second")
    await Offer.all().update(status=OfferStatus.PAUSED)
    await Offer.all().update(status=OfferStatus.PUBLISHED)
    assert await heard(ctx, notebook) == []


async def test_several_are_one_message(ctx: Context, notebook: Notebook, anna: Customer) -> None:
    program = await make_program(await make_account())
    for key in ("a", "b", "c", "d", "e", "f"):
        await make_offer(program, key)
    assert await heard(ctx, notebook) == ["Бренд f, Бренд e, Бренд d, Бренд c, Бренд b"]
    assert notebook.sent[0].data["more"] == 1


async def test_elsewhere_is_no_news(ctx: Context, notebook: Notebook, anna: Customer) -> None:
    program = await make_program(await make_account())
    brand = await make_brand(program, "lavka")
    mine = Scope.of([program.account_id])
    await enter_offer(ctx, mine, *WHICH, offer("in_review", cities=["moscow"]))
    await approve_offer(ctx, mine, *WHICH)
    assert await heard(ctx, notebook) == []
    assert (await Brand.get(id=brand.id)).joined_seq is not None


async def test_it_waits_for_its_first_day_and_for_the_morning(
    ctx: Context, clock: StoppedClock, notebook: Notebook, anna: Customer
) -> None:
    starts = ctx.clock() + timedelta(days=3)
    await make_offer(await make_program(await make_account()), "lavka", starts_at=starts)
    assert await heard(ctx, notebook) == []
    clock.advance(days=3, hours=-9)  # three in the morning in Moscow, and it does not hold yet
    assert await heard(ctx, notebook) == []
    clock.advance(hours=20)  # eleven at night
    assert await heard(ctx, notebook) == []
    clock.advance(hours=12)
    assert await heard(ctx, notebook) == ["Бренд lavka"]


async def test_whose_card_she_carries_she_hears_by_the_card(
    ctx: Context, notebook: Notebook, anna: Customer, carry: CarryCard
) -> None:
    await carry(anna, "Бренд zernopar", "A-77")
    program = await make_program(await make_account())
    await make_offer(program, "zernopar")
    await make_offer(program, "vasilek")
    assert await heard(ctx, notebook) == ["Бренд vasilek"]


async def test_only_who_wants_it_and_of_what_is_still_there(
    ctx: Context, clock: StoppedClock, notebook: Notebook, anna: Customer
) -> None:
    boris = await someone(ctx, 2)
    program = await make_program(await make_account())
    first = await make_offer(program, "first")
    clock.advance(hours=13)  # at night
    assert await heard(ctx, notebook) == []
    assert await OutboxEvent.filter(kind="BrandsOpened").count() == 1
    await Offer.filter(id=first.id).update(status=OfferStatus.ARCHIVED)
    clock.advance(hours=12)
    assert await heard(ctx, notebook) == []
    await make_offer(program, "second")
    await number_joined(ctx.clock())
    await hear_of_brands(boris, wanted=True)
    await hear_of_brands(anna, wanted=False)
    assert await heard(ctx, notebook) == [], "Boris wants it from now on, Anna no more"
    await hear_of_brands(anna, wanted=True)
    await make_offer(program, "third")
    assert await heard(ctx, notebook) == ["Бренд third"] * 2


async def test_numbers_follow_one_another(ctx: Context, database: str) -> None:
    program = await make_program(await make_account())
    for key in ("a", "b"):
        await make_brand(program, key)
    await make_offer(program, "c")
    assert (await number_joined(ctx.clock()), await newest_joined()) == (1, 4)
    await Offer.create(
        brand=await Brand.get(key="a"), key="a-1", benefit_ru="x", benefit_en="x", terms_ru="x",
        terms_en="x", everywhere=True, status=OfferStatus.PUBLISHED,
    )  # fmt: skip
    assert (await number_joined(ctx.clock()), await newest_joined()) == (1, 5)
    assert await number_joined(ctx.clock()) == 0
    assert [each.joined_seq for each in await Brand.all().order_by("id")] == [5, None, 4]
