"""Photos of the plastic: drawn anew, sealed, and not more than a person may keep."""

from collections.abc import AsyncIterator

import pytest

from backend.cards.pocket import quota
from backend.cards.pocket.organise import forget_photo
from backend.cards.pocket.owner_notes import keep_photo, photos_of
from backend.cards.pocket.photograph import photograph_card
from backend.cards.pocket.quota import quota_of
from backend.platform.context import Context
from backend.reading.reader import Reader
from models.refusal import Code, Refusal
from models.wallet_entry import CardPhoto
from tests.cards.conftest import CarryCard
from tests.reading import hostile_files as hostile
from tests.support.factory.customers import someone

PHOTO = hostile.saved(hostile.card(), "JPEG", comment=b"taken at home")


@pytest.fixture
async def reader() -> AsyncIterator[Reader]:
    async with Reader() as made:
        yield made


async def test_photos_are_drawn_anew_sealed_and_go(
    ctx: Context, reader: Reader, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Аптека", "5550001")
    await photograph_card(ctx, reader, anna, card.id, "back", PHOTO)
    [(side, kept)] = (await photos_of(ctx, anna, card.id)).items()
    assert (side, kept[:3]) == ("back", b"\xff\xd8\xff")
    assert b"at home" not in kept
    assert kept not in bytes((await CardPhoto.get(card_id=card.id)).sealed)
    await forget_photo(anna, card.id, "back")
    assert await CardPhoto.all().count() == 0
    for nothing in (b"GIF89a", b"\xff\xd8\xff\xe0 a card", bytes(1_000_000)):
        with pytest.raises(Refusal) as refused:
            await photograph_card(ctx, reader, anna, card.id, "front", nothing)
        assert refused.value.code is Code.INVALID_ANSWER
    assert await CardPhoto.all().count() == 0


async def test_a_person_is_told_when_there_is_no_room(
    ctx: Context,
    reader: Reader,
    database: str,
    carry: CarryCard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    card, his = await carry(anna, "Аптека", "5550001"), await carry(boris, "Аптека", "5550001")
    await photograph_card(ctx, reader, anna, card.id, "front", PHOTO)
    monkeypatch.setattr(
        quota, "MOST_PICTURES", quota.MOST_PICTURES - (await quota_of(anna)).picture_bytes
    )
    with pytest.raises(Refusal) as refused:
        await photograph_card(ctx, reader, anna, card.id, "back", PHOTO)
    assert refused.value.code is Code.NO_ROOM_FOR_PICTURES
    await photograph_card(ctx, reader, anna, card.id, "front", PHOTO)
    await photograph_card(ctx, reader, boris, his.id, "front", PHOTO)


async def test_nothing_but_a_picture_drawn_anew_is_kept(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Аптека", "5550001")
    for picture in (bytes(100), b"\xff\xd8\xff" + bytes(400_000), b"<svg/>"):
        with pytest.raises(ValueError, match="drawn"):
            await keep_photo(ctx, anna, card.id, "front", picture)
