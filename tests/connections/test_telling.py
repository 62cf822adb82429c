"""What «Ромашка»'s own system is told of Анна: what stands, in order, and nothing twice."""

import asyncio
from decimal import Decimal

import pytest

from backend.connections.connect import start_afresh
from backend.connections.lanes import Lanes
from backend.connections.mark import mark_people
from backend.customers.choices.stop_advertising import stop_advertising
from backend.customers.choices.withdraw_personal_data import withdraw_personal_data
from backend.customers.my_data.delete_data import delete_data
from backend.partners.member import Balance
from backend.platform.context import Context
from backend.platform.failures import GiveUp, TryLater
from backend.reactions import reactions
from models.account import Account
from models.card import Card
from models.connection import Connection, PartnerMember, TellingState
from models.customer import Customer
from models.offer import Offer
from models.refusal import Code
from tests.support.clock import StoppedClock
from tests.support.edge.strict_cdp import OpenedCdp, StrictCdp, well_again
from tests.support.factory.brands import NAME, PHONE, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone
from tests.support.outbox import run_due


@pytest.fixture
async def offer(romashka: Account, connection: Connection) -> Offer:
    """Numbers of a pool, which the system is told of."""
    fields = (NAME, PHONE)
    program = await make_program(
        romashka, "club", fields=fields, numbers=20, connection_id=connection.id
    )
    return await make_offer(program, "club")


async def told(worker: Context, opened: OpenedCdp) -> None:
    await run_due(worker, reactions({}, worker.clock))
    lanes = Lanes(worker, opened)
    for _ in range(3):
        await lanes.step()
        await lanes.rest()


async def member(ctx: Context, offer: Offer, number: int) -> tuple[Customer, Card]:
    person = await someone(ctx, number)
    answers = {"given_name": "Анна", "phone": f"+7916123{number:04d}"}
    (outcome,) = await issued(ctx, person, [offer], answers=answers, channels=("telegram",))
    assert outcome.card is not None
    return person, outcome.card


async def test_everything_once(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp, offer: Offer
) -> None:
    anna, card = await member(asking, offer, 1)
    await told(worker, opened)
    before = list(cdp.asked)
    assert cdp.bound == {card.barcode_value: str(anna.id)}
    await told(worker, opened)
    await mark_people(worker.clock(), [anna.id])
    await told(worker, opened)
    # Asked for the balance alone: it is a moment old.
    assert cdp.asked == before
    row = await PartnerMember.get()
    assert (row.state, row.done, row.wanted) == (TellingState.DONE, row.wanted, row.wanted)


async def test_a_no_to_advertising_goes_there(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp, offer: Offer
) -> None:
    anna, _ = await member(asking, offer, 1)
    await told(worker, opened)
    assert cdp.consents[str(anna.id)][("club", "telegram")] is True
    await stop_advertising(asking, anna.id, brand_id=offer.brand_id, channel="telegram")
    await told(worker, opened)
    assert cdp.consents[str(anna.id)][("club", "telegram")] is False


async def test_whoever_withdraws_their_data_is_told_of_no_more(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp, offer: Offer
) -> None:
    anna, _ = await member(asking, offer, 1)
    await told(worker, opened)
    profile = cdp.members[str(anna.id)]
    account_id = (await Connection.get()).account_id
    await withdraw_personal_data(asking, anna, account_id)
    await told(worker, opened)
    assert not any(cdp.consents[str(anna.id)].values())
    assert cdp.members[str(anna.id)] == profile, "nothing of them was told again"


async def test_whoever_leaves_is_released(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp, offer: Offer
) -> None:
    anna, card = await member(asking, offer, 1)
    await told(worker, opened)
    await delete_data(asking, anna.id)
    cdp.before = [TryLater("away")]
    await told(worker, opened)
    assert await PartnerMember.exists(), "not before it was told"
    await start_afresh(asking, await Connection.get())
    await told(worker, opened)
    assert cdp.released == [card.barcode_value]
    assert not await PartnerMember.exists()


async def test_whoever_was_never_told_of_leaves_quietly(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp, offer: Offer
) -> None:
    anna, _ = await member(asking, offer, 1)
    await delete_data(asking, anna.id)
    await told(worker, opened)
    assert (cdp.released, cdp.members) == ([], {})
    assert not await PartnerMember.exists()


async def test_a_balance_comes_onto_the_card(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp, offer: Offer,
    clock: StoppedClock,
) -> None:  # fmt: skip
    anna, card = await member(asking, offer, 1)
    cdp.balances[card.barcode_value] = Balance(Decimal("12.345"), tier="gold")
    await told(worker, opened)
    await card.refresh_from_db()
    assert (card.balance, card.tier) == (Decimal("12.34"), "gold")
    cdp.balances[card.barcode_value] = Balance(Decimal("NaN"))
    clock.advance(minutes=5)
    await mark_people(worker.clock(), [anna.id])
    await told(worker, opened)
    await card.refresh_from_db()
    assert card.balance == Decimal("12.34"), "nonsense is not shown"


async def test_an_outage_holds_back_everybody_and_loses_nobody(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp, offer: Offer,
    clock: StoppedClock,
) -> None:  # fmt: skip
    people = [await member(asking, offer, number) for number in range(1, 13)]
    cdp.before = [TryLater("away")] * 60
    for _ in range(20):
        await told(worker, opened)
        clock.advance(seconds=20)
    connection = await Connection.get()
    assert connection.failing_since is not None
    # Fewer than one try for each person and round: it is asked by one.
    assert len(cdp.asked) < 60
    cdp.before = []
    clock.advance(hours=1)
    for _ in range(3):
        await told(worker, opened)
    assert cdp.bound == {card.barcode_value: str(person.id) for person, card in people}
    connection = await Connection.get()
    assert (connection.failures, connection.failing_since) == (0, None)
    assert await PartnerMember.filter(state=TellingState.DONE).count() == 12


async def test_one_who_is_refused_holds_up_nobody(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp, offer: Offer
) -> None:
    for number in range(1, 4):
        await member(asking, offer, number)
    cdp.before = [GiveUp("a phone that they do not take")]
    await told(worker, opened)
    assert await PartnerMember.filter(state=TellingState.FAILED).count() == 1
    assert await PartnerMember.filter(state=TellingState.DONE).count() == 2
    assert len(cdp.bound) == 2


@pytest.mark.parametrize("what", ["issue", "update_profile", "tell_consents", "balance"])
async def test_an_answer_that_was_lost_repeats_one_question(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp, offer: Offer, what: str,
    clock: StoppedClock,
) -> None:  # fmt: skip
    """What was done before is not asked again; what is asked again has the same key."""
    anna, card = await member(asking, offer, 1)
    lost = {"issue": 0, "update_profile": 1, "tell_consents": 2, "balance": 3}[what]
    cdp.after = _nth(lost)
    await told(worker, opened)
    clock.advance(minutes=10)
    await told(worker, opened)
    assert cdp.bound == {card.barcode_value: str(anna.id)}
    assert (await PartnerMember.get()).state is TellingState.DONE
    assert cdp.asked.count("issue") == (2 if what == "issue" else 1)


class _nth(list[Exception]):  # noqa: N801  stands in place of a list
    """Raises at the nth answer alone."""

    def __init__(self, nth: int) -> None:
        super().__init__([TryLater("half an answer")])
        self._left = nth

    def __bool__(self) -> bool:
        self._left -= 1
        return self._left == -1


async def test_a_change_while_it_is_told_is_told_too(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp, offer: Offer
) -> None:
    anna, _ = await member(asking, offer, 1)
    await run_due(worker, reactions({}, worker.clock))
    cdp.silent = True
    lanes = Lanes(worker, opened)
    await lanes.step()
    await cdp.reached.wait()
    await mark_people(worker.clock(), [anna.id])
    await lanes.stop()
    well_again(cdp, opened)
    await told(worker, opened)
    row = await PartnerMember.get()
    assert (row.state, row.done) == (TellingState.DONE, row.wanted)


async def test_two_taps_of_a_basket_wait_for_all_systems_together(
    asking: Context, cdp: StrictCdp, romashka: Account, connection: Connection
) -> None:
    cdp.silent, cdp.patience = True, 2.0
    offers = []
    for key in ("one", "two", "three"):
        program = await make_program(
            romashka, key, fields=(PHONE,), connection_id=connection.id, processor="partner"
        )
        offers.append(await make_offer(program, key))
    anna = await someone(asking, 1)
    loop = asyncio.get_running_loop()
    began = loop.time()
    outcomes = await issued(asking, anna, offers, answers={"phone": "+79161234567"})
    assert {each.refusal.code for each in outcomes if each.refusal} == {Code.CARD_AWAITED}
    # One after the other with all their patience it were six seconds, whatever the machine does.
    assert loop.time() - began < 6 * cdp.patience / 2
