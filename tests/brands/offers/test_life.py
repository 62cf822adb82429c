"""«Лавка» enters an offer, changes what people see, takes it back; the operator answers."""

import asyncio
from typing import Any

import pytest

from backend.brands.offers.content import seen_of
from backend.brands.offers.enter_offer import enter_offer
from backend.brands.offers.list_waiting import list_waiting
from backend.brands.offers.review_offer import approve_offer, refuse_offer
from backend.brands.offers.steer_offer import discard_change, steer_offer, submit_offer
from backend.brands.put import Saved
from backend.brands.save_offer import save_offer
from backend.changes.feed_events import feed_events
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from catalog.bilingual import Bilingual
from catalog.tenant import Scope
from models.account_change import AccountChange
from models.audit_entry import AuditEntry
from models.offer import Offer, OfferDraft, OfferStatus
from models.refusal import Code, Refusal
from tests.brands.offers.entries import WHICH, offer

pytestmark = pytest.mark.usefixtures("database")


async def refused(code: Code, doing: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        await doing
    assert refusal.value.code is code


async def told() -> list[tuple[str, bool]]:
    """Kinds of the feed, and whether it was about a change of what people see."""
    await feed_events()
    found = await AccountChange.all().order_by("seq")
    assert all(each.data["offer"] == "welcome" for each in found)
    return [(each.kind.removeprefix("offer."), "change" in each.data) for each in found]


async def sees() -> tuple[str, str]:
    row = await Offer.get(key="lavka-welcome")
    return row.status.value, row.benefit_ru


async def test_from_a_draft_to_the_archive(ctx: Context, lavka: Scope) -> None:
    ctx = ctx.acting(OPERATOR, CLI)
    for early in ("published", "paused", "archived"):
        await refused(Code.APPROVAL_REQUIRED, enter_offer(ctx, lavka, *WHICH, offer(early)))
    assert await enter_offer(ctx, lavka, *WHICH, offer("draft")) is Saved.MADE
    await refused(Code.OFFER_UNPUBLISHED, steer_offer(ctx, lavka, *WHICH, OfferStatus.PAUSED))
    await refused(Code.OFFER_UNPUBLISHED, steer_offer(ctx, lavka, *WHICH, OfferStatus.PUBLISHED))
    await refused(Code.NOTHING_WAITS, approve_offer(ctx, lavka, *WHICH))
    assert await submit_offer(ctx, lavka, *WHICH) is Saved.CHANGED
    assert await submit_offer(ctx, lavka, *WHICH) is Saved.SAME
    (waits,) = await list_waiting(lavka)
    assert (waits.brand, waits.offer, waits.seen) == ("lavka", "welcome", None)
    await refused(Code.OFFER_CHANGED, approve_offer(ctx, lavka, *WHICH, seen="00000000"))
    await approve_offer(ctx, lavka, *WHICH, seen=waits.digest)
    assert await sees() == ("published", "Пряник")
    for to in (OfferStatus.PAUSED, OfferStatus.PUBLISHED, OfferStatus.ARCHIVED):
        assert await steer_offer(ctx, lavka, *WHICH, to) is Saved.CHANGED
        assert await steer_offer(ctx, lavka, *WHICH, to) is Saved.SAME
    await refused(Code.OFFER_UNPUBLISHED, steer_offer(ctx, lavka, *WHICH, OfferStatus.PUBLISHED))
    await refused(Code.APPROVAL_REQUIRED, enter_offer(ctx, lavka, *WHICH, offer("published")))
    assert [kind for kind, _ in await told()] == [
        "submitted", "approved", "published", "paused", "resumed", "archived",
    ]  # fmt: skip
    verbs = [each.verb for each in await AuditEntry.filter(subject_kind="offer").order_by("id")]
    assert verbs == [
        "save_offer", "submit_offer", "approve_offer", "pause_offer", "resume_offer",
        "archive_offer",
    ]  # fmt: skip


async def test_people_see_what_was_approved_until_the_change_is(
    ctx: Context, published: Scope
) -> None:
    entry = offer("in_review", "Два пряника", cities="everywhere", ends="2027-03-31")
    assert await enter_offer(ctx, published, *WHICH, entry) is Saved.CHANGED
    assert await enter_offer(ctx, published, *WHICH, entry) is Saved.SAME
    assert await sees() == ("published", "Пряник")
    (waits,) = await list_waiting(published)
    assert waits.seen is not None
    assert waits.seen["benefit"]["ru"] == "Пряник"
    await approve_offer(ctx, published, *WHICH, seen=waits.digest)
    row = await Offer.get()
    assert (await sees(), row.everywhere) == (("published", "Два пряника"), True)
    assert await seen_of(row) == waits.content
    assert not await OfferDraft.exists()
    assert await told() == [("published", False), ("submitted", True), ("approved", True)]


async def test_a_change_waits_while_the_offer_is_paused(ctx: Context, published: Scope) -> None:
    await enter_offer(ctx, published, *WHICH, offer("draft", "Два"))
    await steer_offer(ctx, published, *WHICH, OfferStatus.PAUSED)
    await refused(Code.NOTHING_WAITS, approve_offer(ctx, published, *WHICH))
    await submit_offer(ctx, published, *WHICH)
    await approve_offer(ctx, published, *WHICH)
    assert await sees() == ("paused", "Два")
    await steer_offer(ctx, published, *WHICH, OfferStatus.PUBLISHED)
    assert await sees() == ("published", "Два")


async def test_a_change_is_taken_back(ctx: Context, published: Scope) -> None:
    await enter_offer(ctx, published, *WHICH, offer("in_review", "Два"))
    assert await discard_change(ctx, published, *WHICH)
    assert not await discard_change(ctx, published, *WHICH)
    await enter_offer(ctx, published, *WHICH, offer("in_review", "Два"))
    await enter_offer(ctx, published, *WHICH, offer("draft"))
    assert not await OfferDraft.exists(), "it says what people see"
    await enter_offer(ctx, published, *WHICH, offer("in_review", "Три"))
    await enter_offer(ctx, published, *WHICH, offer("draft", "Три"))
    await refused(Code.NOTHING_WAITS, approve_offer(ctx, published, *WHICH))
    await steer_offer(ctx, published, *WHICH, OfferStatus.ARCHIVED)
    assert not await OfferDraft.exists()
    kinds = [kind for kind, change in await told() if change]
    assert kinds == ["submitted", "recalled"] * 3
    assert await sees() == ("archived", "Пряник")


async def test_the_account_reads_why(ctx: Context, published: Scope) -> None:
    why = Bilingual("Чужой логотип", "Not your logo")
    await enter_offer(ctx, published, *WHICH, offer("in_review", "Два"))
    await refuse_offer(ctx, published, *WHICH, why)
    draft = await OfferDraft.get()
    assert (draft.status, draft.reason_ru, draft.reason_en) == ("draft", why.ru, why.en)
    assert (draft.refused_at, draft.submitted_at) == (ctx.clock(), None)
    await enter_offer(ctx, published, *WHICH, offer("in_review", "Три"))
    draft = await OfferDraft.get()
    assert (draft.refused_at, draft.reason_ru) == (None, "")
    await enter_offer(ctx, published, "lavka", "second", offer("in_review"))
    await refuse_offer(ctx, published, "lavka", "second", why)
    row = await Offer.get(key="lavka-second")
    assert (row.status, row.reason_en, row.refused_at) == ("draft", why.en, ctx.clock())
    await submit_offer(ctx, published, "lavka", "second")
    row = await Offer.get(key="lavka-second")
    assert (row.reason_en, row.refused_at, row.submitted_at) == ("", None, ctx.clock())


async def test_what_people_see_the_account_only_steers(ctx: Context, published: Scope) -> None:
    """By an entry, too: the rest has to stand as it is."""
    await refused(
        Code.APPROVAL_REQUIRED, enter_offer(ctx, published, *WHICH, offer("published", "Два"))
    )
    assert await enter_offer(ctx, published, *WHICH, offer("published")) is Saved.SAME
    assert await enter_offer(ctx, published, *WHICH, offer("paused")) is Saved.CHANGED
    assert await enter_offer(ctx, published, *WHICH, offer("published")) is Saved.CHANGED
    assert [kind for kind, _ in await told()] == ["published", "paused", "resumed"]


async def test_the_operator_writes_over_it_and_the_change_waits_on(
    ctx: Context, published: Scope
) -> None:
    await enter_offer(ctx, published, *WHICH, offer("in_review", "Два"))
    await save_offer(ctx, published, *WHICH, offer("published", "Опечатка исправлена"))
    assert await sees() == ("published", "Опечатка исправлена")
    await approve_offer(ctx, published, *WHICH)
    assert await sees() == ("published", "Два")
    await enter_offer(ctx, published, *WHICH, offer("in_review", "Три"))
    await save_offer(ctx, published, *WHICH, offer("archived"))
    assert not await OfferDraft.exists(), "beside what nobody sees nothing waits"


async def test_two_operators_answer_once(ctx: Context, published: Scope) -> None:
    await enter_offer(ctx, published, *WHICH, offer("in_review", "Два"))
    tries = [approve_offer(ctx, published, *WHICH) for _ in range(4)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(each is None for each in done) == 1
    assert all(each is None or isinstance(each, Refusal) for each in done)
    assert [kind for kind, change in await told() if change] == ["submitted", "approved"]
