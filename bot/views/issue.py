"""On the way to a card: whatever comes next, the list of several, the way back."""

from dataclasses import replace

from aiogram.types import User

from backend.cards.issue.answer_questions import resume, skip, values_of
from backend.cards.issue.application import OpenApplication, Step, current_application
from backend.cards.issue.cards_of import cards_of
from backend.cards.issue.change_step import go_back
from backend.cards.issue.consent_screen import consent_view
from backend.cards.issue.issue_cards import Outcome, issue_cards
from backend.cards.issue.view_question import cities_among, view_question
from backend.cards.pocket.view_card import view_new_card
from backend.cards.pocket.wallet import programs_in_wallet
from backend.cards.pool.stock import pools_empty_for
from backend.platform.context import Context
from bot.awaiting import QUESTION, expect
from bot.screens.issue.answers import answer_in_words, cards_in_words, field_name
from bot.screens.issue.basket import basket
from bot.screens.issue.consent import consent
from bot.screens.issue.issued import issued
from bot.screens.issue.question import question
from bot.screens.issue.summary import Line, Summary, summary
from bot.screens.pocket.card import card
from bot.screens.screen import Reply, Screen
from bot.views.browse import PAGE, offer_screen
from bot.views.pocket import card_screen
from bot.visitor import Visitor
from catalog.questions.question import FieldType
from catalog.shelves.picks import picks, programs_of_offers
from models.card import CardOrigin
from models.city import City


async def application_screen(
    visitor: Visitor,
    ctx: Context,
    person: User | None,
    current: OpenApplication | None = None,
    *,
    noted: str = "",
) -> Reply | Screen:
    """The next question, the answers once more, the next controller's consents, or the cards.
    `noted`: the last answer as it was understood."""
    current = current or await current_application(ctx, visitor.customer)
    match current.step:
        case Step.QUESTION:
            return await question_screen(visitor, ctx, person, current, noted=noted)
        case Step.SUMMARY:
            return await summary_screen(visitor, ctx, current)
        case Step.CONSENTS:
            return await consent_screen(visitor, ctx, current)
        case Step.CARDS:
            outcomes = await issue_cards(ctx, visitor.customer, current, shown=True)
            return await made_screen(visitor, ctx, outcomes)


async def consent_screen(visitor: Visitor, ctx: Context, current: OpenApplication) -> Screen:
    """Of the controller who is next."""
    account = current.next_controller
    assert account is not None
    return consent(visitor.words, await consent_view(ctx, visitor.customer, current, account))


async def resumed_screen(visitor: Visitor, ctx: Context, person: User | None) -> Reply | Screen:
    """Coming back: at what is really open."""
    return await application_screen(visitor, ctx, person, await resume(ctx, visitor.customer))


async def summary_screen(visitor: Visitor, ctx: Context, current: OpenApplication) -> Screen:
    words, cards = visitor.words, await cards_of(current)
    values = await values_of(ctx, visitor.customer, current)
    cities = await cities_among(current, values)
    lines = [
        Line(
            place,
            field_name(words, field),
            answer_in_words(words, field, values[key], cities) if key in values else "",
        )
        for place, (key, field) in enumerate(current.fields.items())
    ]
    application = current.application
    shown = Summary(
        application=application.id,
        step=application.step,
        lines=lines,
        cards=cards_in_words(words, cards),
        count=len(cards),
        controllers=len(current.controllers),
    )
    return summary(words, shown)


async def question_screen(
    visitor: Visitor,
    ctx: Context,
    person: User | None,
    current: OpenApplication,
    *,
    wrong: str = "",
    noted: str = "",
    cities: tuple[City, ...] = (),
    picked: tuple[int, ...] | None = None,
) -> Screen:
    """Make it the current question; the next text answers it. `picked` None: as it was answered."""
    view = await view_question(ctx, visitor.customer, current, names_of(person))
    picked = view.picked if picked is None else picked
    expect(visitor, QUESTION, step=view.step, picked=list(picked))
    asked = replace(view, picked=picked, cities=cities or view.cities)
    return question(visitor.words, asked, noted=noted, wrong=wrong)


def names_of(person: User | None) -> dict[FieldType, str]:
    """What Telegram knows of the person's name."""
    if person is None:
        return {}
    return {FieldType.GIVEN_NAME: person.first_name, FieldType.SURNAME: person.last_name or ""}


async def made_screen(visitor: Visitor, ctx: Context, outcomes: list[Outcome]) -> Screen:
    """What became of the cards: of one the card itself. Refuses with what it was refused for."""
    if len(outcomes) > 1:
        return issued(visitor.words, outcomes)
    outcome = outcomes[0]
    if outcome.refusal is not None:
        raise outcome.refusal
    assert outcome.card is not None
    if not outcome.new:
        return await card_screen(visitor, ctx, outcome.card.id, visitor.words.html("card-back"))
    made = await view_new_card(ctx, visitor.customer, outcome.card, outcome.offer.brand)
    bound = outcome.card.origin is CardOrigin.DUPLICATED
    return card(visitor.words, made, visitor.words.html("card-bound" if bound else "card-new"))


async def basket_screen(visitor: Visitor, ctx: Context, category: int, page: int) -> Screen:
    have = await programs_in_wallet(visitor.customer)
    city = visitor.customer.city_id
    found = await picks(ctx.clock(), city, category or None, page, PAGE, without=have)
    programs = await programs_of_offers(ctx.clock(), visitor.chat.basket)
    listed = {pick.program_id for pick in found.picks}
    empty = await pools_empty_for(visitor.customer, listed)
    return basket(visitor.words, {*programs.values()} - have, category, found, empty)


async def went_back(
    visitor: Visitor, ctx: Context, person: User | None, at: tuple[int, int] | None = None
) -> Reply | Screen:
    current, moved = await go_back(ctx, visitor.customer, at)
    if moved:
        return await application_screen(visitor, ctx, person, current)
    return await _came_from(visitor, ctx, current)


async def _came_from(visitor: Visitor, ctx: Context, current: OpenApplication) -> Screen:
    """Before the first question stands the offer, or the list with the ticks as they were. The
    application stays open, with every answer."""
    picked = [offer.id for offer in current.offers]
    if len(picked) == 1:
        return await offer_screen(visitor, ctx, picked[0])
    visitor.chat.basket = picked
    return await basket_screen(visitor, ctx, 0, 0)


async def skipped(
    visitor: Visitor, ctx: Context, person: User | None, current: OpenApplication
) -> Reply | Screen:
    key = current.asking
    if key is None:
        return await application_screen(visitor, ctx, person, current)
    return await application_screen(visitor, ctx, person, await skip(ctx, visitor.customer, key))
