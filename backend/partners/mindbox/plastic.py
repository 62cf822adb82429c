"""Cards as Mindbox has them: whose a number is, and which a customer holds."""

from collections.abc import Collection

from backend.partners.member import CardNumber, CardState, TheirCard
from backend.partners.mindbox.asking import Asking
from backend.partners.mindbox.people import Known
from backend.partners.mindbox.wire import bodies
from backend.partners.mindbox.wire.bodies import CustomerBody
from backend.partners.mindbox.wire.people import Card, Customer
from backend.partners.mindbox.wire.statuses import Found
from backend.platform.failures import NeedsSettings
from models.refusal import Code, Refusal

_BEST = (CardState.ACTIVE, CardState.INACTIVE, CardState.BLOCKED)


async def card_named(asking: Asking, numbers: Collection[str]) -> Card | None:
    """The first of these spellings that Mindbox knows as a card of this program."""
    for number in sorted(numbers):
        card = await card_of(asking, number)
        if card is not None:
            return card if is_of_program(asking, card) else None
    return None


async def card_of(asking: Asking, number: str) -> Card | None:
    body = bodies.one_card(number, asking.settings.card_number)
    card = (await asking.read(asking.operations.card, body)).discount_card
    return None if card is None or card.processing_status == Found.NOT_FOUND else card


def is_of_program(asking: Asking, card: Card) -> bool:
    """Programs that share an endpoint are told apart by the type of their cards."""
    wanted = asking.program.card_type
    return not wanted or card.type_id == wanted


async def holder_of(asking: Asking, card: Card) -> Customer | None:
    number = card.number(asking.settings.card_number)
    body = CustomerBody(card_number={asking.settings.card_number: number})
    answer = await asking.read(asking.operations.find_by_card, bodies.operation(body))
    return answer.customer if answer.customer is not None and answer.customer.is_known else None


async def held(asking: Asking, known: Known) -> list[Card]:
    """The program's cards of a customer, the one to show first."""
    cards = await cards_of(asking, known)
    found = [card for card in cards if is_of_program(asking, await _typed(asking, card))]
    return sorted(found, key=lambda card: _BEST.index(asking.settings.state_of(card.status)))


async def cards_of(asking: Asking, known: Known) -> list[Card]:
    """Of every program."""
    answer = await asking.read(asking.operations.cards, bodies.operation(known.body))
    return answer.discount_cards


async def _typed(asking: Asking, card: Card) -> Card:
    """With its type: a list of cards leaves it out. Raises NeedsSettings where none can be told."""
    if not asking.program.card_type or card.type_id:
        return card
    if not asking.operations.card:
        raise NeedsSettings("operations.card: missing, expected to tell the programs' cards apart")
    return await card_of(asking, card.number(asking.settings.card_number)) or card


def shown(asking: Asking, card: Card, theirs: str, asked: CardNumber | None = None) -> TheirCard:
    """Refuses with card_blocked: what is blocked is neither shown nor replaced here."""
    state = asking.settings.state_of(card.status)
    if state is CardState.BLOCKED:
        raise Refusal(Code.CARD_BLOCKED)
    text = card.number(asking.settings.card_number)
    number = asked if asked is not None and text == known_by(asking, asked) else None
    return TheirCard(number or CardNumber(text, text), state, theirs)


def known_by(asking: Asking, number: CardNumber) -> str:
    printed = asking.settings.number_of_card == "printed"
    return number.printed if printed else number.barcode


async def holds(asking: Asking, known: Known, text: str) -> bool:
    cards = await cards_of(asking, known)
    return any(card.number(asking.settings.card_number) == text for card in cards)
