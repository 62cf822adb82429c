"""Анна gets a card whose number the retailer's host gives: from the last tap to what it knows."""

from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from backend.cards.issue.application import current_application
from backend.cards.issue.issue_cards import issue_cards
from backend.connections.lanes import Lanes
from backend.partners.opened import Connections, sealed
from backend.partners.registry import ConnectedProcessors
from backend.platform.context import CLOCK, Context
from backend.platform.door import WORKER
from backend.reactions import reactions
from models.card import Card
from models.connection import CardRequest, Connection, PartnerMember, RequestState, TellingState
from models.customer import Customer
from models.offer import Offer
from models.program import ProcessorKind
from tests.partners.faults import AFTER, Fault
from tests.partners.loyalty_online.conftest import CODES, ON
from tests.partners.loyalty_online.double import LOGIN, PASSWORD, Host
from tests.support.clock import StoppedClock
from tests.support.factory.brands import NAME, PHONE, make_account, make_offer, make_program
from tests.support.factory.cards import applied
from tests.support.factory.customers import someone
from tests.support.outbox import run_due

ANSWERS = {"given_name": "Анна", "phone": "+79161234567"}


@pytest.fixture
async def asking(database: str, ctx: Context, host: Host) -> AsyncIterator[Context]:
    """A process that has opened the connection; the host is in the house."""
    connections = Connections(ctx.vault, ctx.clock, frozenset({urlsplit(host.url).netloc}))
    yield replace(ctx, processors=ConnectedProcessors(connections, ctx.clock))
    await connections.close()


@pytest.fixture
async def offer(asking: Context, host: Host) -> Offer:
    account = await make_account()
    connection = await Connection.create(
        account=account,
        key="host",
        vendor="loyalty_online",
        settings={"url": host.url, "codes": CODES, "channels": {"telegram": "call"}, **ON},
        sealed=sealed(asking.vault, {"login": LOGIN, "password": PASSWORD}),
        created_at=asking.clock(),
    )
    program = await make_program(
        account,
        "club",
        fields=(NAME, PHONE),
        connection_id=connection.id,
        processor=ProcessorKind.PARTNER,
    )
    return await make_offer(program, "club")


async def one_round(asking: Context) -> None:
    """What is due is announced, marked and told."""
    worker = asking.acting(CLOCK, WORKER)
    await run_due(worker, reactions({}, worker.clock))
    assert isinstance(worker.processors, ConnectedProcessors)
    lanes = Lanes(worker, worker.processors.connections)
    await lanes.step()
    await lanes.rest()


async def tap(asking: Context, offer: Offer) -> tuple[Customer, bool]:
    """Whether the card is there at once."""
    anna = await someone(asking, 1)
    await applied(asking, anna, [offer], answers=ANSWERS, channels=("telegram",))
    current = await current_application(asking, anna)
    (outcome,) = await issue_cards(asking, anna, current, shown=True)
    return anna, outcome.card is not None


async def test_from_the_last_tap_to_what_the_host_knows(
    asking: Context, offer: Offer, host: Host
) -> None:
    _, there = await tap(asking, offer)
    assert there
    card = await Card.get()
    await one_round(asking)
    (held,) = host.cards.values()
    assert (card.printed_number, card.barcode_value) == (held.number, held.number)
    assert held.profile == {"msisdn": "79161234567", "firstName": "Анна"}
    assert (held.allow, held.deny) == (["call"], [])
    assert (await PartnerMember.get()).state is TellingState.DONE


async def test_an_answer_that_is_lost_costs_nobody_a_card(
    asking: Context, offer: Offer, host: Host, clock: StoppedClock
) -> None:
    """The host has made the card when the answer breaks off: the next try finds it by phone."""
    host.faults.at(2, AFTER, Fault.HALF_CLOSED)
    _, there = await tap(asking, offer)
    assert not there
    assert (await CardRequest.get()).state is RequestState.WAITING
    clock.advance(minutes=5)
    await one_round(asking)
    await one_round(asking)
    card = await Card.get()
    assert host.people == {"79161234567": [card.barcode_value]}
    assert (await CardRequest.get()).state is RequestState.MADE
