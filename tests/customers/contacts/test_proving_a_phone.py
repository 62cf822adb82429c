"""Анна types her number: at each step she is told what comes next, and one code leaves."""

import pytest

from backend.customers.contacts.prove_phone import (
    Step,
    code_on_its_way,
    is_whole_code,
    number_agreed,
    number_typed,
)
from backend.customers.contacts.verify_settle import prove_by_button
from backend.platform.context import Context
from models.refusal import Code, Refusal
from models.verification import Verification
from tests.support.factory.customers import someone

ANNA = "+79161234567"


async def test_a_typed_number_is_understood_before_anything_is_sent(
    ctx: Context, database: str
) -> None:
    anna = await someone(ctx, 1)
    step = await number_typed(ctx, anna, "8 916 123-45-67")
    assert (step.step, step.phone, step.asked) == (Step.SEND_CODE, ANNA, None)
    assert await Verification.all().count() == 0


async def test_yes_to_a_number_sends_one_code_however_often_it_is_said(
    ctx: Context, database: str
) -> None:
    anna = await someone(ctx, 1)
    first = await number_agreed(ctx, anna, ANNA)
    second = await number_agreed(ctx, anna, ANNA)
    assert first == second
    assert first.step is Step.ENTER_CODE
    assert first.asked == await code_on_its_way(ctx, anna)
    assert await Verification.all().count() == 1
    again = await number_typed(ctx, anna, ANNA)
    assert (again.step, again.asked) == (Step.ENTER_CODE, first.asked)


async def test_the_code_may_be_typed_where_the_number_was(ctx: Context, database: str) -> None:
    anna = await someone(ctx, 1)
    with pytest.raises(Refusal) as refused:
        await number_typed(ctx, anna, "123 456")
    assert refused.value.code is Code.INVALID_ANSWER, "no code is on its way: this is no number"
    await number_agreed(ctx, anna, ANNA)
    assert (await number_typed(ctx, anna, "123 456")).step is Step.CODE_TYPED


async def test_a_confirmed_number_needs_no_code(ctx: Context, database: str) -> None:
    anna = await someone(ctx, 1)
    await prove_by_button(ctx, anna, ANNA)
    assert (await number_typed(ctx, anna, ANNA)).step is Step.CONFIRMED
    assert (await number_agreed(ctx, anna, ANNA)).step is Step.CONFIRMED
    assert await code_on_its_way(ctx, anna) is None


@pytest.mark.parametrize("typed", ["12345", "1234567", "", "١٢٣٤٥٦", "12345²", "abcdef"])
def test_what_is_no_whole_code(typed: str) -> None:
    assert is_whole_code("123 456")
    assert is_whole_code("123-456")
    assert not is_whole_code(typed)
