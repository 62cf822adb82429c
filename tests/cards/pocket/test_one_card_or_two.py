"""When two cards of a person are one: what their identity is made of, and cards from before there
was one."""

from dataclasses import replace
from decimal import Decimal

import pytest

from backend.cards.pocket import add_external as adding
from backend.cards.pocket.add_external import add_external, is_known
from backend.cards.pocket.archive_external import archive_external, carrying_its_number
from backend.cards.pocket.change_external import as_it_is, change_own, drawn_as, open_own
from backend.cards.pocket.external_identity import identify_old, identity_of
from backend.cards.pocket.owner_notes import LONGEST_NOTE, read_notes
from backend.cards.pocket.quota import Quota
from backend.cards.pocket.redraw import NO_BARCODE
from backend.cards.pocket.wallet import open_wallet_card, remove_card
from backend.exchange.shapes import ExchangeCard
from backend.platform.context import Context
from models.barcode_format import BarcodeFormat
from models.card import Card
from models.customer import Customer
from models.refusal import Code, Refusal
from models.wallet_entry import WalletEntry
from tests.cards.conftest import CarryCard
from tests.support.factory.cards import issued_card
from tests.support.factory.customers import someone
from tests.support.outbox import happened

pytestmark = [
    pytest.mark.parametrize("engine", ["sqlite"]),
    pytest.mark.usefixtures("database"),
]

GIVEN = ExchangeCard("Аптека", "5550001", "5550001", BarcodeFormat.CODE128, "CODE_128")


async def identities() -> list[str | None]:
    return [card.identity for card in await Card.all().order_by("id")]


async def test_spelling_is_no_difference_and_everything_else_is(
    ctx: Context, database: str
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    same = identity_of(ctx, anna, GIVEN)
    assert len(same) == 64
    for alike in ("АПТЕКА", "  аптека "):
        assert identity_of(ctx, anna, replace(GIVEN, name=alike)) == same
    wide = identity_of(ctx, anna, replace(GIVEN, name="Ｔｅａ"))
    assert wide == identity_of(ctx, anna, replace(GIVEN, name="tea"))
    spaced = identity_of(ctx, anna, replace(GIVEN, name="Моя  аптека"))
    assert spaced == identity_of(ctx, anna, replace(GIVEN, name="моя аптека"))
    assert identity_of(ctx, anna, replace(GIVEN, number="1", note="моя")) == same
    assert identity_of(ctx, anna, replace(GIVEN, symbology="QR_CODE")) == same, "its format counts"
    others = [
        identity_of(ctx, boris, GIVEN),
        identity_of(ctx, anna, GIVEN, beside=7),
        identity_of(ctx, anna, replace(GIVEN, name="Аптека 2")),
        identity_of(ctx, anna, replace(GIVEN, barcode_value="1")),
        identity_of(ctx, anna, replace(GIVEN, barcode_format=BarcodeFormat.QR)),
        identity_of(ctx, anna, replace(GIVEN, barcode_format=None, symbology="CODE_93")),
        identity_of(ctx, anna, replace(GIVEN, barcode_format=None, symbology="")),
    ]
    assert len({same, *others}) == 8


async def test_without_a_barcode_the_number_counts(ctx: Context, database: str) -> None:
    anna = await someone(ctx, 1)
    bare = ExchangeCard("Аптека", "5550001", "")
    assert identity_of(ctx, anna, bare) == identity_of(
        ctx, anna, replace(bare, barcode_value="5550001")
    )
    card, _ = await add_external(ctx, anna, bare)
    assert (card.barcode_value, card.identity) == ("5550001", identity_of(ctx, anna, bare))


async def test_cards_from_before_get_the_identity_that_they_would_have_today(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    """Анна's own cards alone: a brand's card has none, and Boris gets his when he comes."""
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    for name, number in (("Аптека", "1"), ("Чай", "1"), ("Сыр", "2")):
        await carry(anna, name, number)
    await carry(boris, "Аптека", "1")
    event = await issued_card(ctx, 3)
    await Card.filter(id=event.card_id).update(customer_id=anna.id)
    today = await identities()
    await Card.all().update(identity=None)
    await identify_old(ctx, anna)
    assert await identities() == [*today[:3], None, None]
    await identify_old(ctx, anna)
    assert await identities() == [*today[:3], None, None], "twice is once"


async def test_of_two_old_cards_that_are_one_the_later_stands_beside(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    """Also when the first of them has its identity already."""
    anna = await someone(ctx, 1)
    first, second = await carry(anna, "Аптека", "1"), await carry(anna, "Чай", "1")
    third = await carry(anna, "Сыр", "1")
    own = (await WalletEntry.get(card_id=first.id)).own
    await WalletEntry.all().update(own=own)
    await Card.filter(id__in=[second.id, third.id]).update(identity=None)
    await identify_old(ctx, anna)
    kept = await identities()
    assert (kept[0], len(set(kept)), None in kept) == (first.identity, 3, False)
    wanted = replace(GIVEN, number="1", barcode_value="1")
    assert kept[1] == identity_of(ctx, anna, wanted, beside=second.id)
    assert (await add_external(ctx, anna, wanted))[0].id == first.id


async def test_an_old_card_is_kept_as_it_can_be_drawn_by_now(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    """Its last digit is completed, and the file that it came from finds it all the same."""
    anna = await someone(ctx, 1)
    old = ExchangeCard("Кафе", "460000000001", "460000000001", symbology="EAN_13")
    card, _ = await add_external(ctx, anna, old)
    without, _ = await add_external(ctx, anna, replace(old, name="Клуб", symbology=""))
    await Card.all().update(identity=None)
    await identify_old(ctx, anna)
    stored = await Card.get(id=card.id)
    assert (stored.barcode_format, stored.barcode_value) == (BarcodeFormat.EAN13, "4600000000015")
    assert (await WalletEntry.get(card_id=card.id)).undrawn == ""
    assert (await WalletEntry.get(card_id=without.id)).undrawn == NO_BARCODE


async def test_an_old_card_whose_entry_is_gone_is_known_by_its_number(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Аптека", "1")
    await WalletEntry.all().delete()
    await Card.all().update(identity=None)
    await identify_old(ctx, anna)
    assert (await Card.get(id=card.id)).identity is not None


async def test_known_is_what_this_person_has_or_had(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    card = await carry(anna, "Аптека", "5550001")
    assert card.identity is not None
    assert await is_known(anna, card.identity)
    assert not await is_known(boris, card.identity)
    assert not await is_known(anna, "0" * 64)
    await remove_card(ctx, anna, card.id)
    assert await is_known(anna, card.identity)


async def test_who_has_no_room_left_brings_what_they_had_and_nothing_new(
    ctx: Context, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await someone(ctx, 1)
    await add_external(ctx, anna, GIVEN)

    async def full(customer: Customer) -> Quota:
        return Quota(0, 0)

    monkeypatch.setattr(adding, "quota_of", full)
    assert not (await add_external(ctx, anna, GIVEN))[1]
    with pytest.raises(Refusal) as refused:
        await add_external(ctx, anna, replace(GIVEN, name="Чай"))
    assert (refused.value.code, refused.value.details) == (Code.NO_ROOM_FOR_CARDS, {"most": 2_000})


async def test_what_a_file_says_beside_the_barcode_is_kept_as_it_was(
    ctx: Context, database: str
) -> None:
    anna = await someone(ctx, 1)
    given = replace(
        GIVEN, balance=Decimal("1250.50"), balance_type="RUB", encoding="UTF-8",
        note="н" * (LONGEST_NOTE + 1),
    )  # fmt: skip
    card, _ = await add_external(ctx, anna, given)
    own = read_notes(ctx, anna, await WalletEntry.get(card_id=card.id))
    assert (own.balance, own.balance_type, own.encoding) == ("1250.50", "RUB", "UTF-8")
    assert (own.symbology, len(own.note)) == ("CODE_128", LONGEST_NOTE)
    none, _ = await add_external(ctx, anna, replace(GIVEN, name="Чай"))
    assert read_notes(ctx, anna, await WalletEntry.get(card_id=none.id)).balance == ""


async def test_two_cards_without_a_barcode_and_of_one_name_and_number_are_one(
    ctx: Context, database: str
) -> None:
    """«Чай» is to become the card that «Аптека» is already: without its barcode."""
    anna = await someone(ctx, 1)
    await add_external(ctx, anna, replace(GIVEN, barcode_format=None, symbology=""))
    tea, _ = await add_external(ctx, anna, replace(GIVEN, name="Чай"))
    draft = as_it_is(await open_own(ctx, anna, tea.id))
    await change_own(ctx, anna, tea.id, replace(draft, name="Аптека"))
    with pytest.raises(Refusal) as refused:
        await change_own(ctx, anna, tea.id, drawn_as(replace(draft, name="Аптека"), NO_BARCODE))
    assert refused.value.code is Code.CARD_EXISTS
    assert (await open_wallet_card(ctx, anna, tea.id)).drawn


async def test_which_issued_cards_concern_a_card_that_was_kept_before(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    """The owner's own, with this number, and no brand's."""
    first, second, third = [await issued_card(ctx, n) for n in (1, 2, 3)]
    anna, boris = [await Customer.get(id=each.customer_id) for each in (first, second)]
    numbers = {card.id: card.printed_number for card in await Card.all()}
    kept = await carry(anna, "Кофе", numbers[first.card_id])
    await carry(boris, "Кофе", numbers[third.card_id])
    assert await carrying_its_number([first, second, third]) == {first}
    assert await carrying_its_number([second]) == set()
    await archive_external(ctx, [happened(first)])
    assert (await Card.get(id=kept.id)).hidden
    assert not (await Card.get(id=first.card_id)).hidden
    assert await Card.filter(hidden=True).count() == 1
