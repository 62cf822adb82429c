"""A phone that is typed, on its way to being confirmed: which step comes next, without words."""

from dataclasses import dataclass
from enum import StrEnum

from backend.customers.contacts.verify_ask import (
    Asked,
    ask_code,
    is_confirmed,
    last_asked,
    number_for_code,
)
from backend.customers.contacts.verify_code import CODE_DIGITS, digits_of
from backend.platform.context import Context
from models.contact import ContactKind
from models.customer import Customer


class Step(StrEnum):
    CONFIRMED = "confirmed"
    # A code is on its way to the number: it is to be typed.
    ENTER_CODE = "enter_code"
    # The number as it was understood: a code leaves once the person says yes to it.
    SEND_CODE = "send_code"
    # What was typed is no number but the code that is on its way.
    CODE_TYPED = "code_typed"


@dataclass(frozen=True, slots=True)
class PhoneStep:
    """`phone` in E.164; `asked`: the code that is on its way, if one is."""

    step: Step
    phone: str
    asked: Asked | None = None


async def code_on_its_way(ctx: Context, customer: Customer) -> Asked | None:
    return await last_asked(ctx, customer, ContactKind.PHONE, alive=True)


async def number_typed(ctx: Context, customer: Customer, typed: str) -> PhoneStep:
    """Sends nothing. Refuses like number_for_code."""
    asked = await code_on_its_way(ctx, customer)
    if asked is not None and is_whole_code(typed):
        return PhoneStep(Step.CODE_TYPED, asked.value, asked)
    phone = await number_for_code(ctx, customer, typed)
    if await is_confirmed(ctx, customer, phone):
        return PhoneStep(Step.CONFIRMED, phone)
    if asked is not None and asked.value == phone:
        return PhoneStep(Step.ENTER_CODE, phone, asked)
    return PhoneStep(Step.SEND_CODE, phone)


async def number_agreed(ctx: Context, customer: Customer, phone: str) -> PhoneStep:
    """«Yes, send the code to this number». The second time it finds the code that is on its way,
    and sends none. Refuses like ask_code."""
    if await is_confirmed(ctx, customer, phone):
        return PhoneStep(Step.CONFIRMED, phone)
    asked = await code_on_its_way(ctx, customer)
    if asked is None or asked.value != phone:
        asked = await ask_code(ctx, customer, phone)
    return PhoneStep(Step.ENTER_CODE, phone, asked)


def is_whole_code(typed: str) -> bool:
    """Six ASCII digits, whatever stands between them."""
    digits = digits_of(typed)
    return len(digits) == CODE_DIGITS and digits.isascii() and digits.isdigit()
