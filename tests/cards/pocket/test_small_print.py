"""What is easily lost: places at the ends of a list, words of a removed card, bounds of a photo,
a card changed into another one and added again."""

from dataclasses import replace

import pytest

from backend.cards.pocket.add_external import add_external
from backend.cards.pocket.change_external import (
    Draft,
    as_it_is,
    change_own,
    draft_of,
    keep_draft,
    open_own,
)
from backend.cards.pocket.organise import move_card, note_card
from backend.cards.pocket.owner_notes import LONGEST_NOTE, keep_photo, photos_of
from backend.cards.pocket.photograph import photograph_card
from backend.cards.pocket.wallet import (
    card_of_program,
    open_wallet_card,
    programs_in_wallet,
    remove_card,
    wallet_in_order,
)
from backend.exchange.shapes import ExchangeCard
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.reading.reader import Reader
from backend.reading.result import LARGEST_PICTURE
from models.barcode_format import BarcodeFormat
from models.customer import Customer
from models.outbox import OutboxEvent
from models.refusal import Code, Refusal
from models.wallet_entry import CardPhoto, WalletEntry
from tests.cards.conftest import CarryCard
from tests.support.factory.cards import issued_card
from tests.support.factory.customers import someone

pytestmark = pytest.mark.usefixtures("database")

JPEG = b"\xff\xd8\xff\xe0"


async def test_a_card_moves_to_the_ends_of_the_list_and_no_further(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    one, two, three = [await carry(anna, f"Карта {n}", str(n)) for n in range(3)]

    async def order() -> list[int]:
        return [kept.id for kept in await wallet_in_order(ctx, anna)]

    assert await move_card(ctx, anna, one.id, up=False) == 2
    assert await move_card(ctx, anna, one.id, up=False) == 3
    assert await move_card(ctx, anna, one.id, up=False) == 3, "there is no fourth place"
    assert await order() == [two.id, three.id, one.id]
    assert await move_card(ctx, anna, two.id, up=True) == 1
    assert await order() == [two.id, three.id, one.id]
    late = await carry(anna, "Новая", "9")
    assert await order() == [two.id, three.id, one.id, late.id], "a new one comes last"
    newest = await wallet_in_order(ctx, anna, sort="new")
    assert [kept.id for kept in newest] == [late.id, three.id, two.id, one.id]


async def test_a_removed_card_is_announced_and_gone(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Аптека", "5550001")
    await remove_card(ctx, anna, card.id)
    event = await OutboxEvent.get(kind="CardRemoved")
    assert event.payload == {"card_id": card.id, "customer_id": anna.id}
    with pytest.raises(Refusal) as refused:
        await remove_card(ctx, anna, card.id)
    assert refused.value.code is Code.CARD_NOT_FOUND


async def test_the_programs_that_a_person_carries_a_card_of(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    event = await issued_card(ctx, 1)
    anna, boris = await Customer.get(id=event.customer_id), await someone(ctx, 2)
    await carry(anna, "Аптека", "5550001")
    assert await programs_in_wallet(anna) == {event.program_id}
    assert await programs_in_wallet(boris) == set()
    card = await card_of_program(anna, event.program_id)
    assert card is not None
    assert card.id == event.card_id
    assert await card_of_program(boris, event.program_id) is None


async def test_a_photo_has_its_bound_and_its_owner(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    card = await carry(anna, "Аптека", "5550001")
    largest = JPEG + bytes(LARGEST_PICTURE - len(JPEG))
    async with transaction():
        await keep_photo(ctx, anna, card.id, "front", largest)
    for wrong in (largest + b"\0", b"GIF89a", b""):
        with pytest.raises(ValueError, match="bounded process"):
            await keep_photo(ctx, anna, card.id, "back", wrong)
    assert await photos_of(ctx, anna, card.id) == {"front": largest}
    boris.data_key = anna.data_key
    assert await photos_of(ctx, boris, card.id) == {}
    assert await CardPhoto.all().count() == 1


async def test_what_is_no_photo_is_refused_as_one(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Аптека", "5550001")
    async with Reader() as reader:
        for side, picture in (("top", JPEG), ("front", b"no picture at all")):
            with pytest.raises(Refusal) as refused:
                await photograph_card(ctx, reader, anna, card.id, side, picture)
            assert refused.value.code is Code.INVALID_ANSWER
            assert refused.value.details == {"field": "photo"}
    with pytest.raises(Refusal) as refused:
        await photograph_card(ctx, reader, anna, card.id, "front", JPEG + bytes(99))
    assert refused.value.code is Code.READER_BUSY, "it is closed"


async def test_a_card_changed_into_another_leaves_room_for_the_first(
    ctx: Context, database: str
) -> None:
    """Анна makes «Сыр» of «Аптека»; then she adds «Аптека» again: a card beside, once."""
    anna = await someone(ctx, 1)
    given = ExchangeCard("Аптека", "5550001", "5550001", BarcodeFormat.CODE128, "CODE_128")
    first, _ = await add_external(ctx, anna, given)
    shown = await open_own(ctx, anna, first.id)
    await change_own(ctx, anna, first.id, replace(as_it_is(shown), name="Сыр", value="777"))
    second, new = await add_external(ctx, anna, given)
    assert (new, second.id != first.id) == (True, True)
    assert await add_external(ctx, anna, given) == (second, False)
    assert {kept.own.name for kept in await wallet_in_order(ctx, anna)} == {"Сыр", "Аптека"}


async def test_a_draft_says_what_was_typed_and_the_rest_as_it_is(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Аптека", "5550001")
    shown = await open_own(ctx, anna, card.id)
    assert await draft_of(ctx, anna, shown, 0) == as_it_is(shown)
    typed = await keep_draft(ctx, anna, Draft("Сыр", "42", "0042", None))
    assert await draft_of(ctx, anna, shown, typed) == replace(
        as_it_is(shown), name="Сыр", number="42", value="0042"
    )
    unnamed = await keep_draft(ctx, anna, Draft("", "42", "", None))
    assert await draft_of(ctx, anna, shown, unnamed) == replace(
        as_it_is(shown), number="42", value="42"
    )


async def test_a_barcode_is_taken_away_and_given_back(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Аптека", "5550001")
    kept = as_it_is(await open_own(ctx, anna, card.id))
    await change_own(ctx, anna, card.id, replace(kept, format=None, undrawn="none"))
    assert not (await open_wallet_card(ctx, anna, card.id)).drawn
    assert (await WalletEntry.get(card_id=card.id)).undrawn == "none"
    await change_own(ctx, anna, card.id, kept)
    assert (await open_wallet_card(ctx, anna, card.id)).drawn


async def test_a_note_is_cut_to_its_room_and_taken_away(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Аптека", "5550001")
    await note_card(ctx, anna, card.id, "я" * (LONGEST_NOTE + 1))
    assert (await open_wallet_card(ctx, anna, card.id)).own.note == "я" * LONGEST_NOTE
    await note_card(ctx, anna, card.id, "  ")
    kept = await open_wallet_card(ctx, anna, card.id)
    assert (kept.own.note, kept.own.name) == ("", "Аптека")
