"""A card as every wallet is given it: its design with what stands on it now.

What is no longer its owner's to show is a face without a person: the wallet is told that it is
void, and nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import orjson

from backend.cards.pocket.view_card import holder_of
from backend.passes.face import (
    Barcode,
    News,
    PassFace,
    Pictures,
    ShownLink,
    ShownLocation,
)
from backend.platform.context import Context
from backend.platform.secrets.master_key import CannotOpen
from backend.platform.secrets.vault import Sealed
from backend.wallets.loaded import cards_of
from backend.wallets.shown import Stands, shown
from backend.wallets.standing import Standing, standing
from catalog.bilingual import Bilingual
from catalog.days import USUAL_ZONE
from catalog.looks.card_design import MOST_LOCATIONS, Look
from catalog.looks.logos import stored_logo
from models.brand import Brand
from models.card import Card, CardStatus
from models.city import City
from models.customer import Customer
from models.wallet_pass import WalletPass

NEWS = Sealed("wallet_news.sealed")


async def face_of(ctx: Context, held: WalletPass, base_url: str = "") -> PassFace:
    """With its pictures. `base_url`: of our own pages; "" leaves the addresses out."""
    face, _ = await face_and_digest(ctx, held, base_url)
    return face


async def face_and_digest(
    ctx: Context, held: WalletPass, base_url: str = ""
) -> tuple[PassFace, str]:
    """And by what it is told from another that shows something else."""
    ((_, face, look_logo),) = await _faces(ctx, [held])
    digest = _digest(ctx, face, look_logo)
    logo, strip = look_logo, face.look.strip
    pictures = Pictures(
        await stored_logo(logo),
        await stored_logo(strip),
        f"{base_url}/media/{logo}" if base_url and logo else "",
        f"{base_url}/media/{strip}" if base_url and strip else "",
    )
    card_id = held.card_id
    opens = f"{base_url}/do/open_card-{card_id}" if base_url and not face.voided else ""
    return replace(face, pictures=pictures, opens=opens), digest


async def digests(ctx: Context, held: Sequence[WalletPass]) -> dict[int, tuple[str, bool]]:
    """By pass: a keyed hash of what it shows now, and whether it is void. Nothing that is drawn
    from elsewhere (pictures, addresses) is asked for."""
    return {
        row.id: (_digest(ctx, face, logo), face.voided)
        for row, face, logo in await _faces(ctx, held)
    }


def _digest(ctx: Context, face: PassFace, logo: str | None) -> str:
    """Keyed, for a balance and a name can be guessed. The version of the design is no part of it:
    one that shows the same is the same."""
    told = orjson.dumps([replace(face, design=0, serial=""), logo], default=str)
    return ctx.vault.sign(f"wallet face {told.decode()}")


async def _faces(
    ctx: Context, held: Sequence[WalletPass]
) -> list[tuple[WalletPass, PassFace, str | None]]:
    """With the logo that is shown."""
    cards = await cards_of([row.id for row in held])
    around = await standing(ctx, [cards[row.id] for row in held])
    return [_face(ctx, row, cards[row.id], around) for row in held]


def _face(
    ctx: Context, row: WalletPass, card: Card, around: Standing
) -> tuple[WalletPass, PassFace, str | None]:
    program, customer = card.program, card.customer
    assert program is not None, "a card of no program is in no wallet"
    brand, design = around.brands.get(card.id), around.designs[program.id]
    look = design.look_for(card.tier, around.segments_of(card))
    bare = PassFace(
        serial=row.serial,
        program=program.key,
        design=design.number,
        organization=program.account.legal_name_ru,
        brand=_named(brand or program),
        program_name=_named(program),
        look=look,
        pictures=Pictures(),
        barcode=None,
        front=(),
        back=(),
        links=tuple(ShownLink(each.label, each.url) for each in design.links),
    )
    logo = look.logo or (brand.logo_id if brand is not None else None)
    if card.removed_at is not None or customer.deleted_at is not None:
        return row, replace(bare, voided=True), logo
    return row, _filled(ctx, bare, card, around, look), logo


def _filled(ctx: Context, bare: PassFace, card: Card, around: Standing, look: Look) -> PassFace:
    customer = card.customer
    brand, design = around.brands.get(card.id), around.designs[card.program_id or 0]
    city = customer.city
    zone = ZoneInfo(city.timezone) if isinstance(city, City) else USUAL_ZONE
    stands = Stands(card, _holder(ctx, customer), around.ends.get(card.id), zone)
    at = tuple(ShownLocation(each.latitude, each.longitude, each.text) for each in design.locations)
    room = max(0, MOST_LOCATIONS - len(at)) if design.stores else 0
    return replace(
        bare,
        barcode=_barcode(card, around),
        front=tuple(shown(look.front, stands)),
        back=tuple(shown(design.back, stands)),
        locations=(*at, *_stores(brand, customer, around, room)),
        news=_news(ctx, card, around),
        balance=card.balance,
        tier=card.tier,
        holder=stands.holder,
        expires=stands.ends,
        rotating=design.rotating,
    )


def _barcode(card: Card, around: Standing) -> Barcode | None:
    """None of a blocked one: a till would refuse it."""
    if card.status is CardStatus.BLOCKED:
        return None
    in_place = around.designs[card.program_id or 0].in_place
    return Barcode(card.barcode_format, card.barcode_value, card.printed_number, in_place)


def _stores(
    brand: Brand | None, customer: Customer, around: Standing, most: int
) -> Iterator[ShownLocation]:
    for store in around.nearest(brand, customer, most):
        assert brand is not None
        ru, en = f"{brand.name_ru}: {store.address}", f"{brand.name_en}: {store.address}"
        yield ShownLocation(store.lat, store.lon, Bilingual(ru, en))


def _news(ctx: Context, card: Card, around: Standing) -> News | None:
    told = []
    for each in around.news.get(card.id, ()):
        try:
            told.append((each.at, str(NEWS.open(ctx, card.customer, each.sealed) or "")))
        except CannotOpen:
            continue
    told = [(at, text) for at, text in told if text]
    return News(told[0][1], tuple(told[1:])) if told else None


def _holder(ctx: Context, customer: Customer) -> str:
    """A profile that cannot be read is as if there were none."""
    try:
        return holder_of(ctx, customer)
    except CannotOpen:
        return ""


def _named(thing: object) -> Bilingual:
    return Bilingual(getattr(thing, "name_ru"), getattr(thing, "name_en"))  # noqa: B009
