"""Answers are lost in every position, and still nobody ends with two cards."""

from dataclasses import replace
from random import Random
from uuid import UUID

import pytest

from backend.partners.loyalty_online import processor as product
from backend.partners.loyalty_online.processor import LoyaltyOnlineProcessor, open_processor
from backend.partners.member import CardNumber, Member, Subscription, TheirCard
from backend.partners.way import Way
from backend.platform.failures import TryLater
from backend.platform.watch.metrics import NUMBERS_LOST
from models.program import Program
from tests.partners.faults import AFTER, BEFORE, EVERY, Fault, When, mixed
from tests.partners.loyalty_online.conftest import ANNA, ON, SECRETS, settings
from tests.partners.loyalty_online.double import Host

KEY = UUID(int=7)
PEOPLE = 40
TROUBLES = [each for each in EVERY if each[1] is not Fault.DUPLICATE]


def lost() -> float:
    return float(NUMBERS_LOST.labels("loyalty_online")._value.get())


async def until_done(
    processor: LoyaltyOnlineProcessor, program: Program, member: Member, key: UUID
) -> TheirCard:
    """As the queue does: again, until it is done."""
    for _ in range(60):
        try:
            return await all_of_it(processor, program, member, key)
        except TryLater:
            continue
    raise AssertionError("never done")


async def all_of_it(
    processor: LoyaltyOnlineProcessor, program: Program, member: Member, key: UUID
) -> TheirCard:
    """A card, and which channels are allowed."""
    card = await processor.issue(program, member, None, key)
    known = replace(member, theirs=card.theirs)
    await processor.tell_consents(program, known, [Subscription("lavka", "sms", True)], key)
    return card


@pytest.mark.parametrize(("when", "fault"), TROUBLES)
@pytest.mark.parametrize("position", [1, 2, 3, 4])
async def test_each_trouble_in_each_place(
    host: Host, way: Way, program: Program, when: When, fault: Fault, position: int
) -> None:
    """Search, number, profile, channels: the request that fails is the first, second, …"""
    quick = settings(host.url, **ON, timeout=0.3)
    processor = open_processor(quick, SECRETS, way)
    host.faults.at(position, when, fault)
    with pytest.raises(TryLater) as later:
        await all_of_it(processor, program, ANNA, KEY)
    assert "79161234567" not in later.value.reason
    card = await until_done(processor, program, ANNA, KEY)
    assert host.people == {"79161234567": [card.number.printed]}
    assert host.cards[card.number.printed].allow == ["sms"]
    assert len(host.cards) == 1


@pytest.mark.parametrize("fault", [each for when, each in TROUBLES if when is AFTER])
async def test_a_number_that_was_lost_is_counted(
    host: Host, way: Way, program: Program, fault: Fault
) -> None:
    """The host keeps no contacts with anonymous cards: it made one whose number nobody knows."""
    host.knows_contacts = False
    processor = open_processor(settings(host.url, **ON, timeout=0.3), SECRETS, way)
    before = lost()
    host.faults.at(2, AFTER, fault)
    with pytest.raises(TryLater) as later:
        await processor.issue(program, ANNA, None, KEY)
    if fault is not Fault.TOO_MANY:
        assert later.value.after == product.AFTER_LOSS
        assert lost() - before == 1
    card = await processor.issue(program, ANNA, None, KEY)
    assert host.people == {"79161234567": [card.number.printed]}
    assert host.nobodys == 1


async def test_a_number_whose_profile_was_not_told_is_used_again(
    host: Host, way: Way, program: Program
) -> None:
    host.knows_contacts = False
    processor = open_processor(settings(host.url, **ON), SECRETS, way)
    host.faults.at(3, BEFORE, Fault.ERROR_500)
    with pytest.raises(TryLater):
        await processor.issue(program, ANNA, None, KEY)
    card = await processor.issue(program, ANNA, None, KEY)
    assert list(host.cards) == [card.number.printed]


@pytest.mark.parametrize("knows_contacts", [True, False])
async def test_many_people_and_every_trouble_by_chance(
    host: Host, way: Way, program: Program, knows_contacts: bool
) -> None:
    """In the end the host has each person once, and what is nobody's there was counted."""
    host.knows_contacts = knows_contacts
    processor = open_processor(settings(host.url, **ON, timeout=0.15), SECRETS, way)
    before = lost()
    host.faults.choose = mixed(Random(20261121), 0.3, tuple(TROUBLES))
    cards = {}
    for each in range(PEOPLE):
        phone = f"+7916{each:07d}"
        member = replace(ANNA, phone=phone, email=f"p{each}@example.ru", id=f"w-{each}")
        card = await until_done(processor, program, member, UUID(int=each))
        cards[phone.removeprefix("+")] = [card.number.printed]
    host.faults.none()
    assert host.people == cards
    assert len({number for numbers in cards.values() for number in numbers}) == PEOPLE
    assert host.faults.happened.total() > 20
    turned_away = host.faults.happened[(AFTER, Fault.TOO_MANY)]
    assert host.nobodys <= lost() - before + turned_away
    if knows_contacts:
        assert not host.nobodys


@pytest.mark.parametrize(("when", "fault"), TROUBLES)
async def test_a_number_of_ours_is_bound_once(
    host: Host, way: Way, program: Program, when: When, fault: Fault
) -> None:
    processor = open_processor(settings(host.url, **ON, timeout=0.3), SECRETS, way)
    number = CardNumber("4600000000015", "4600000000015")
    host.reserved.add(number.printed)
    host.faults.at(2, when, fault)
    with pytest.raises(TryLater):
        await processor.issue(program, ANNA, number, KEY)
    card = await processor.issue(program, ANNA, number, KEY)
    assert card.number.printed == number.printed
    assert host.people == {"79161234567": [number.printed]}


async def test_an_answer_that_comes_twice_is_one_answer(
    host: Host, processor: LoyaltyOnlineProcessor, program: Program
) -> None:
    for position in range(1, 9):
        host.faults.at(position, AFTER, Fault.DUPLICATE)
    card = await until_done(processor, program, ANNA, KEY)
    boris = replace(ANNA, phone="+79160000000", email="boris@example.ru")
    other = await until_done(processor, program, boris, UUID(int=8))
    assert host.people == {
        "79161234567": [card.number.printed],
        "79160000000": [other.number.printed],
    }
