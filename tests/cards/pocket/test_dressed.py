"""Анна's card looks as its program wants it to look for her tier, and for people like her."""

from dataclasses import replace
from typing import Any

import pytest

from backend.cards.pocket.dressed import dressed
from backend.cards.pocket.view_card import view_card, view_new_card
from backend.cards.pocket.wallet_card import WalletCard
from backend.platform.context import Context
from backend.platform.words import Translator
from bot.files import content_key
from bot.screens.pocket.card import bare_picture, owners_picture
from bot.words import load_words
from models.brand import Brand
from models.card import Card
from models.card_design import CardDesign
from models.customer import Customer
from models.program import Program
from models.segment import Segment
from tests.cards.pocket.test_card_view import card_of, shop
from tests.support.database.counting import statements
from tests.support.factory.customers import someone

GOLD, STRIP, LOGO = "#7A5C00", "b" * 64, "a" * 64
DESIGN: dict[str, Any] = {
    "primary": "#1F6F50",
    "secondary": "#F4C95D",
    "logo": LOGO,
    "variants": [
        {"name": "Gold", "tiers": ["Gold"], "primary": GOLD, "strip": STRIP},
        {"name": "Awake", "segment": "awake", "ink": "#FFEEDD"},
    ],
}
WORDS = Translator(load_words(), "ru")


async def draws(ctx: Context, card: Card, design: dict[str, Any], number: int = 1) -> None:
    await CardDesign.create(
        program_id=card.program_id, number=number, design=design, made_at=ctx.clock()
    )


@pytest.fixture
async def anna(ctx: Context, database: str) -> Customer:
    return await someone(ctx, 1)


@pytest.fixture
async def card(ctx: Context, anna: Customer) -> Card:
    return await card_of(ctx, anna, await shop("daisy"))


async def test_a_program_of_colours_leaves_the_card_to_its_brand(
    ctx: Context, anna: Customer, card: Card
) -> None:
    await Brand.all().update(primary_color="#ABCDEF")
    shown = (await view_card(ctx, anna, card.id)).shown
    assert (shown.look, shown.bare) == (None, None)
    picture = owners_picture(WORDS, shown, "Анна")
    assert picture.card is not None
    assert picture.card.primary == "#ABCDEF"
    key = content_key(ctx.vault, picture)
    assert content_key(ctx.vault, replace(picture, strip=STRIP)) != key


async def test_the_tier_s_look_is_shown_to_its_owner_alone(
    ctx: Context, anna: Customer, card: Card
) -> None:
    await draws(ctx, card, {**DESIGN, "primary": "#000000"})
    await draws(ctx, card, DESIGN, 2)
    await Card.filter(id=card.id).update(tier="Gold")
    shown = (await view_card(ctx, anna, card.id)).shown
    own, bare = owners_picture(WORDS, shown, "Анна"), bare_picture(WORDS, shown)
    assert own.card is not None
    assert bare.card is not None
    assert (own.card.primary, own.logo, own.strip) == (GOLD, LOGO, STRIP)
    assert (bare.card.primary, bare.logo, bare.strip) == ("#1F6F50", LOGO, None)
    brand = await Brand.get().select_related("program")
    made = (await view_new_card(ctx, anna, await Card.get(), brand)).shown
    assert (made.look, made.bare) == (shown.look, shown.bare)


async def test_the_segment_s_look(ctx: Context, anna: Customer, card: Card) -> None:
    program = await Program.get()
    await draws(ctx, card, DESIGN)
    segment = await Segment.create(
        account_id=program.account_id, key="awake", name="n", tree=None, created_at=ctx.clock()
    )
    look = (await view_card(ctx, anna, card.id)).shown.look
    assert look is not None
    assert (look.ink, look.primary) == ("#FFEEDD", "#1F6F50")
    await Segment.filter(id=segment.id).update(tree={"field": "city", "in": ["kazan"]})
    assert look != (await view_card(ctx, anna, card.id)).shown.look
    await Segment.filter(id=segment.id).update(tree=None, archived_at=ctx.clock())
    shown = (await view_card(ctx, anna, card.id)).shown
    assert shown.look == shown.bare


async def test_many_cards_ask_once(ctx: Context, anna: Customer) -> None:
    cards = [await card_of(ctx, anna, await shop(key)) for key in ("daisy", "rose", "tulip")]
    for card in cards[:2]:
        await draws(ctx, card, {"primary": "#010203", "secondary": "#F4C95D"})
    kept = [WalletCard(card) for card in cards]
    async with statements() as asked:
        found = await dressed(ctx, kept)
    assert len(asked) == 1
    assert [one.look is not None for one in found] == [True, True, False]
