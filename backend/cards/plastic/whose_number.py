"""Whose card is it: the program's processor is asked; no answer says who another holder is."""

from enum import StrEnum

from backend.cards.plastic.fitting import fitting_rule
from backend.cards.plastic.plastic_number import PlasticNumber, check_number
from backend.cards.plastic.tries import count_try, take_back_try
from backend.partners.answered import answered
from backend.partners.processor import KnownNumber, NumberState
from backend.platform.context import Context
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.program import Program, UnknownNumbers
from models.refusal import Code, Refusal


class Whose(StrEnum):
    MINE = "mine"  # bound to a contact that this person has proven
    FREE = "free"
    ASK = "ask"  # bound to a contact; the questionnaire will ask this person to prove one


async def whose_card(
    ctx: Context, customer: Customer, program: Program, shown: PlasticNumber
) -> tuple[Whose, frozenset[str]]:
    """Before the consents: counts as a try. The kinds of contact that the processor has as this
    person has them come along. Refuses with too_many_tries, invalid_number, number_taken,
    number_bound or number_unknown; with try_later, uncounted, when the processor is silent."""
    check_number(program, shown)
    tried = await count_try(ctx, customer)
    try:
        return await settle_owner(ctx, customer, program, shown, asks_later=_asks_phone(program))
    except Refusal as refusal:
        if refusal.code is Code.TRY_LATER:
            await take_back_try(tried)
        raise


async def settle_owner(
    ctx: Context,
    customer: Customer,
    program: Program,
    shown: PlasticNumber,
    *,
    asks_later: bool = False,
) -> tuple[Whose, frozenset[str]]:
    """The same without counting, when the card is made. With `asks_later` a person who has not
    proven anything yet may go on."""
    numbers = shown.spelled(program.barcode_format)
    found = await answered(ctx, program, lambda partner: partner.find_card(ctx, program, numbers))
    if found.customer_id is not None:
        if found.customer_id == customer.id:
            return Whose.MINE, frozenset()
        raise Refusal(Code.NUMBER_TAKEN)
    if found.state is NumberState.NOT_ISSUED:
        raise Refusal(Code.INVALID_NUMBER, reason="not_issued")
    if found.state is NumberState.UNKNOWN:
        await _check_unknown(program, shown, found)
    if found.state is not NumberState.BOUND:
        return Whose.FREE, frozenset()
    return await _bound(customer, found, asks_later=asks_later)


async def _check_unknown(program: Program, shown: PlasticNumber, found: KnownNumber) -> None:
    if _refuses_unknown(program, found):
        raise Refusal(Code.NUMBER_UNKNOWN)
    if await fitting_rule(program, shown) is None:
        raise Refusal(Code.INVALID_NUMBER, reason="unlike")


async def _bound(
    customer: Customer, found: KnownNumber, *, asks_later: bool
) -> tuple[Whose, frozenset[str]]:
    proven = {
        contact.kind.value: contact.blind_index
        for contact in await Contact.filter(customer_id=customer.id, verified_at__isnull=False)
    }
    same = frozenset(kind for kind, index in found.holders.items() if proven.get(kind) == index)
    if same:
        return Whose.MINE, same
    if asks_later and ContactKind.PHONE.value not in proven and "phone" in found.holders:
        return Whose.ASK, frozenset()
    raise Refusal(Code.NUMBER_BOUND)


def _asks_phone(program: Program) -> bool:
    return any(field.get("type") == "phone" for field in program.questionnaire)


def _refuses_unknown(program: Program, found: KnownNumber) -> bool:
    if program.unknown_numbers is UnknownNumbers.AUTO:
        return found.listed
    return program.unknown_numbers is UnknownNumbers.REFUSE
