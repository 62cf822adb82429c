"""A card of a brand that is no partner: what a row keeps of a file or of a photo, and what comes
back when it is added once more."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from backend.cards.plastic.seen_card import SeenCard, keep_finding, open_finding
from backend.cards.pocket.add_external import add_external
from backend.cards.pocket.add_seen import COLORS, add_seen, name_seen
from backend.cards.pocket.end_shares import revoke_all_of, revoke_share, revoke_shares
from backend.cards.pocket.expiry import days_left, noon_of, read_day
from backend.cards.pocket.find_cards import find_cards
from backend.cards.pocket.organise import archive_card
from backend.cards.pocket.owner_notes import photos_of
from backend.cards.pocket.quota import MOST_CARDS, MOST_PICTURES, Quota, quota_of
from backend.cards.pocket.redraw import NO_BARCODE, redrawn, symbology_of
from backend.cards.pocket.wallet import (
    open_wallet_card,
    remove_card,
    wallet_in_order,
)
from backend.cards.share.share_card import accept_share, share_card
from backend.exchange.shapes import ExchangeCard
from backend.platform.context import Context
from backend.platform.database import transaction
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.card import Card, CardOrigin
from models.card_share import CardShare, ShareMode, ShareWith
from models.city import City
from models.customer import Customer
from models.outbox import OutboxEvent
from models.refusal import Code, Refusal
from models.wallet_entry import CardPhoto, WalletEntry
from tests.cards.conftest import CarryCard
from tests.support.clock import StoppedClock
from tests.support.factory.cards import issued_card
from tests.support.factory.customers import someone

pytestmark = pytest.mark.usefixtures("database")

JPEG = b"\xff\xd8\xff\xe0 a card, "

GIVEN = ExchangeCard(
    name=" Аптека ",
    number="5550001",
    barcode_value="5550001",
    barcode_format=BarcodeFormat.CODE128,
    symbology="CODE_128",
)


async def test_everything_that_a_file_says_of_a_card_is_kept(ctx: Context, database: str) -> None:
    anna = await someone(ctx, 1)
    pictures = {side: JPEG + side.encode() for side in ("front", "back", "icon")}
    given = replace(
        GIVEN,
        color="#112233",
        starred=True,
        note="Скидка по средам",
        groups=("Здоровье",),
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
        **pictures,  # type: ignore[arg-type]
    )
    card, new = await add_external(ctx, anna, given, source="import-catima")
    assert (new, card.origin, card.source) == (True, CardOrigin.EXTERNAL, "import-catima")
    kept = await open_wallet_card(ctx, anna, card.id)
    assert (kept.own.name, kept.own.note, kept.own.groups) == (
        "Аптека",
        "Скидка по средам",
        ("Здоровье",),
    )
    assert (kept.color, kept.starred, kept.drawn) == ("#112233", True, True)
    entry = await WalletEntry.get(card_id=card.id)
    assert (entry.undrawn, entry.valid_from) == ("", datetime(2026, 1, 1, tzinfo=UTC))
    assert await photos_of(ctx, anna, card.id) == pictures
    assert await CardPhoto.filter(customer_id=anna.id).count() == 3
    left = await quota_of(anna)
    assert left.cards == MOST_CARDS - 1
    assert MOST_PICTURES - 200 * 3 < left.picture_bytes < MOST_PICTURES - 13


@pytest.mark.parametrize(("symbology", "undrawn"), [("MAXICODE", "MAXICODE"), ("", NO_BARCODE)])
async def test_what_cannot_be_drawn_is_kept_by_its_name(
    ctx: Context, database: str, symbology: str, undrawn: str
) -> None:
    anna = await someone(ctx, 1)
    given = replace(GIVEN, barcode_format=None, symbology=symbology)
    card, _ = await add_external(ctx, anna, given)
    assert (await WalletEntry.get(card_id=card.id)).undrawn == undrawn
    assert not (await open_wallet_card(ctx, anna, card.id)).drawn


async def test_moments_without_an_offset_are_those_of_the_owners_clock(
    ctx: Context, database: str
) -> None:
    """Дина lives in Vladivostok. A last day without an hour is that day's noon."""
    dina = await someone(ctx, 1)
    city = await City.create(
        key="vl", name_ru="Владивосток", name_en="Vladivostok", lat=43, lon=131, population=1,
        timezone="Asia/Vladivostok",
    )  # fmt: skip
    dina.city_id = city.id
    zone = ZoneInfo("Asia/Vladivostok")
    bare = datetime(2027, 5, 1)  # noqa: DTZ001
    given = replace(GIVEN, expires=bare, last_used=datetime(2026, 5, 1, 18, 30))  # noqa: DTZ001
    card, _ = await add_external(ctx, dina, given)
    entry = await WalletEntry.get(card_id=card.id)
    assert entry.expires_at == noon_of(date(2027, 5, 1), zone)
    assert entry.last_used_at == datetime(2026, 5, 1, 18, 30, tzinfo=zone)

    said = datetime(2027, 5, 1, tzinfo=UTC)
    other, _ = await add_external(ctx, dina, replace(GIVEN, number="2", expires=said, name="Чай"))
    assert (await WalletEntry.get(card_id=other.id)).expires_at == said
    hour = datetime(2027, 5, 1, 9, 15)  # noqa: DTZ001
    third, _ = await add_external(ctx, dina, replace(GIVEN, number="3", expires=hour, name="Сыр"))
    assert (await WalletEntry.get(card_id=third.id)).expires_at == hour.replace(tzinfo=zone)


async def test_added_once_more_it_stands_or_comes_back_in_sight(
    ctx: Context, database: str
) -> None:
    anna = await someone(ctx, 1)
    card, _ = await add_external(ctx, anna, GIVEN)
    assert await add_external(ctx, anna, GIVEN) == (card, False)
    await archive_card(anna, card.id, archived=True)
    await add_external(ctx, anna, GIVEN)
    assert (await Card.get(id=card.id)).hidden, "it was there: the archive stays"
    await remove_card(ctx, anna, card.id)
    back, new = await add_external(ctx, anna, GIVEN)
    assert (back.id, new, back.hidden, back.removed_at) == (card.id, False, False, None)
    assert [each.id for each in await wallet_in_order(ctx, anna)] == [card.id]
    assert await Card.filter(customer_id=anna.id).count() == 1


async def test_a_photo_and_a_typed_number_become_cards_under_the_persons_name(
    ctx: Context, database: str
) -> None:
    anna = await someone(ctx, 1)
    photo = await keep_finding(ctx, anna, SeenCard("0042", "A0042B", "codabar", file_id="AgAC"))
    card = await add_seen(ctx, anna, photo, "Аптека", COLORS[2])
    assert (card.printed_number, card.barcode_value, card.barcode_format, card.source) == (
        "0042", "A0042B", BarcodeFormat.CODABAR, "photo",
    )  # fmt: skip
    assert (await open_wallet_card(ctx, anna, card.id)).color == COLORS[2]
    assert (await add_seen(ctx, anna, photo, "Аптека")).id == card.id, "the second tap"

    typed = await keep_finding(ctx, anna, SeenCard("4006381333931", sure=False))
    named = await name_seen(ctx, anna, typed, "Сыр")
    assert named == SeenCard("4006381333931", sure=False, name="Сыр")
    assert await open_finding(ctx, anna, typed) == named
    bread = await add_seen(ctx, anna, typed, "Сыр")
    assert (bread.barcode_format, bread.barcode_value, bread.source) == (
        BarcodeFormat.EAN13, "4006381333931", "typed",
    )  # fmt: skip
    assert (await open_wallet_card(ctx, anna, bread.id)).color == COLORS[0]
    long = await keep_finding(ctx, anna, SeenCard("4" * 2000))
    with pytest.raises(Refusal) as refused:
        await add_seen(ctx, anna, long, "Слишком длинно")
    assert refused.value.code is Code.INVALID_NUMBER
    assert refused.value.details["reason"] not in ("", "None")


def a_card(barcode: BarcodeFormat, value: str, **more: object) -> Card:
    return Card(barcode_format=barcode, barcode_value=value, printed_number=value, **more)


def test_a_card_that_can_be_drawn_by_now_is() -> None:
    """Kept as a text while EAN-8 could not be drawn; then it can."""
    card, entry = a_card(BarcodeFormat.QR, "96385074"), WalletEntry(undrawn="EAN_8")
    assert symbology_of(card, entry) == "EAN_8"
    assert redrawn(card, entry)
    assert (card.barcode_format, card.barcode_value, entry.undrawn) == (
        BarcodeFormat.EAN8, "96385074", "",
    )  # fmt: skip
    assert not redrawn(card, entry), "nothing is left to do"
    assert entry.undrawn == ""

    never = WalletEntry(undrawn="MAXICODE")
    assert not redrawn(a_card(BarcodeFormat.QR, "1"), never)
    assert never.undrawn == "MAXICODE"
    without = WalletEntry(undrawn=NO_BARCODE)
    assert symbology_of(a_card(BarcodeFormat.QR, "1"), without) == ""
    assert symbology_of(a_card(BarcodeFormat.QR, "1"), None) == "QR_CODE"


def test_a_format_that_nobody_can_draw_is_taken_from_an_old_card_and_not_from_a_brands() -> None:
    wrong = a_card(BarcodeFormat.EAN13, "12345")
    entry = WalletEntry(undrawn="")
    assert not redrawn(wrong, entry)
    assert entry.undrawn == "EAN_13"
    brands, other = a_card(BarcodeFormat.EAN13, "12345", program_id=7), WalletEntry(undrawn="")
    assert not redrawn(brands, other)
    assert other.undrawn == ""


def test_pictures_have_room_until_they_do_not() -> None:
    left = Quota(1, 100)
    assert left.take_picture(60)
    assert not left.take_picture(41)
    assert left.take_picture(40)
    assert left.picture_bytes == 0


def test_a_card_may_end_today_and_not_yesterday() -> None:
    today = date(2026, 11, 21)
    assert read_day("21.11.2026", today) == today
    assert read_day("31.12.2076", today) == date(2076, 12, 31)
    for typed in ("20.11.2026", "01.01.2077"):
        with pytest.raises(Refusal) as refused:
            read_day(typed, today)
        assert refused.value.details == {"field": "expires"}
    zone = ZoneInfo("Europe/Moscow")
    here = datetime(2026, 11, 21, 23, 0, tzinfo=zone)
    assert [days_left(noon_of(date(2026, 11, d), zone), here) for d in (20, 21, 24)] == [-1, 0, 3]


async def test_a_brands_card_is_found_by_its_aliases(ctx: Context) -> None:
    event = await issued_card(ctx, 1)
    await Brand.filter(id=event.brand_id).update(aliases=["Зелёный лось"])
    found = await wallet_in_order(ctx, await Customer.get(id=event.customer_id))
    assert [kept.id for kept in find_cards(found, "зеленый лось")] == [event.card_id]
    assert [kept.id for kept in find_cards(found, "coffee")] == [event.card_id]
    assert find_cards(found, "шуба") == []


async def test_what_is_revoked_is_revoked_once(
    ctx: Context, clock: StoppedClock, database: str, carry: CarryCard
) -> None:
    """Of the card, of the person who gave and of the person who took; nobody else's."""
    anna, boris, vera = await someone(ctx, 1), await someone(ctx, 2), await someone(ctx, 3)
    card, other = await carry(anna, "Аптека", "1"), await carry(vera, "Чай", "2")
    shares = []
    for owner, of in ((anna, card), (vera, other), (vera, other)):
        share, token = await share_card(ctx, owner, of.id, ShareWith.PERSON, ShareMode.VIEW)
        shares.append(share)
        if owner is anna or len(shares) == 2:
            await accept_share(ctx, boris, token, "Борис")
    at = ctx.clock()
    assert await revoke_share(ctx, anna, shares[0].id)
    clock.advance(hours=1)
    async with transaction():
        await revoke_shares(ctx.clock(), card.id)
    assert (await CardShare.get(id=shares[0].id)).revoked_at == at, "it ended an hour ago"
    async with transaction():
        await revoke_all_of(ctx.clock(), boris)
    ended = {share.id: share.revoked_at for share in await CardShare.all()}
    assert ended == {shares[0].id: at, shares[1].id: ctx.clock(), shares[2].id: None}
    assert {(s.guest_id, s.label) for s in await CardShare.all()} == {(None, None)}
    events = OutboxEvent.exclude(kind="CustomerJoined").order_by("id")
    told = [event.payload["share_id"] for event in await events]
    assert told == [shares[0].id, shares[1].id]
