"""What stands around Анна's card, without words: for the bot, and for whatever comes after it."""

import hashlib

from backend.cards.pocket.listed import EVERYTHING, OF_NO_PARTNER, card_page
from backend.cards.pocket.owner_notes import keep_photo
from backend.cards.pocket.shelves import shelves_of
from backend.cards.pocket.view_card import view_card, view_new_card
from backend.cards.pocket.wallet import wallet_in_order
from backend.customers.person.profile import seal_profile
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.looks.logos import logos_of, stored_logo
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.card import Card, CardOrigin
from models.category import Category
from models.customer import Customer
from models.media import Media
from models.offer import Offer
from models.wallet_entry import WalletEntry
from tests.cards.conftest import CarryCard
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.customers import someone

JPEG = b"\xff\xd8\xff\xe0 a card"
LOGO = b"\x89PNG\r\n\x1a\n a daisy"


async def shop(key: str, category: Category | None = None) -> Offer:
    offer = await make_offer(await make_program(await make_account(key), key), key)
    if category is not None:
        await Brand.filter(id=offer.brand_id).update(category_id=category.id)
    return offer


async def with_logo(offer: Offer) -> Brand:
    sha256 = hashlib.sha256(LOGO).hexdigest()
    await Media.get_or_create(
        {"mime": "image/png", "width": 1, "height": 1, "content": LOGO}, sha256=sha256
    )
    await Brand.filter(id=offer.brand_id).update(logo_id=sha256)
    return await Brand.get(id=offer.brand_id)


async def card_of(ctx: Context, customer: Customer, offer: Offer) -> Card:
    brand = await Brand.get(id=offer.brand_id)
    return await Card.create(
        customer_id=customer.id,
        program_id=brand.program_id,
        brand_id=brand.id,
        origin=CardOrigin.ISSUED,
        printed_number="1000",
        barcode_value="1000",
        barcode_format=BarcodeFormat.CODE128,
        created_at=ctx.clock(),
    )


async def test_the_holder_and_the_owners_zone(ctx: Context, database: str) -> None:
    anna, offer = await someone(ctx, 1), await shop("daisy")
    await with_logo(offer)
    anna.profile = seal_profile(ctx, anna, {"given_name": "Анна", "surname": "Ветрова"})
    card = await card_of(ctx, anna, offer)
    view = await view_card(ctx, anna, card.id)
    assert (view.shown.id, view.holder) == (card.id, "Анна Ветрова")
    assert (view.photo, view.joined) == (None, None)
    assert view.here == ctx.clock()
    assert str(view.here.tzinfo) == "Europe/Moscow"


async def test_a_photo_stands_in_for_a_barcode_that_cannot_be_drawn(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Булочная", "1001")
    async with transaction():
        await keep_photo(ctx, anna, card.id, "front", JPEG)
    assert (await view_card(ctx, anna, card.id)).photo is None, "its barcode is drawn"
    await WalletEntry.filter(card_id=card.id).update(undrawn=True)
    assert (await view_card(ctx, anna, card.id)).photo == JPEG


async def test_logos_of_several_brands_are_read_at_once(ctx: Context, database: str) -> None:
    daisy = await with_logo(await shop("daisy"))
    tea = await Brand.get(id=(await shop("tea")).brand_id)
    assert await logos_of([daisy, tea]) == {daisy.id: LOGO}
    assert await logos_of([tea]) == await logos_of([]) == {}
    assert await stored_logo(daisy.logo_id) == LOGO
    assert await stored_logo(tea.logo_id) is None
    assert await stored_logo("0" * 64) is None


async def test_cards_stand_on_the_shelves_of_their_brands(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    food = await Category.create(key="food", name_ru="Еда", name_en="Food", emoji="🍞", position=2)
    home = await Category.create(key="home", name_ru="Дом", name_en="Home", emoji="🏠", position=1)
    for key, category in (("bread", food), ("milk", food), ("lamp", home)):
        await card_of(ctx, anna, await shop(key, category))
    await carry(anna, "Чай", "1002")
    cards = await wallet_in_order(ctx, anna)
    shelves = shelves_of(cards)
    assert [(shelf.key, count) for shelf, count in shelves.categories] == [("home", 1), ("food", 2)]
    assert shelves.others == 1
    assert (await card_page(ctx, anna, "", EVERYTHING, 0, 8)).total == 4
    assert (await card_page(ctx, anna, "", food.id, 0, 8)).total == 2
    foreign = await card_page(ctx, anna, "", OF_NO_PARTNER, 0, 8)
    assert [card.name("ru") for card in foreign.cards] == ["Чай"]


async def test_a_card_made_a_moment_ago_is_seen_as_it_will_be_when_it_is_opened(
    ctx: Context, database: str
) -> None:
    anna, offer = await someone(ctx, 1), await shop("daisy")
    await with_logo(offer)
    anna.profile = seal_profile(ctx, anna, {"given_name": "Анна"})
    made = await card_of(ctx, anna, offer)
    brand = await Brand.get(id=offer.brand_id).select_related("program")
    new = await view_new_card(ctx, anna, await Card.get(id=made.id), brand)
    opened = await view_card(ctx, anna, made.id)
    assert (new.holder, new.photo, new.joined) == ("Анна", None, None)
    assert (new.holder, new.here) == (opened.holder, opened.here)
    for language in ("ru", "en"):
        assert new.shown.name(language) == opened.shown.name(language)
    assert new.shown.color == opened.shown.color
    assert (new.shown.drawn, new.shown.starred) == (True, False)
    assert new.shown.card.program == opened.shown.card.program
    assert (new.shown.own, new.shown.photos) == (opened.shown.own, opened.shown.photos)
