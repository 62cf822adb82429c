"""A controller's documents change: Анна is asked again, about the very texts on her screen."""

import pytest

from backend.consents.due import DueView, accounts_due, due_view
from backend.consents.standing_answers import advertising_of
from backend.customers.choices.allow_advertising import allow_advertising
from backend.customers.choices.answer_again import answer_again
from backend.platform.context import Context
from models.consent_document import ConsentDocument, ConsentPurpose
from models.consent_record import ConsentAction, ConsentRecord
from models.outbox import OutboxEvent
from models.refusal import Code, Refusal
from tests.support.factory.agreeing import Agreed, agreed
from tests.support.factory.documents import make_document

pytestmark = pytest.mark.usefixtures("database")

PERSONAL, ADS = ConsentPurpose.PERSONAL_DATA, ConsentPurpose.ADVERTISING
BOTH = ("telegram", "email")


def at_the_screen(ctx: Context) -> Context:
    return ctx.through("bot:changed_documents")


async def screen(ctx: Context, anna: Agreed) -> DueView:
    view = await due_view(anna.customer.id, "ru", anna.account.id, ctx.clock())
    assert view is not None
    return view


async def records() -> int:
    return await ConsentRecord.all().count()


async def test_a_screen_that_shows_an_older_version_is_not_accepted(ctx: Context) -> None:
    """Version 2 stands on the screen when version 3 comes into force, and then the tap comes."""
    anna = await agreed(ctx)
    await make_document(anna.account, PERSONAL, version=2)
    seen = [document.id for document in (await screen(ctx, anna)).documents]
    await make_document(anna.account, PERSONAL, version=3)
    before = await records()
    for stale in (seen, [], [*seen, *seen]):
        with pytest.raises(Refusal) as refused:
            await answer_again(
                at_the_screen(ctx), anna.customer, anna.account.id, stale, {*stale}, BOTH
            )
        assert refused.value.code is Code.DOCUMENT_CHANGED
    assert await records() == before
    assert not await OutboxEvent.exists()


async def test_what_must_be_ticked_is_and_advertising_never_must(ctx: Context) -> None:
    anna = await agreed(ctx)
    for purpose in (PERSONAL, ADS):
        await make_document(anna.account, purpose, version=2)
    view = await screen(ctx, anna)
    shown = [document.id for document in view.documents]
    assert [document.purpose for document in view.documents] == [PERSONAL, ADS]
    assert view.advertising is not None
    assert [document.id for document in view.required] == shown[:1]
    assert view.newest == max(shown)
    with pytest.raises(Refusal) as refused:
        await answer_again(
            at_the_screen(ctx), anna.customer, anna.account.id, shown, {shown[1]}, BOTH
        )
    assert refused.value.code is Code.CONSENT_REQUIRED
    assert refused.value.details == {"purpose": "personal_data"}

    await answer_again(at_the_screen(ctx), anna.customer, anna.account.id, shown, {shown[0]}, ())
    new = await ConsentRecord.filter(document__version=2).order_by("id").select_related("document")
    assert [(each.document.purpose, each.action, each.channels) for each in new] == [
        (PERSONAL, ConsentAction.GRANTED, []),
        (ADS, ConsentAction.DECLINED, []),
    ]
    assert [each.how for each in new] == ["bot:changed_documents"] * 2
    assert await accounts_due(anna.customer.id, ctx.clock()) == []
    told = await OutboxEvent.get()
    assert told.kind == "ConsentAnswered"
    again = await records()
    await answer_again(at_the_screen(ctx), anna.customer, anna.account.id, shown, {shown[0]}, BOTH)
    assert await records() == again, "a second tap finds nothing due"


async def test_channels_that_the_document_does_not_name_are_not_granted(ctx: Context) -> None:
    anna = await agreed(ctx)
    await make_document(anna.account, ADS, version=2)
    shown = [document.id for document in (await screen(ctx, anna)).documents]
    await answer_again(
        at_the_screen(ctx), anna.customer, anna.account.id, shown, set(), ("sms", "pigeon")
    )
    record = await ConsentRecord.get(document__version=2)
    assert (record.action, record.channels) == (ConsentAction.GRANTED, ["sms"])
    assert await advertising_of(anna.customer.id, anna.brand.id) == {"sms"}


async def test_switching_one_channel_on_carries_nothing_over_from_an_older_text(
    ctx: Context,
) -> None:
    """Анна allowed Telegram and e-mail in version 1. Version 2 changed the wording; under it she
    turns SMS on: the record says SMS, for that is all she saw in that text."""
    anna = await agreed(ctx, channels=BOTH)
    await make_document(anna.account, ADS, version=2, change="wording")
    new = await ConsentDocument.get(purpose=ADS, language="ru", version=2)
    await allow_advertising(ctx, anna.customer, anna.brand.id, new.id, "sms")
    record = await ConsentRecord.get(document_id=new.id)
    assert record.channels == ["sms"]
    await allow_advertising(ctx, anna.customer, anna.brand.id, new.id, "email")
    latest = await ConsentRecord.filter(document_id=new.id).order_by("-id").first()
    assert latest is not None
    assert latest.channels == ["email", "sms"], "what was allowed in this text stays on"


async def test_a_channel_outside_the_document_is_not_switched_on(ctx: Context) -> None:
    anna = await agreed(ctx, channels=())
    ads = await ConsentDocument.get(purpose=ADS, language="ru")
    before = await records()
    with pytest.raises(Refusal) as refused:
        await allow_advertising(ctx, anna.customer, anna.brand.id, ads.id, "pigeon")
    assert refused.value.code is Code.DOCUMENT_CHANGED
    assert await records() == before
