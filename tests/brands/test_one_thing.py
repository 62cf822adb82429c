"""Борис changes one thing of his company at a time, taps twice, and meets Вера's keys."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backend.brands.close_store import close_store
from backend.brands.keep_picture import keep_picture
from backend.brands.publish_document import publish_document, write_document
from backend.brands.put import Saved
from backend.brands.save_account import save_account
from backend.brands.save_brand import save_brand
from backend.brands.save_offer import save_offer
from backend.brands.save_program import save_program
from backend.brands.save_store import save_store
from backend.platform.context import Actor, ActorKind, Context
from backend.platform.door import BOT
from catalog.bilingual import Bilingual
from catalog.entries.account import AccountEntry
from catalog.entries.brand import BrandEntry
from catalog.entries.document import DocumentEntry
from catalog.entries.offer import OfferEntry
from catalog.entries.picture import Measured
from catalog.entries.program import ProgramEntry
from catalog.entries.store import StoreEntry
from catalog.entries.values.around import Around
from catalog.tenant import Scope
from models.account import Account
from models.audit_entry import AuditEntry
from models.brand import Brand
from models.consent_document import ConsentDocument
from models.media import Media
from models.offer import Offer, OfferCity, OfferStatus
from models.pool_number import PoolNumber
from models.program import Program
from models.refusal import Code, Refusal
from models.store import Store
from tests.support.clock import StoppedClock
from tests.support.database.counting import statements

pytestmark = pytest.mark.usefixtures("database")

BOTH = {"ru": "Лавка", "en": "Lavka"}
AROUND = Around(ZoneInfo("Europe/Moscow"), Bilingual("Лавка", "Lavka"))
ACCOUNT = AccountEntry.model_validate(
    {"legal_name": BOTH, "address": BOTH, "inn": "0000012341", "privacy_email": "p@lavka.example"}
)
LOGO = Measured("image/png", 256, 256, "1" * 64)
PICTURE = Measured("image/jpeg", 1200, 675, "2" * 64)


def program(**other: Any) -> ProgramEntry:
    given = {
        "name": BOTH,
        "barcode_format": "ean13",
        "design": {"primary": "#1F6F50", "secondary": "#F4C95D"},
        "questionnaire": [{"key": "birth_date", "min_age": 18}],
        "plastic": False,
    }
    return ProgramEntry.model_validate(given | other)


def brand(**other: Any) -> BrandEntry:
    given = {"name": BOTH, "category": "groceries", "program": "lavka-card"}
    return BrandEntry.model_validate(given | other)


def offer(**other: Any) -> OfferEntry:
    given = {
        "benefit": BOTH,
        "terms": BOTH,
        "pictures": [PICTURE.sha256],
        "cities": ["kazan", "moscow"],
        "status": "published",
        "ends": "2026-12-31",
    }
    return OfferEntry.model_validate(given | other, context=AROUND)


def store(**other: Any) -> StoreEntry:
    given = {"key": "one", "city": "kazan", "address": "Баумана, 5", "lat": 55.79, "lon": 49.11}
    return StoreEntry.model_validate(given | other)


def terms(text: str = "и так далее ", **other: Any) -> DocumentEntry:
    body = "# Правила Lavka\n\nЛавка, Lavka " + text * 30
    given = {"purpose": "program_terms", "version": 1, "effective_from": "2026-01-01"}
    return DocumentEntry.model_validate(given | {"ru": body, "en": body} | other, context=AROUND)


async def account(ctx: Context, key: str = "lavka") -> Scope:
    """With a program and a brand, called by the same word."""
    await save_account(ctx, key, ACCOUNT)
    return Scope.of([(await Account.get(key=key)).id])


async def shop(ctx: Context) -> Scope:
    mine = await account(ctx)
    await save_program(ctx, mine, "lavka", "lavka-card", program())
    await save_brand(ctx, mine, "lavka", brand())
    await keep_picture(ctx, LOGO, b"logo")
    await keep_picture(ctx, PICTURE, b"picture")
    return mine


async def refused(code: Code, doing: Any, **details: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        await doing
    assert refusal.value.code is code
    assert refusal.value.details.items() >= details.items()


async def test_a_company_is_entered_once_and_changed_in_place(
    ctx: Context, clock: StoppedClock
) -> None:
    assert await save_account(ctx, "lavka", ACCOUNT) is Saved.MADE
    made = await Account.get()
    clock.advance(days=1)
    assert await save_account(ctx, "lavka", ACCOUNT) is Saved.SAME
    moved = ACCOUNT.model_copy(update={"timezone": "Asia/Omsk"})
    assert await save_account(ctx, "lavka", moved) is Saved.CHANGED
    row = await Account.get()
    assert (row.id, row.timezone, row.legal_name_en) == (made.id, "Asia/Omsk", "Lavka")
    assert row.created_at == made.created_at, "when it signed up does not change"


async def test_the_same_again_writes_nothing(ctx: Context) -> None:
    mine = await shop(ctx)
    again = [
        (save_program, ("lavka", "lavka-card", program())),
        (save_brand, ("lavka", brand(logo=LOGO.sha256, aliases=["чай"]))),
        (save_offer, ("lavka", "welcome", offer())),
        (save_store, ("lavka", store())),
    ]
    for save, given in again:
        await save(ctx, mine, *given)  # type: ignore[operator]
        async with statements() as made:
            assert await save(ctx, mine, *given) is Saved.SAME  # type: ignore[operator]
        written = [sql for sql in made if sql.split()[0] in {"INSERT", "UPDATE", "DELETE"}]
        assert written == []


async def test_a_double_tap_makes_one_of_each(ctx: Context) -> None:
    mine = await shop(ctx)
    taps: list[Callable[[], Awaitable[Saved]]] = [
        lambda: save_account(ctx, "vera", ACCOUNT),
        lambda: save_program(ctx, mine, "lavka", "second", program()),
        lambda: save_brand(ctx, mine, "second", brand()),
        lambda: save_offer(ctx, mine, "lavka", "welcome", offer()),
        lambda: save_store(ctx, mine, "lavka", store()),
        lambda: publish_document(ctx, mine, "lavka", terms(), "lavka-card"),
    ]
    for tap in taps:
        await asyncio.gather(*(tap() for _ in range(4)))
    assert await Account.filter(key="vera").count() == 1
    assert await Program.filter(key="second").count() == 1
    assert await Brand.filter(key="second").count() == 1
    assert await Offer.filter(key="lavka-welcome").count() == 1
    assert await OfferCity.all().count() == 2
    assert await Store.all().count() == 1
    assert await ConsentDocument.all().count() == 2


async def test_a_brand_has_the_colours_of_its_program_until_it_names_its_own(ctx: Context) -> None:
    mine = await shop(ctx)
    assert (await Brand.get(key="lavka")).primary_color == "#1F6F50"
    red = {"primary": "#aa0000", "secondary": "#ffffff"}
    await save_brand(ctx, mine, "lavka", brand(colours=red))
    assert (await Brand.get(key="lavka")).primary_color == "#AA0000"


async def test_an_offer_moves_to_other_cities_and_is_put_away(ctx: Context) -> None:
    mine = await shop(ctx)
    assert await save_offer(ctx, mine, "lavka", "welcome", offer()) is Saved.MADE
    row = await Offer.get()
    assert (row.everywhere, row.status) == (False, OfferStatus.PUBLISHED)
    assert row.ends_at is not None
    assert row.ends_at.astimezone(UTC).isoformat() == "2026-12-31T21:00:00+00:00"
    less = offer(cities=["kazan"])
    assert await save_offer(ctx, mine, "lavka", "welcome", less) is Saved.CHANGED
    assert [each.city.key for each in await OfferCity.all().select_related("city")] == ["kazan"]
    put_away = offer(cities="everywhere", status="archived")
    assert await save_offer(ctx, mine, "lavka", "welcome", put_away) is Saved.CHANGED
    row = await Offer.get()
    assert (row.everywhere, row.status) == (True, OfferStatus.ARCHIVED)
    assert not await OfferCity.exists()


async def test_nobody_takes_what_another_account_has(ctx: Context) -> None:
    await shop(ctx)
    vera = await account(ctx, "vera")
    await refused(Code.KEY_TAKEN, save_program(ctx, vera, "vera", "lavka-card", program()))
    await save_program(ctx, vera, "vera", "vera-card", program())
    hers = brand(program="vera-card")
    await refused(Code.KEY_TAKEN, save_brand(ctx, vera, "lavka", hers))
    await refused(Code.PROGRAM_NOT_FOUND, save_brand(ctx, vera, "vera", brand()))
    await refused(Code.BRAND_NOT_FOUND, save_offer(ctx, vera, "lavka", "welcome", offer()))
    await refused(Code.BRAND_NOT_FOUND, save_store(ctx, vera, "lavka", store()))
    await refused(Code.BRAND_NOT_FOUND, close_store(ctx, vera, "lavka", "one"))
    await refused(
        Code.PROGRAM_NOT_FOUND, publish_document(ctx, vera, "vera", terms(), "lavka-card")
    )
    assert (await Brand.get(key="lavka").select_related("program")).program.key == "lavka-card"
    assert not await Brand.exists(key="vera")


async def test_two_at_once_for_one_key_leave_it_to_one_of_them(ctx: Context) -> None:
    boris, vera = await account(ctx), await account(ctx, "vera")
    ended = await asyncio.gather(
        save_program(ctx, boris, "lavka", "club", program()),
        save_program(ctx, vera, "vera", "club", program()),
        return_exceptions=True,
    )
    codes = [each.code for each in ended if isinstance(each, Refusal)]
    assert codes == [Code.KEY_TAKEN]
    assert await Program.all().count() == 1


async def test_two_brands_whose_offers_would_have_one_name(ctx: Context) -> None:
    mine = await shop(ctx)
    await save_brand(ctx, mine, "lavka-tea", brand())
    await save_offer(ctx, mine, "lavka-tea", "gift", offer())
    await refused(Code.KEY_TAKEN, save_offer(ctx, mine, "lavka", "tea-gift", offer()))


@pytest.mark.parametrize("key", ["", "Lavka", "лавка", "la vka", "l" * 25, "../x", "a--b"])
async def test_what_is_no_key(ctx: Context, key: str) -> None:
    await refused(Code.KEY_INVALID, save_account(ctx, key, ACCOUNT))
    assert not await Account.exists()


async def test_pictures_are_kept_before_they_are_named(ctx: Context) -> None:
    mine = await shop(ctx)
    assert await keep_picture(ctx, LOGO, b"logo") is False
    assert (await Media.get(sha256=LOGO.sha256)).content == b"logo"
    unknown, logo = offer(pictures=["3" * 64]), offer(pictures=[LOGO.sha256])
    saving = save_offer(ctx, mine, "lavka", "welcome", unknown)
    await refused(Code.PICTURE_NOT_FOUND, saving)
    expected = {"what": "is 256×256", "expected": "at least 600×315 pixels"}
    saving = save_offer(ctx, mine, "lavka", "welcome", logo)
    await refused(Code.PICTURE_UNFIT, saving, **expected)
    as_logo = save_brand(ctx, mine, "lavka", brand(logo=PICTURE.sha256))
    await refused(Code.PICTURE_UNFIT, as_logo, expected="a square")
    assert not await Offer.exists()


async def test_a_text_that_people_agreed_to_stays_as_it_is(ctx: Context) -> None:
    mine = await shop(ctx)
    assert await publish_document(ctx, mine, "lavka", terms(), "lavka-card") is Saved.MADE
    assert await publish_document(ctx, mine, "lavka", terms(), "lavka-card") is Saved.SAME
    other = terms("и тому подобное ")
    await refused(
        Code.DOCUMENT_FIXED, publish_document(ctx, mine, "lavka", other, "lavka-card"), version=1
    )
    second = terms("и тому подобное ", version=2, change="wording")
    assert await publish_document(ctx, mine, "lavka", second, "lavka-card") is Saved.MADE
    texts = await ConsentDocument.filter(language="ru").order_by("version")
    assert [row.text for row in texts] == [terms().ru.text, second.ru.text]


async def test_half_a_version_is_never_published(ctx: Context) -> None:
    mine = await shop(ctx)
    club = await Program.get(key="lavka-card")
    other = terms("of another hand ")
    await write_document(club.account_id, club.id, other, ctx.clock())
    in_english = terms("and so on ", ru=other.ru.text)
    await refused(Code.DOCUMENT_FIXED, publish_document(ctx, mine, "lavka", in_english, club.key))
    second = terms("second ", version=2)
    await ConsentDocument.create(
        account_id=club.account_id,
        program_id=club.id,
        purpose=second.purpose,
        language="en",
        version=2,
        title="Terms",
        text="of an accident",
        channels=[],
        sha256="0" * 64,
        change="purpose",
        effective_from=second.effective_from,
        created_at=ctx.clock(),
    )
    await refused(Code.DOCUMENT_FIXED, publish_document(ctx, mine, "lavka", second, club.key))
    assert not await ConsentDocument.exists(version=2, language="ru")


async def test_what_staff_does_leaves_its_trail_and_nothing_done_none(ctx: Context) -> None:
    mine = await shop(ctx)
    by_staff = ctx.acting(Actor(ActorKind.STAFF, 7), BOT)
    assert not await AuditEntry.exists(actor_kind="staff")
    for _ in range(2):
        await save_offer(by_staff, mine, "lavka", "welcome", offer())
        await save_store(by_staff, mine, "lavka", store())
        await close_store(by_staff, mine, "lavka", "two")
        await refused(Code.BRAND_NOT_FOUND, save_store(by_staff, mine, "nowhere", store()))
    found = await AuditEntry.filter(actor_kind="staff", actor_id=7).order_by("id")
    assert [(row.verb, row.subject_kind) for row in found] == [
        ("save_offer", "offer"),
        ("save_store", "store"),
    ]


async def test_terms_belong_to_a_program_and_the_others_do_not(ctx: Context) -> None:
    mine = await shop(ctx)
    await refused(Code.PROGRAM_NOT_FOUND, publish_document(ctx, mine, "lavka", terms()))
    personal = terms(purpose="personal_data")
    misplaced = publish_document(ctx, mine, "lavka", personal, "lavka-card")
    await refused(Code.PROGRAM_NOT_FOUND, misplaced)
    assert await publish_document(ctx, mine, "lavka", personal) is Saved.MADE


async def test_an_example_is_nobody_s_number(ctx: Context) -> None:
    mine = await shop(ctx)
    club = await Program.get(key="lavka-card")
    await PoolNumber.create(
        program_id=club.id,
        printed_number="4600 0000 0001 5",
        barcode_value="4600000000015",
        changed_at=ctx.clock(),
    )
    rule = {"format": "ean13", "prefix": "460", "example": "4600 0000 0001 5"}
    entry = program(plastic=True, recognition=[rule])
    saving = save_program(ctx, mine, "lavka", "lavka-card", entry)
    await refused(Code.EXAMPLE_IS_REAL, saving, example="4600 0000 0001 5")
    assert (await Program.get(key="lavka-card")).recognition == []


async def test_a_store_is_entered_moved_and_closed(ctx: Context) -> None:
    mine = await shop(ctx)
    assert await save_store(ctx, mine, "lavka", store()) is Saved.MADE
    moved = store(address="Баумана, 7", hours="24/7")
    assert await save_store(ctx, mine, "lavka", moved) is Saved.CHANGED
    row = await Store.get().select_related("city")
    assert (row.address, row.hours, row.city.key) == ("Баумана, 7", "24/7", "kazan")
    assert await close_store(ctx, mine, "lavka", "one") is True
    assert await close_store(ctx, mine, "lavka", "one") is False
