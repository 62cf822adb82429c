"""What a pass shows: of the design what it names, of the card what stands on it, of whoever left
nothing."""

from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from typing import Any

from backend.platform.context import Context
from backend.wallets.face_of import NEWS, face_of
from backend.wallets.settle import settle
from catalog.bilingual import Bilingual
from models.brand import Brand
from models.card import Card, CardStatus
from models.card_design import CardDesign
from models.city import City
from models.customer import Customer
from models.media import Media
from models.program import Program
from models.segment import Segment
from models.wallet_entry import WalletEntry
from models.wallet_pass import WalletNews
from tests.support.factory.places import a_store
from tests.wallets.conftest import GiveCard, apple

STRIP = "b" * 64
DESIGN: dict[str, Any] = {
    "primary": "#111111",
    "secondary": "#EEEEEE",
    "front": [
        {"place": "header", "shows": "balance"},
        {"place": "secondary", "shows": "own", "own": "visits"},
        {"place": "auxiliary", "shows": "expires"},
        {"place": "auxiliary", "shows": "text", "text": {"ru": "Свои", "en": "Friends"}},
    ],
    "back": [{"shows": "text", "label": {"ru": "О", "en": "A"}, "text": {"ru": "т", "en": "t"}}],
    "links": [{"label": {"ru": "Сайт", "en": "Site"}, "url": "https://romashka.example"}],
    "locations": [{"lat": 55.7, "lon": 37.6}],
    "variants": [
        {"name": "rich", "segment": "rich", "primary": "#C0A000", "strip": STRIP},
        {"name": "silver", "tiers": ["Silver"], "primary": "#C0C0C0"},
    ],
}


async def design(card: Card, kept: dict[str, Any] = DESIGN) -> Program:
    program = await Program.get(id=card.program_id)
    fields = [{"key": "visits", "label": {"ru": "Визиты", "en": "Visits"}, "type": "number"}]
    await Program.filter(id=program.id).update(card_fields=fields)
    values = {"program_id": program.id, "design": kept, "made_by": "cli"}
    number = await CardDesign.filter(program_id=program.id).count() + 1
    await CardDesign.create(number=number, made_at=card.created_at, **values)
    return program


async def test_colours_alone(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    face = await face_of(ctx, await apple(ctx, anna), "https://karman.example")
    assert (face.brand.ru, face.organization, face.design) == (
        "Бренд romashka", "ООО «Romashka»", 0
    )  # fmt: skip
    assert [(each.key, each.value.ru) for each in face.front] == [
        ("balance", "120"),
        ("holder", "Анна Ёлкина"),
        ("tier", "Gold"),
        ("number", anna.printed_number),
    ]
    assert face.barcode is not None
    assert face.barcode.value == anna.barcode_value
    assert face.front[0].label == Bilingual("Баллы", "Points")
    assert face.opens == f"https://karman.example/do/open_card-{anna.id}"
    assert not face.pictures.logo_at


async def test_a_design_with_all_that_there_is(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card(own_fields={"visits": "12.5"})
    await design(anna)
    await WalletEntry.create(
        card_id=anna.id, customer_id=anna.customer_id, expires_at=ctx.clock() + timedelta(days=40)
    )
    face = await face_of(ctx, await apple(ctx, anna))
    told = {each.key: (each.label, each.value) for each in (*face.front, *face.back)}
    assert told["own_visits"] == (Bilingual("Визиты", "Visits"), Bilingual("12,5", "12.5"))
    assert told["expires"][1] == Bilingual("31.12.2026", "31 Dec 2026")
    assert told["text_auxiliary_3"][1] == Bilingual("Свои", "Friends")
    assert told["text_back_0"] == (Bilingual("О", "A"), Bilingual("т", "t"))
    assert [each.url for each in face.links] == ["https://romashka.example"]
    assert face.expires == ctx.clock() + timedelta(days=40)


async def test_the_first_variant_that_fits(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card(tier="Silver")
    program = await design(anna)
    held = await apple(ctx, anna)
    assert (await face_of(ctx, held)).look.primary == "#C0C0C0"
    tree = {"field": "balance", "from": "500"}
    segment = await Segment.create(
        account_id=program.account_id, key="rich", name="Rich", tree=tree, created_at=ctx.clock()
    )
    assert (await face_of(ctx, held)).look.primary == "#C0C0C0"
    await Card.filter(id=anna.id).update(balance=Decimal(900))
    await Media.create(sha256=STRIP, mime="image/png", width=1, height=1, content=b"strip")
    face = await face_of(ctx, held, "https://karman.example")
    assert (face.look.primary, face.pictures.strip) == ("#C0A000", b"strip")
    assert face.pictures.strip_at == f"https://karman.example/media/{STRIP}"
    await Segment.filter(id=segment.id).update(archived_at=ctx.clock())
    assert (await face_of(ctx, held)).look.primary == "#C0C0C0"


async def test_stores_of_the_owners_city_come_first(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    await design(anna)
    brand = await Brand.get(id=anna.brand_id)
    for n in range(12):
        await a_store(brand, 55.75, 37.61 + n / 100)
    near = await City.create(
        key="kazan", name_ru="Казань", name_en="Kazan", lat=55.79, lon=49.11,
        population=1_000_000, timezone="Europe/Moscow",
    )  # fmt: skip
    nearest = await a_store(brand, 55.8, 49.1)
    await Customer.filter(id=anna.customer_id).update(city_id=near.id)
    face = await face_of(ctx, await apple(ctx, anna))
    assert len(face.locations) == 10
    assert face.locations[0].text is None
    assert face.locations[1].text == Bilingual(
        f"Бренд romashka: {nearest.address}", f"Brand romashka: {nearest.address}"
    )


async def test_news_are_sealed_and_the_newest_is_first(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    held = await apple(ctx, anna)
    owner = await Customer.get(id=anna.customer_id)
    for n in range(12):
        at = ctx.clock() + timedelta(minutes=n)
        sealed = NEWS.seal(ctx, owner, f"Новость {n}")
        await WalletNews.create(card_id=anna.id, sealed=sealed, at=at)
    assert await settle(ctx, [held.id]) == 1
    news = (await face_of(ctx, held)).news
    assert news is not None
    assert news.text == "Новость 11"
    assert [text for _, text in news.past] == [f"Новость {n}" for n in range(10, 1, -1)]


async def test_a_blocked_card_has_no_barcode(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card(status=CardStatus.BLOCKED)
    face = await face_of(ctx, await apple(ctx, anna))
    assert face.barcode is None
    assert not face.voided
    assert face.front


async def test_whoever_left_is_nowhere_in_it(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card(name="Аннушка")
    held = await apple(ctx, anna)
    await Customer.filter(id=anna.customer_id).update(deleted_at=ctx.clock(), data_key=None)
    face = await face_of(ctx, held, "https://karman.example")
    assert face.voided
    for told in (anna.printed_number, "Аннушка", "120", "Gold", "open_card"):
        assert told not in str(asdict(face)), told


async def test_a_damaged_profile_is_nobodys_failure(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    await Customer.filter(id=anna.customer_id).update(profile=b"\x01 broken")
    face = await face_of(ctx, await apple(ctx, anna))
    assert (face.holder, face.tier) == ("", "Gold")
