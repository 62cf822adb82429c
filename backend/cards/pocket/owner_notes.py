"""What only the owner of a card knows: its name, note and groups, sealed; and its photos."""

from dataclasses import asdict, dataclass
from typing import Any

from backend.platform.context import Context
from backend.reading.result import LARGEST_PICTURE
from models.customer import Customer
from models.wallet_entry import CardPhoto, WalletEntry

PLACE = "wallet.own"
PHOTO_PLACE = "wallet.photo"
SIDES = ("front", "back", "icon")
LONGEST_NOTE = 2_000
_DRAWN_ANEW = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True, slots=True)
class OwnerNotes:
    """`balance` and `balance_type` are what the owner noted down himself; a balance that a
    processor told is on the card. `encoding` and `symbology` came with an import."""

    name: str = ""
    note: str = ""
    groups: tuple[str, ...] = ()
    balance: str = ""
    balance_type: str = ""
    encoding: str = ""
    symbology: str = ""


def read_notes(ctx: Context, customer: Customer, entry: WalletEntry | None) -> OwnerNotes:
    if entry is None or entry.own is None or customer.data_key is None:
        return OwnerNotes()
    given: dict[str, Any] = ctx.vault.open_json(customer.data_key, entry.own, PLACE)
    return OwnerNotes(**{**given, "groups": tuple(given.get("groups", ()))})


def seal_notes(ctx: Context, customer: Customer, own: OwnerNotes) -> bytes:
    assert customer.data_key is not None, "a deleted customer keeps nothing"
    return ctx.vault.seal_json(customer.data_key, asdict(own), PLACE)


async def keep_photo(
    ctx: Context, customer: Customer, card_id: int, side: str, picture: bytes
) -> None:
    """Inside the caller's transaction; a newer photo takes the place of the older. Raises
    ValueError for what no reader has drawn anew (backend.reading.files.kept_picture)."""
    if len(picture) > LARGEST_PICTURE or not picture.startswith(_DRAWN_ANEW):
        raise ValueError("a picture is kept as the bounded process has drawn it")
    assert customer.data_key is not None, "a deleted customer keeps nothing"
    row = CardPhoto(
        card_id=card_id,
        customer_id=customer.id,
        side=side,
        sealed=ctx.vault.seal_bytes(customer.data_key, picture, PHOTO_PLACE),
        created_at=ctx.clock(),
    )
    await CardPhoto.bulk_create(
        [row], on_conflict=["card_id", "side"], update_fields=["sealed", "created_at"]
    )


async def photos_of(ctx: Context, customer: Customer, card_id: int) -> dict[str, bytes]:
    """Side → picture."""
    if customer.data_key is None:
        return {}
    return {
        photo.side: ctx.vault.open_bytes(customer.data_key, photo.sealed, PHOTO_PLACE)
        for photo in await CardPhoto.filter(card_id=card_id, customer_id=customer.id)
    }
