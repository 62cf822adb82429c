"""What only the owner of a card knows: its name, note and groups, sealed; and its photos."""

from dataclasses import asdict, dataclass

from backend.platform.context import Context
from backend.platform.secrets.vault import Sealed
from backend.reading.result import LARGEST_PICTURE
from models.customer import Customer
from models.wallet_entry import CardPhoto, WalletEntry

NOTES = Sealed("wallet.own")
PHOTO = Sealed("wallet.photo")
SIDES = ("front", "back", "icon")
LONGEST_NOTE = 2_000
_DRAWN_ANEW = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True, slots=True)
class OwnerNotes:
    """`balance` and `balance_type` are what the owner noted down; a balance that a
    processor told is on the card. `encoding` and `symbology` came with an import."""

    name: str = ""
    note: str = ""
    groups: tuple[str, ...] = ()
    balance: str = ""
    balance_type: str = ""
    encoding: str = ""
    symbology: str = ""


def read_notes(ctx: Context, customer: Customer, entry: WalletEntry | None) -> OwnerNotes:
    given = NOTES.open(ctx, customer, entry.own) if entry is not None else None
    if given is None:
        return OwnerNotes()
    return OwnerNotes(**{**given, "groups": tuple(given.get("groups", ()))})


def seal_notes(ctx: Context, customer: Customer, own: OwnerNotes) -> bytes:
    return NOTES.seal(ctx, customer, asdict(own))


async def keep_photo(
    ctx: Context, customer: Customer, card_id: int, side: str, picture: bytes
) -> None:
    """Inside the caller's transaction; a newer photo takes the place of the older. Raises
    ValueError for what no reader has drawn anew (backend.reading.files.kept_picture)."""
    if len(picture) > LARGEST_PICTURE or not picture.startswith(_DRAWN_ANEW):
        raise ValueError("a picture is kept as the bounded process has drawn it")
    row = CardPhoto(
        card_id=card_id,
        customer_id=customer.id,
        side=side,
        sealed=PHOTO.seal_bytes(ctx, customer, picture),
        created_at=ctx.clock(),
    )
    await CardPhoto.bulk_create(
        [row], on_conflict=["card_id", "side"], update_fields=["sealed", "created_at"]
    )


async def photos_of(ctx: Context, customer: Customer, card_id: int) -> dict[str, bytes]:
    """Side → picture."""
    return {
        photo.side: picture
        for photo in await CardPhoto.filter(card_id=card_id, customer_id=customer.id)
        if (picture := PHOTO.open_bytes(ctx, customer, photo.sealed)) is not None
    }
