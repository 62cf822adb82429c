"""kill -9 while a change takes the place of what people see: all of it or nothing."""

import signal

import pytest

from backend.brands.offers.content import content_of, seen_of
from backend.brands.offers.enter_offer import enter_offer
from backend.brands.offers.review_offer import approve_offer
from backend.platform.context import Context
from catalog.tenant import Scope
from models.offer import Offer, OfferDraft, OfferStatus
from models.outbox import OutboxEvent
from tests.brands.offers.entries import WHICH, offer
from tests.support.machine.processes import start_python

pytestmark = [pytest.mark.slow, pytest.mark.sample("postgres")]


@pytest.mark.parametrize(
    "statement",
    ['DELETE FROM "offer_cities"', 'DELETE FROM "offer_drafts"', 'INSERT INTO "outbox_events"'],
)
async def test_a_change_is_approved_whole(
    statement: str, database: str, published: Scope, ctx: Context
) -> None:
    before = await seen_of(await Offer.get())
    change = offer("in_review", "Два пряника", cities=["moscow"], position=3)
    await enter_offer(ctx, published, *WHICH, change)
    announced = await OutboxEvent.all().count()
    process = await start_python("tests.brands.offers.process_killed", database, statement)
    _, err = await process.communicate()
    assert process.returncode == -signal.SIGKILL, err.decode()
    assert await seen_of(await Offer.get()) == before
    assert (await OfferDraft.get()).status is OfferStatus.IN_REVIEW
    assert await OutboxEvent.all().count() == announced
    await approve_offer(ctx, published, *WHICH)
    assert await seen_of(await Offer.get()) == content_of(change)
