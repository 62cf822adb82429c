"""A card is issued: the person registered, contacts verified once, a number bound."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import aiohttp
import pytest

from backend.partners.member import CardState, Member, TheirCard
from backend.partners.mindbox.processor import MindboxProcessor
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from backend.platform.world.http import open_http
from models.refusal import Code, Refusal
from tests.partners.faults import AFTER, BEFORE, EVERY, Fault, When
from tests.partners.mindbox.double import MindboxDouble
from tests.partners.mindbox.project import Project
from tests.partners.mindbox.wallet import (
    ANNA,
    NORTH_PROGRAM,
    SEA_PROGRAM,
    forgive,
    number,
    processor,
)

KEY, OTHER = UUID(int=1), UUID(int=2)


@pytest.fixture
def mindbox(host: str, session: aiohttp.ClientSession) -> MindboxProcessor:
    return processor(host, session)


@pytest.fixture(autouse=True)
def pools(project: Project) -> None:
    project.add_cards("north-virtual", "2001", "2002", "2003")
    project.add_cards("sea-virtual", "3001", "3002")


async def test_somebody_new(mindbox: MindboxProcessor, project: Project) -> None:
    card = await mindbox.issue(NORTH_PROGRAM, ANNA, number("2001"), KEY)
    assert (card.number, card.state, card.theirs) == (number("2001"), CardState.ACTIVE, "1001")
    [person] = project.people.values()
    assert person.ids == {"KarmanID": "7"}
    assert person.fields == {
        "lastName": "Иванова", "firstName": "Анна", "middleName": "Петровна",
        "birthDate": "1990-01-31", "sex": "female", "mobilePhone": "79001234567",
        "email": "anna@example.ru", "area": "MoscowCity",
    }  # fmt: skip
    assert person.custom == {"City": "Москва", "ShoeSize": "38"}
    assert person.history == ["registered", "mobilePhone confirmed", "email confirmed"]
    assert project.cards["2001"].history == ["bound to 1001", "activated"]
    assert project.totals() == {
        "customers": 1, "phones confirmed": 1, "e-mails confirmed": 1,
        "cards": {("north-virtual", "Activated"): 1, ("north-virtual", "NotIssued"): 2,
                  ("sea-virtual", "NotIssued"): 2},
        "bound": {"north-virtual": 1}, "subscriptions": {},
    }  # fmt: skip


async def test_the_same_key_gives_the_same_card(
    mindbox: MindboxProcessor, project: Project
) -> None:
    for _ in range(3):
        card = await mindbox.issue(NORTH_PROGRAM, ANNA, number("2001"), KEY)
        assert card.number == number("2001")
    assert project.totals()["bound"] == {"north-virtual": 1}
    assert project.people[1001].history[0] == "registered"
    assert project.people[1001].history.count("mobilePhone confirmed") == 1
    assert project.cards["2001"].history == ["bound to 1001", "activated"]


async def test_whom_the_brand_has_deleted_comes_anew(
    mindbox: MindboxProcessor, project: Project
) -> None:
    await mindbox.issue(NORTH_PROGRAM, ANNA, number("2001"), KEY)
    project.people.clear()
    project.cards["2001"].owner = None
    card = await mindbox.issue(NORTH_PROGRAM, ANNA, number("2001"), KEY)
    assert card.number == number("2001")
    assert project.totals()["bound"] == {"north-virtual": 1}


async def test_what_the_shop_did_to_a_card_since_stands(
    mindbox: MindboxProcessor, project: Project
) -> None:
    await mindbox.issue(NORTH_PROGRAM, ANNA, number("2001"), KEY)
    project.cards["2001"].status = "Inactive"
    card = await mindbox.issue(NORTH_PROGRAM, ANNA, number("2001"), KEY)
    assert card.state is CardState.INACTIVE


async def test_whoever_has_a_card_keeps_it(mindbox: MindboxProcessor, project: Project) -> None:
    await mindbox.issue(NORTH_PROGRAM, ANNA, number("2001"), KEY)
    again = await mindbox.issue(NORTH_PROGRAM, ANNA, number("2002"), OTHER)
    assert again.number.printed == "2001"
    assert project.cards["2002"].owner is None
    sea = await mindbox.issue(SEA_PROGRAM, ANNA, number("3001"), OTHER)
    assert sea.number.printed == "3001"
    assert project.totals()["customers"] == 1


async def test_somebody_of_the_shop_with_plastic(
    mindbox: MindboxProcessor, project: Project
) -> None:
    """The till registered them by phone, with an older name and a card."""
    known = project.add_person(
        fields={"mobilePhone": "79001234567", "lastName": "Старая", "firstName": "Анна"}
    )
    project.add_cards("north-virtual", "9001")
    project.give(known, "9001", "Activated")
    card = await mindbox.issue(NORTH_PROGRAM, ANNA, number("2001"), KEY)
    assert (card.number.printed, card.theirs) == ("9001", "1001")
    assert project.cards["2001"].owner is None
    assert known.fields["lastName"] == "Иванова"
    assert known.ids == {"KarmanID": "7"}
    assert known.history == ["edited", "mobilePhone confirmed", "email confirmed"]


async def test_a_phone_that_nobody_verified_leads_to_nobody(
    mindbox: MindboxProcessor, project: Project
) -> None:
    known = project.add_person(fields={"mobilePhone": "79001234567"})
    project.add_cards("north-virtual", "9001")
    project.give(known, "9001", "Activated")
    stranger = replace(ANNA, phone_verified=False, email_verified=False)
    with pytest.raises(Refusal) as caught:
        await mindbox.issue(NORTH_PROGRAM, stranger, number("2001"), KEY)
    assert (caught.value.code, caught.value.details["field"]) == (Code.INVALID_ANSWER, "phone")
    assert known.history == []


async def test_what_was_verified_there_is_not_verified_again(
    mindbox: MindboxProcessor, project: Project
) -> None:
    known = project.add_person(
        fields={"mobilePhone": "79001234567", "email": "anna@example.ru"},
        phone_confirmed=True, email_confirmed=True,
    )  # fmt: skip
    await mindbox.issue(NORTH_PROGRAM, ANNA, number("2001"), KEY)
    assert known.history == ["edited"]
    assert project.calls["CardsMobile.ConfirmPhone"] == 0


Prepare = Callable[[Project], None]


def _taken(project: Project) -> None:
    project.give(project.add_person(fields={"mobilePhone": "79000000000"}), "2001")


def _blocked(project: Project) -> None:
    project.cards["2001"].status = "Blocked"


def _own_blocked(project: Project) -> None:
    project.add_cards("north-virtual", "9001")
    project.give(project.add_person(ids={"KarmanID": "7"}), "9001", "Blocked")


def _another_brand(project: Project) -> None:
    project.cards["2001"].type = "sea-virtual"


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (_taken, Code.NUMBER_BOUND),
        (_blocked, Code.CARD_BLOCKED),
        (_own_blocked, Code.CARD_BLOCKED),
        (_another_brand, Code.NUMBER_UNKNOWN),
    ],
)
async def test_a_number_that_cannot_become_theirs(
    mindbox: MindboxProcessor, project: Project, prepare: Prepare, code: Code
) -> None:
    prepare(project)
    with pytest.raises(Refusal) as caught:
        await mindbox.issue(NORTH_PROGRAM, ANNA, number("2001"), KEY)
    assert caught.value.code is code
    assert [card.number for card in project.cards.values() if card.history] == []


async def test_a_pool_that_was_not_loaded_is_told_and_works_once_it_is(
    mindbox: MindboxProcessor, project: Project
) -> None:
    with pytest.raises(GiveUp, match="the number is not in Mindbox"):
        await mindbox.issue(NORTH_PROGRAM, ANNA, number("2999"), KEY)
    project.add_cards("north-virtual", "2999")
    card = await mindbox.issue(NORTH_PROGRAM, ANNA, number("2999"), KEY)
    assert card.number.printed == "2999"
    assert project.cards["2999"].history == ["bound to 1001", "activated"]


async def test_a_number_of_their_own_pool(
    host: str, session: aiohttp.ClientSession, project: Project
) -> None:
    names = {"bind_from_pool": "CardsMobile.BindCardFromPool"}
    mindbox = processor(host, session, operations=names)
    first = await mindbox.issue(NORTH_PROGRAM, ANNA, None, KEY)
    again = await mindbox.issue(NORTH_PROGRAM, ANNA, None, KEY)
    assert first.number.printed == again.number.printed == "2001"
    assert project.totals()["bound"] == {"north-virtual": 1}


async def test_an_email_that_is_somebody_elses_is_left_out(
    mindbox: MindboxProcessor, project: Project
) -> None:
    project.add_person(fields={"email": "anna@example.ru"})
    card = await mindbox.issue(
        NORTH_PROGRAM, replace(ANNA, email_verified=False), number("2001"), KEY
    )
    assert card.theirs == "1002"
    assert "email" not in project.people[1002].fields
    assert project.people[1002].phone_confirmed


async def test_a_birthday_that_mindbox_does_not_like_costs_nobody_a_card(
    mindbox: MindboxProcessor, project: Project
) -> None:
    odd = replace(ANNA, sex="unknown")
    await mindbox.issue(NORTH_PROGRAM, odd, number("2001"), KEY)
    assert "sex" not in project.people[1001].fields
    assert project.people[1001].fields["birthDate"] == "1990-01-31"


async def test_somebody_who_was_registered_meanwhile(
    host: str, session: aiohttp.ClientSession, double: MindboxDouble, project: Project
) -> None:
    """Between the look and the registration the till has registered the phone."""
    mindbox = processor(host, session)

    def till(request: aiohttp.web.Request, position: int) -> None:
        if request.query["operation"] == "CardsMobile.RegisterCustomer" and not project.people:
            project.add_person(fields={"mobilePhone": "79001234567"})

    double.faults.choose = till
    card = await mindbox.issue(NORTH_PROGRAM, ANNA, number("2001"), KEY)
    assert card.theirs == "1001"
    assert project.people[1001].history[0] == "edited"
    assert project.totals()["customers"] == 1


@pytest.mark.parametrize(("when", "fault"), EVERY)
async def test_faults_in_every_answer_leave_one_of_each(
    host: str, session: aiohttp.ClientSession, double: MindboxDouble, project: Project,
    when: When, fault: Fault,
) -> None:  # fmt: skip
    """Tried again with the same key until it is done, as a queue does: in each of the requests of
    an issue (there are eleven) something goes wrong."""
    mindbox = processor(host, session, seconds=0.1 if fault is Fault.TIME_OUT else 5)
    for position in range(1, 12):
        text, phone = f"50{position:02d}", f"+790000000{position:02d}"
        who = replace(ANNA, id=text, phone=phone, email=f"{text}@example.ru")
        project.add_cards("north-virtual", text)
        double.faults.at(position, when, fault)
        card = await persistent(mindbox, who, text, UUID(int=100 + position))
        assert (card.number, card.state) == (number(text), CardState.ACTIVE)
        person = project.people[1000 + position]
        assert card.theirs == str(person.mindbox_id)
        assert [person.history.count(each) for each in ONCE] == [1, 1, 1]
        assert project.cards[text].history == [f"bound to {card.theirs}", "activated"]
        assert double.faults.happened == {(when, fault): position}
    assert project.totals()["customers"] == 11
    assert project.totals()["bound"] == {"north-virtual": 11}


ONCE = ("registered", "mobilePhone confirmed", "email confirmed")


async def persistent(mindbox: MindboxProcessor, who: Member, text: str, key: UUID) -> TheirCard:
    for _ in range(3):
        try:
            return await mindbox.issue(NORTH_PROGRAM, who, number(text), key)
        except TryLater:
            forgive(mindbox)
    return await mindbox.issue(NORTH_PROGRAM, who, number(text), key)


async def test_what_the_project_lacks_is_told_to_whoever_set_it_up(
    host: str, session: aiohttp.ClientSession, double: MindboxDouble
) -> None:
    wrong = {"bind": "CardsMobile.BindTheCard"}
    with pytest.raises(NeedsSettings) as caught:
        await processor(host, session, operations=wrong).issue(
            NORTH_PROGRAM, ANNA, number("2001"), KEY
        )
    told = caught.value.reason
    assert "CardsMobile.BindTheCard" in told
    assert "their error" in told
    with pytest.raises(NeedsSettings, match="not the key of the endpoint Other"):
        await processor(host, session, endpoint="Other").issue(
            NORTH_PROGRAM, ANNA, number("2001"), KEY
        )
    double.faults.next(BEFORE, Fault.TOO_MANY)
    with pytest.raises(TryLater) as later:
        await processor(host, session).issue(NORTH_PROGRAM, ANNA, number("2001"), KEY)
    assert later.value.after is not None
    assert later.value.after.total_seconds() == 2


async def test_an_address_in_the_house_is_not_called(host: str, double: MindboxDouble) -> None:
    async with open_http() as session:
        with pytest.raises(NeedsSettings, match="url: leads into the house"):
            await processor(host, session).issue(NORTH_PROGRAM, ANNA, number("2001"), KEY)
    assert double.faults.requests == 0


async def test_no_reason_tells_anything_of_a_person(
    host: str, session: aiohttp.ClientSession, double: MindboxDouble, project: Project
) -> None:
    secrets = ("79001234567", "anna@example.ru", "Иванова", "2001", "D061p764m85bklq")
    told: list[str] = []
    for position in range(1, 12):
        double.faults.at(position, AFTER, Fault.ERROR_500)
        double.faults.at(position + 1, AFTER, Fault.ERROR_500)
        try:
            await processor(host, session).issue(NORTH_PROGRAM, ANNA, number("2001"), KEY)
        except TryLater as away:
            told.append(away.reason)
        double.faults.none()
    assert len(told) > 5
    assert not any(secret in reason for secret in secrets for reason in told)


async def test_whoever_is_known_by_several_is_nobody(
    mindbox: MindboxProcessor, project: Project, double: MindboxDouble,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from tests.partners.mindbox import operations
    from tests.partners.mindbox.project import Kind

    told = {"customer": {"processingStatus": "Ambiguous"}}
    monkeypatch.setitem(operations.DO, Kind.CUSTOMER, lambda project, body: told)
    with pytest.raises(Refusal) as caught:
        await mindbox.issue(NORTH_PROGRAM, ANNA, number("2001"), KEY)
    assert caught.value.code is Code.CONTACT_TAKEN


async def test_a_member_without_any_contact_cannot_be_registered(
    mindbox: MindboxProcessor, project: Project
) -> None:
    with pytest.raises(GiveUp, match="the request as a whole"):
        await mindbox.issue(NORTH_PROGRAM, Member(id="8"), number("2001"), KEY)
    assert project.people == {}
