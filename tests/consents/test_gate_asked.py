"""The one question before every message, for each purpose, brand and channel."""

import pytest

from backend.consents.documents import documents_for, superseded
from backend.consents.gate import gate_by, may_send
from backend.platform.context import Context
from models.consent_document import ConsentDocument, ConsentPurpose
from models.message_purpose import MessagePurpose
from tests.support.clock import StoppedClock
from tests.support.factory.agreeing import agreed
from tests.support.factory.documents import make_document

pytestmark = pytest.mark.usefixtures("database")

PROMO = MessagePurpose.PROMO


async def test_advertising_of_no_brand_goes_to_nobody(ctx: Context) -> None:
    """Whoever allowed everything of every brand has not allowed what names none."""
    anna = await agreed(ctx)
    assert await may_send(ctx.clock(), anna.customer.id, anna.brand.id, "telegram", PROMO)
    assert not await may_send(ctx.clock(), anna.customer.id, None, "telegram", PROMO)


@pytest.mark.parametrize("purpose", [MessagePurpose.SERVICE, MessagePurpose.TRANSACTION])
async def test_what_is_part_of_the_card_needs_no_consent(
    ctx: Context, purpose: MessagePurpose
) -> None:
    assert await may_send(ctx.clock(), 404, None, "telegram", purpose)


async def test_the_channel_asks_with_the_time_of_the_asking(
    ctx: Context, clock: StoppedClock
) -> None:
    anna = await agreed(ctx)
    ask = gate_by(clock)
    tomorrow = clock.advance(days=1)
    clock.advance(days=-1)
    await make_document(
        anna.account, ConsentPurpose.ADVERTISING, version=2, effective_from=tomorrow
    )
    assert await ask(anna.customer.id, anna.brand.id, "telegram", PROMO)
    assert not await ask(anna.customer.id, anna.brand.id, "sms", PROMO)
    assert not await ask(anna.customer.id, None, "telegram", PROMO)
    clock.now = tomorrow
    assert not await ask(anna.customer.id, anna.brand.id, "telegram", PROMO)


async def test_a_version_is_in_force_from_its_first_moment_and_not_before(
    ctx: Context, clock: StoppedClock
) -> None:
    anna = await agreed(ctx)
    soon = clock.advance(hours=1)
    clock.advance(hours=-1)
    for purpose in (ConsentPurpose.PERSONAL_DATA, ConsentPurpose.ADVERTISING):
        await make_document(anna.account, purpose, version=2, effective_from=soon)
    await make_document(
        anna.account, ConsentPurpose.PROGRAM_TERMS, anna.program, version=2, effective_from=soon
    )

    async def versions() -> set[int]:
        found = await documents_for(anna.account, [anna.program.id], "ru", ctx.clock())
        shown = [each.id for each in (*found.required(), found.advertising)]
        return {each.version for each in await ConsentDocument.filter(id__in=shown)}

    first = await documents_for(anna.account, [anna.program.id], "ru", ctx.clock())
    shown = [document.id for document in first.required()]
    assert await versions() == {1}
    assert not await superseded(shown, ctx.clock())
    clock.now = soon
    assert await versions() == {2}
    assert await superseded(shown, ctx.clock())
