"""Whose a number is, which card somebody has already, and how a card becomes nobody's."""

from dataclasses import replace
from uuid import UUID, uuid4

import aiohttp
import pytest

from backend.partners.member import CardState, Member
from backend.partners.mindbox.processor import MindboxProcessor, abilities_of
from backend.partners.mindbox.settings import Settings
from backend.partners.processor import Ability, KnownNumber, NumberState
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings
from models.refusal import Code, Refusal
from tests.partners.faults import AFTER, Fault
from tests.partners.mindbox.double import MindboxDouble
from tests.partners.mindbox.project import Project
from tests.partners.mindbox.wallet import ANNA, NORTH_PROGRAM, SEA_PROGRAM, number, processor


@pytest.fixture
def mindbox(host: str, session: aiohttp.ClientSession) -> MindboxProcessor:
    return processor(host, session)


async def test_a_number_and_whose_it_is(
    mindbox: MindboxProcessor, project: Project, ctx: Context
) -> None:
    project.add_cards("north-virtual", "1", "2", "3", "4", "5")
    project.add_cards("sea-virtual", "6", status="Activated")
    project.cards["2"].status = "Activated"
    holder = project.add_person(fields={"mobilePhone": "79001234567", "email": "Anna@example.ru"})
    project.give(holder, "3", "Activated")
    project.give(project.add_person(), "4", "Activated")
    states = {}
    for text in ("1", "2", "3", "4", "6", "9"):
        states[text] = await mindbox.find_card(ctx, NORTH_PROGRAM, {text, f"00{text}"})
    phone = ctx.vault.blind_index("phone", "+79001234567")
    email = ctx.vault.blind_index("email", "anna@example.ru")
    assert states == {
        "1": KnownNumber(NumberState.NOT_ISSUED, {}, listed=True),
        "2": KnownNumber(NumberState.FREE, {}, listed=True),
        "3": KnownNumber(NumberState.BOUND, {"phone": phone, "email": email}, listed=True),
        "4": KnownNumber(NumberState.BOUND, {}, listed=True),
        "6": KnownNumber(NumberState.UNKNOWN, {}, listed=True),
        "9": KnownNumber(NumberState.UNKNOWN, {}, listed=True),
    }
    assert await mindbox.knows_plastic(NORTH_PROGRAM)
    assert await mindbox.find_card(ctx, SEA_PROGRAM, {"6"}) == states["2"]


async def test_a_blocked_number_is_not_brought_in(
    mindbox: MindboxProcessor, project: Project, ctx: Context
) -> None:
    project.add_cards("north-virtual", "1", status="Blocked")
    with pytest.raises(Refusal) as caught:
        await mindbox.find_card(ctx, NORTH_PROGRAM, {"1"})
    assert caught.value.code is Code.CARD_BLOCKED


@pytest.mark.parametrize(
    "member",
    [
        replace(ANNA, theirs="1001", phone="", email="", id="none"),
        replace(ANNA, phone="", email=""),
        replace(ANNA, id="none", email=""),
        replace(ANNA, id="none", phone_verified=False),
    ],
)
async def test_the_card_that_somebody_has_already(
    mindbox: MindboxProcessor, project: Project, member: Member
) -> None:
    project.add_cards("north-virtual", "1", "2", "3")
    anna = project.add_person(
        ids={"KarmanID": "7"},
        fields={"mobilePhone": "79001234567", "email": "anna@example.ru"},
    )
    assert await mindbox.find_by_contact(NORTH_PROGRAM, member) is None
    project.give(anna, "1", "Blocked")
    with pytest.raises(Refusal) as caught:
        await mindbox.find_by_contact(NORTH_PROGRAM, member)
    assert caught.value.code is Code.CARD_BLOCKED
    project.give(anna, "2", "Inactive")
    card = await mindbox.find_by_contact(NORTH_PROGRAM, member)
    assert card is not None
    assert (card.number.printed, card.state) == ("2", CardState.INACTIVE)
    project.give(anna, "3", "Activated")
    card = await mindbox.find_by_contact(NORTH_PROGRAM, member)
    assert card is not None
    assert (card.number.printed, card.state, card.theirs) == ("3", CardState.ACTIVE, "1001")
    assert await mindbox.find_by_contact(SEA_PROGRAM, member) is None


async def test_cards_of_two_programs_that_nothing_tells_apart(
    host: str, session: aiohttp.ClientSession, project: Project
) -> None:
    project.add_cards("sea-virtual", "6")
    project.give(project.add_person(ids={"KarmanID": "7"}), "6", "Activated")
    mindbox = processor(host, session, operations={"card": ""})
    with pytest.raises(NeedsSettings, match=r"operations\.card: missing"):
        await mindbox.find_by_contact(NORTH_PROGRAM, ANNA)


async def test_a_contact_that_was_only_typed_finds_nobody(
    mindbox: MindboxProcessor, project: Project
) -> None:
    project.add_cards("north-virtual", "1")
    project.give(project.add_person(fields={"mobilePhone": "79001234567"}), "1", "Activated")
    typed = replace(ANNA, phone_verified=False, email_verified=False)
    assert await mindbox.find_by_contact(NORTH_PROGRAM, typed) is None


async def test_a_status_of_the_projects_own(
    host: str, session: aiohttp.ClientSession, project: Project
) -> None:
    project.add_cards("north-virtual", "1")
    project.give(project.add_person(ids={"KarmanID": "7"}), "1", "Lost")
    card = await processor(host, session).find_by_contact(NORTH_PROGRAM, ANNA)
    assert card is not None
    assert card.state is CardState.INACTIVE
    lost = processor(host, session, card_states={"Lost": "blocked"})
    with pytest.raises(Refusal):
        await lost.find_by_contact(NORTH_PROGRAM, ANNA)


async def test_a_number_that_the_brand_replaced_is_replaced_there(
    mindbox: MindboxProcessor, project: Project, double: MindboxDouble
) -> None:
    project.add_cards("north-virtual", "1", "2", "3")
    first = await mindbox.issue(NORTH_PROGRAM, ANNA, number("1"), uuid4())
    known, key = replace(ANNA, theirs=first.theirs), UUID(int=4)
    double.faults.at(7, AFTER, Fault.ERROR_500)
    for _ in range(3):
        card = await mindbox.issue(NORTH_PROGRAM, known, number("2"), key)
        assert card.number == number("2")
    assert double.faults.happened == {(AFTER, Fault.ERROR_500): 1}
    assert project.cards["1"].status == "Blocked"
    assert project.cards["2"].history == ["bound to 1001", "activated"]
    found = await mindbox.find_by_contact(NORTH_PROGRAM, known)
    assert found is not None
    assert found.number.printed == "2"


async def test_a_number_is_not_replaced_by_one_that_cannot_be_theirs(
    host: str, session: aiohttp.ClientSession, mindbox: MindboxProcessor, project: Project
) -> None:
    project.add_cards("north-virtual", "1", "2", "3")
    await mindbox.issue(NORTH_PROGRAM, ANNA, number("1"), uuid4())
    project.give(project.add_person(), "2")
    known = replace(ANNA, theirs="1001")
    with pytest.raises(Refusal) as caught:
        await mindbox.issue(NORTH_PROGRAM, known, number("2"), uuid4())
    assert caught.value.code is Code.NUMBER_BOUND
    assert project.cards["1"].status == "Activated"
    without = processor(host, session, operations={"replace": ""})
    card = await without.issue(NORTH_PROGRAM, known, number("3"), uuid4())
    assert card.number.printed == "1", "the number there stands, and comes back onto the card"


async def test_a_card_becomes_nobodys_once(mindbox: MindboxProcessor, project: Project) -> None:
    project.add_cards("north-virtual", "1", "2")
    await mindbox.issue(NORTH_PROGRAM, ANNA, number("1"), uuid4())
    leaving, key = Member(id="7", theirs="1001"), UUID(int=9)
    for _ in range(3):
        await mindbox.release(NORTH_PROGRAM, leaving, number("1"), key)
    assert project.cards["1"].history == ["bound to 1001", "activated", "unbound from 1001"]


async def test_a_card_that_is_somebody_elses_by_now_stays_theirs(
    mindbox: MindboxProcessor, project: Project
) -> None:
    project.add_cards("north-virtual", "1")
    project.add_person(ids={"KarmanID": "7"})
    project.give(project.add_person(ids={"KarmanID": "8"}), "1", "Activated")
    await mindbox.release(NORTH_PROGRAM, Member(id="7"), number("1"), uuid4())
    await mindbox.release(NORTH_PROGRAM, Member(id="nobody"), number("1"), uuid4())
    assert project.cards["1"].owner == 1002


def test_abilities_are_those_of_the_operations_that_have_names() -> None:
    usual = Settings.model_validate({"endpoint": "Wallet"}).operations
    never = {Ability.PROMO_CODE, Ability.RECEIPT}
    assert abilities_of(usual) == set(Ability) - {Ability.NUMBERS, Ability.RELEASE} - never
    names = {"unbind": "X.Unbind", "bind_from_pool": "X.Give", "balance": "", "promotions": "",
             "balance_history": "", "orders": "", "subscribe": ""}  # fmt: skip
    own = usual.model_copy(update=names)
    assert abilities_of(own) == {
        Ability.FIND_BY_CONTACT, Ability.NUMBERS, Ability.BIND, Ability.PROFILE, Ability.RELEASE,
    }  # fmt: skip
