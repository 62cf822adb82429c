"""Кира took her card out of the wallet and applies for it once more."""

import pytest

from backend.cards.pocket.organise import archive_card
from backend.cards.pocket.wallet import cards_in_wallet, remove_card
from backend.customers.person.profile import read_profile
from backend.platform.context import Context
from catalog.questions.question import FieldType, QuestionnaireField
from catalog.questions.questionnaire import field_to_json
from models.application import Application, ApplicationStatus
from models.card import Card
from models.customer import Customer
from models.offer import Offer
from models.pool_number import NumberStatus, PoolNumber
from models.program import Program
from tests.support.factory.brands import NAME, make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone

pytestmark = pytest.mark.usefixtures("database")

SURNAME = QuestionnaireField("surname", FieldType.SURNAME, required=True)


async def a_card(ctx: Context) -> tuple[Customer, Card, Offer]:
    program = await make_program(await make_account(), fields=(NAME,), numbers=2)
    offer = await make_offer(program)
    kira = await someone(ctx, 1)
    card = (await issued(ctx, kira, [offer], answers={"given_name": "Кира"}))[0].card
    assert card is not None
    return kira, card, offer


async def test_a_card_that_was_archived_before_comes_back_to_the_wallet(ctx: Context) -> None:
    kira, card, offer = await a_card(ctx)
    await archive_card(kira, card.id, archived=True)
    await remove_card(ctx, kira, card.id)
    (outcome,) = await issued(ctx, kira, [offer])
    assert outcome.card is not None
    assert (outcome.card.id, outcome.new) == (card.id, False)
    assert [each.id for each in await cards_in_wallet(kira)] == [card.id]
    assert await cards_in_wallet(kira, hidden=True) == []


async def test_what_the_program_asks_by_now_is_kept_with_what_it_knew(ctx: Context) -> None:
    kira, card, offer = await a_card(ctx)
    await remove_card(ctx, kira, card.id)
    asked = [field_to_json(field) for field in (NAME, SURNAME)]
    await Program.all().update(questionnaire=asked)
    (outcome,) = await issued(ctx, kira, [offer], answers={"surname": "Лебедева"})
    assert outcome.card is not None
    await kira.refresh_from_db()
    profile = read_profile(ctx, kira)
    assert (profile["given_name"], profile["surname"]) == ("Кира", "Лебедева")
    closed = await Application.all().order_by("id")
    assert [each.status for each in closed] == [ApplicationStatus.DONE] * 2
    assert [each.answers for each in closed] == [None, None]


async def test_it_takes_no_second_number_of_the_pool(ctx: Context) -> None:
    kira, card, offer = await a_card(ctx)
    await remove_card(ctx, kira, card.id)
    await issued(ctx, kira, [offer])
    assert await PoolNumber.filter(status=NumberStatus.ISSUED).count() == 1
    assert await Card.all().count() == 1


async def test_the_person_in_hand_has_the_profile_that_stands(ctx: Context) -> None:
    """What is drawn on the card next is the holder's name as it is now."""
    kira, card, offer = await a_card(ctx)
    assert read_profile(ctx, kira) == read_profile(ctx, await Customer.get(id=kira.id))
    assert read_profile(ctx, kira)["given_name"] == "Кира", "of a new card"
    await remove_card(ctx, kira, card.id)
    asked = [field_to_json(field) for field in (NAME, SURNAME)]
    await Program.all().update(questionnaire=asked)
    await issued(ctx, kira, [offer], answers={"surname": "Лебедева"})
    assert read_profile(ctx, kira)["surname"] == "Лебедева", "of one that came back"
    assert read_profile(ctx, kira) == read_profile(ctx, await Customer.get(id=kira.id))
