"""A number becomes a customer's, and nobody's again."""

from dataclasses import replace
from uuid import UUID

from backend.partners.member import CardNumber, CardState, Member, TheirCard
from backend.partners.mindbox.asking import Asking
from backend.partners.mindbox.people import Known
from backend.partners.mindbox.plastic import card_of, held, holds, is_of_program, known_by, shown
from backend.partners.mindbox.wire import bodies
from backend.partners.mindbox.wire.models import Answer
from backend.partners.mindbox.wire.people import Card
from backend.partners.mindbox.wire.statuses import Binding, CardStatus, Change
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from models.refusal import Code, Refusal


async def kept(
    asking: Asking, known: Known, cards: list[Card], asked: CardNumber | None, key: UUID
) -> TheirCard:
    """Who has a card keeps it; if it is the one that was asked for, an earlier attempt may have
    ended before it was activated."""
    text = "" if asked is None else known_by(asking, asked)
    mine = [card for card in cards if card.number(asking.settings.card_number) == text]
    found = shown(asking, (mine or cards)[0], known.theirs, asked)
    if not mine:
        return found
    return replace(found, state=await activated(asking, known, text, key) or found.state)


async def bind(asking: Asking, known: Known, number: CardNumber, key: UUID) -> TheirCard:
    """The number becomes theirs. Refuses with card_blocked, number_unknown (another program's) and
    number_bound (somebody else's)."""
    text = known_by(asking, number)
    await _check_free(asking, text)
    body = _with_customer(asking, known, text)
    answer = await asking.write(asking.operations.bind, body, key, f"bind {text}")
    if answer.was_done_before and not await holds(asking, known, text):
        # What was done before came to nothing: the number was not in Mindbox yet, or was taken.
        again = f"bind {text} at {asking.clock().isoformat()}"
        answer = await asking.write(asking.operations.bind, body, key, again)
    _check_bound(answer, answer.discount_card, asking.operations.bind)
    state = await activated(asking, known, text, key)
    return TheirCard(number, state or CardState.ACTIVE, known.theirs)


def gives_way(asking: Asking, member: Member, cards: list[Card], number: CardNumber | None) -> bool:
    """Whether the number that they hold there is to be replaced: only of a card that Mindbox was
    told of before (`theirs`); of whoever comes anew, the card that they hold is the one."""
    if number is None or not member.theirs or not asking.operations.replace:
        return False
    id_name, text = asking.settings.card_number, known_by(asking, number)
    return all(card.number(id_name) != text for card in cards)


async def replaced(
    asking: Asking, known: Known, old: Card, number: CardNumber, key: UUID
) -> TheirCard:
    """The brand has given the card another number: it takes the place of the old one there, too.
    Refuses like bind."""
    before, text = old.number(asking.settings.card_number), known_by(asking, number)
    await _check_free(asking, text)
    operation, id_name = asking.operations.replace, asking.settings.card_number
    body = bodies.operation(
        point_of_contact=asking.touchpoint,
        oldDiscountCard=bodies.card(before, id_name),
        newDiscountCard=bodies.card(text, id_name),
    )
    answer = await asking.write(operation, body, key, f"replace {before} {text}")
    if answer.was_done_before and not await holds(asking, known, text):
        again = f"replace {before} {text} at {asking.clock().isoformat()}"
        answer = await asking.write(operation, body, key, again)
    _check_bound(answer, answer.new_discount_card, operation)
    state = await activated(asking, known, text, key)
    return TheirCard(number, state or CardState.ACTIVE, known.theirs)


async def _check_free(asking: Asking, text: str) -> None:
    """Whether the card may be bound at all: binding itself asks for neither status nor type."""
    card = await card_of(asking, text) if asking.operations.card else None
    if card is None:
        return
    if asking.settings.state_of(card.status) is CardState.BLOCKED:
        raise Refusal(Code.CARD_BLOCKED)
    if not is_of_program(asking, card):
        raise Refusal(Code.NUMBER_UNKNOWN)


def _with_customer(asking: Asking, known: Known, text: str) -> bodies.Body:
    return bodies.operation(
        known.body,
        point_of_contact=asking.touchpoint,
        discountCard=bodies.card(text, asking.settings.card_number),
    )


async def given(asking: Asking, known: Known, key: UUID) -> TheirCard:
    """A number of Mindbox's own pool becomes theirs."""
    operation = asking.operations.bind_from_pool
    body = bodies.operation(known.body, point_of_contact=asking.touchpoint)
    answer = await asking.write(operation, body, key, "bind from the pool")
    if answer.was_done_before:
        cards = await held(asking, known)
        if cards:
            return shown(asking, cards[0], known.theirs)
        again = f"bind from the pool at {asking.clock().isoformat()}"
        answer = await asking.write(operation, body, key, again)
    _check_bound(answer, answer.discount_card, operation)
    card = answer.discount_card
    text = "" if card is None else card.number(asking.settings.card_number)
    if not text:
        raise NeedsSettings(f"operations.bind_from_pool: {operation} tells no number")
    state = await activated(asking, known, text, key)
    return TheirCard(CardNumber(text, text), state or CardState.ACTIVE, known.theirs)


async def activated(asking: Asking, known: Known, text: str, key: UUID) -> CardState | None:
    """None where nothing new is told: the project activates no cards, or did so before."""
    operation = asking.operations.activate
    if not operation:
        return None
    body = _with_customer(asking, known, text)
    card = (await asking.write(operation, body, key, f"activate {text}")).discount_card
    match "" if card is None else card.processing_status:
        case Change.ANOTHER:
            raise Refusal(Code.NUMBER_BOUND)
        case Change.NOT_BOUND | Change.NOT_FOUND:
            raise TryLater(f"{operation}: the card is not found yet")
    state = asking.settings.state_of(card.status) if card is not None and card.status else None
    if state is CardState.BLOCKED:
        raise Refusal(Code.CARD_BLOCKED)
    return state


async def unbind(asking: Asking, known: Known, number: CardNumber, key: UUID) -> None:
    """The card is nobody's, if it is still theirs: it may have become somebody else's since."""
    text = known_by(asking, number)
    body = bodies.one_card(text, asking.settings.card_number, point_of_contact=asking.touchpoint)
    for step in (f"unbind {text}", f"unbind {text} at {asking.clock().isoformat()}"):
        if not await holds(asking, known, text):
            return
        answer = await asking.write(asking.operations.unbind, body, key, step)
        if not answer.was_done_before:
            return


def _check_bound(answer: Answer, card: Card | None, operation: str) -> None:
    if answer.was_done_before:
        return
    match "" if card is None else card.processing_status:
        case Binding.BOUND | Binding.ALREADY_CURRENT:
            return
        case Binding.ALREADY_ANOTHER:
            raise Refusal(Code.NUMBER_BOUND)
        case Binding.NOT_FOUND:
            raise GiveUp(
                "the number is not in Mindbox: the brand loads the wallet's numbers there "
                f"({operation} says NotFound)"
            )
        case Binding.NOT_PROCESSED:
            raise TryLater(f"{operation}: the customer is not found yet")
        case CardStatus.BLOCKED:
            raise Refusal(Code.CARD_BLOCKED)
        case _:
            raise NeedsSettings(
                f"{operation} says nothing of the card: expected Bound, or why it is not"
            )
