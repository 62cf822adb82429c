"""Two brands of one account on one Mindbox, from the loaded pools to who has left: at the end the
double knows exactly what was played. «Transparent» has numbers of its own; the plastic that
shops have given out for years is brought in with the profile of today."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from backend.cards.issue.issue_cards import Outcome
from backend.connections.connect import ConnectionOrder, connect
from backend.connections.lanes import Lanes
from backend.consents.documents import documents_for
from backend.customers.choices.allow_advertising import allow_advertising
from backend.customers.choices.stop_advertising import stop_advertising
from backend.customers.contacts.save_contact import save_contact
from backend.customers.my_data.delete_data import delete_data
from backend.events.people import ContactVerified
from backend.outbox.announce import announce
from backend.partners.breaker import Breaker
from backend.partners.mindbox.processor import MindboxProcessor
from backend.partners.mindbox.wire import cards
from backend.partners.opened import Connections
from backend.partners.registry import ConnectedProcessors
from backend.platform.context import CLOCK, Context
from backend.platform.database import transaction
from backend.platform.door import WORKER
from backend.reactions import reactions
from catalog.questions.question import FieldType, QuestionnaireField
from models.brand import Brand
from models.card import Card, CardOrigin, CardStatus
from models.connection import Connection, PartnerMember, TellingState
from models.contact import ContactKind
from models.customer import Customer
from models.offer import Offer
from models.pool_number import PoolNumber
from models.program import Program
from tests.partners.faults import EVERY, Fault, mixed
from tests.partners.mindbox.conftest import NORTH, SEA, SECRET, Client
from tests.partners.mindbox.double import MindboxDouble
from tests.partners.mindbox.project import Person, Project
from tests.partners.mindbox.wallet import SETTINGS, forgive
from tests.support.clock import StoppedClock
from tests.support.factory.brands import NAME, PHONE, make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone
from tests.support.outbox import run_due

PEOPLE = 24
QUICK = tuple(trouble for trouble in EVERY if trouble[1] is not Fault.TIME_OUT)
QUESTIONS = (
    NAME,
    QuestionnaireField("surname", FieldType.SURNAME, required=True),
    PHONE,
    QuestionnaireField("email", FieldType.EMAIL, required=True),
    QuestionnaireField("birth_date", FieldType.BIRTH_DATE, required=False),
    QuestionnaireField("gender", FieldType.GENDER, required=False),
)
TOPICS = {"north": ("News", "Sales"), "sea": ("",)}
NAMES = {"north": NORTH, "sea": SEA}
CHANNELS = {"sms": "Sms", "email": "Email"}


@dataclass
class Played:
    """What people did, written down as they did it."""

    customers: set[int] = field(default_factory=set)
    bound: dict[str, int] = field(default_factory=dict)
    subscriptions: dict[tuple[int, str, str, str], bool] = field(default_factory=dict)
    telegram: dict[tuple[int, str], bool] = field(default_factory=dict)
    phones: set[int] = field(default_factory=set)
    emails: set[int] = field(default_factory=set)

    def said(self, who: int, brand: str, channels: tuple[str, ...]) -> None:
        self.telegram[who, brand] = "telegram" in channels
        for channel, theirs in CHANNELS.items():
            for topic in TOPICS[brand]:
                self.subscriptions[who, NAMES[brand], theirs, topic] = channel in channels

    def totals(self) -> dict[str, Any]:
        stands = Counter(
            (*topic, "yes" if yes else "no") for (_, *topic), yes in self.subscriptions.items()
        )
        kinds = Counter(f"{_kind(number)}-virtual" for number in self.bound)
        return {
            "customers": len(self.customers),
            "phones confirmed": len(self.phones),
            "e-mails confirmed": len(self.emails),
            "bound": dict(kinds),
            "subscriptions": dict(stands),
        }


def _kind(number: str) -> str:
    return "sea" if number.startswith("7") else "north"


@dataclass
class Town:
    ctx: Context
    clock: StoppedClock
    project: Project
    connections: Connections
    offers: dict[str, Offer]
    played: Played = field(default_factory=Played)

    async def told(self) -> None:
        """Everything that is due reaches Mindbox."""
        worker = self.ctx.acting(CLOCK, WORKER)
        for _ in range(4):
            await run_due(worker, reactions({}, worker.clock))
            lanes = Lanes(worker, self.connections)
            await lanes.step()
            await lanes.rest()
            self.clock.advance(minutes=1)

    def well_again(self) -> None:
        """The pauses that failures ask for have passed, on every clock."""
        self.clock.advance(hours=1)
        for opened in self.connections._opened.values():
            opened.breaker = Breaker()
            processor = opened.processor
            assert isinstance(processor, MindboxProcessor)
            forgive(processor)

    def theirs(self, customer: Customer | int) -> Person:
        number = customer if isinstance(customer, int) else customer.id
        return next(
            each for each in self.project.people.values() if each.ids.get("KarmanID") == str(number)
        )


def _known_at_the_till(town: Town, who: int) -> str:
    """Plastic of the first brand and an old name, by phone; nobody ever verified it."""
    person = town.project.add_person(
        fields={"mobilePhone": phone_of(who)[1:], "firstName": "Старое", "lastName": "Имя"}
    )
    plastic = f"90000{who:03d}"
    town.project.add_cards("north-virtual", plastic)
    town.project.give(person, plastic, "Activated")
    return plastic


def phone_of(who: int) -> str:
    return f"+7916000{who:04d}"


def surname_of(who: int) -> str:
    return f"Фамилия-{chr(ord('А') + who)}"


@pytest.fixture
async def town(
    ctx: Context, clock: StoppedClock, database: str, host: str, project: Project, client: Client
) -> AsyncIterator[Town]:
    account = await make_account("street")
    inside = frozenset({urlsplit(host).netloc})
    connections = Connections(ctx.vault, clock, inside)
    order = ConnectionOrder(
        account.id, "mindbox", "mindbox", SETTINGS | {"url": host}, {"secret_key": SECRET}
    )
    connection = await connect(ctx, order)
    offers = {}
    for key in ("north", "sea"):
        program = await make_program(account, key, fields=QUESTIONS, connection_id=connection.id)
        offers[key] = await make_offer(program, key)
        await _load_pool(client, program)
    asking = replace(ctx, processors=ConnectedProcessors(connections, clock))
    yield Town(asking, clock, project, connections, offers)
    await connections.close()


async def _load_pool(client: Client, program: Program) -> None:
    """The same numbers on both sides, and none of them is plastic."""
    first = "7" if program.key == "sea" else "2"
    numbers = [f"{first}000{n:04d}" for n in range(PEOPLE + 6)]
    await PoolNumber.bulk_create(
        PoolNumber(program_id=program.id, printed_number=each, barcode_value=each, changed_at=_THEN)
        for each in numbers
    )
    [file] = cards.card_files((each, f"{program.key}-virtual") for each in numbers)
    key = UUID(int=program.id)
    await client().upload(cards.IMPORT, cards.packed(file), key, cards.OPTIONS)


_THEN = StoppedClock().now


async def _comes(town: Town, who: int) -> tuple[Customer, list[Outcome]]:
    """One person fills in one questionnaire for one brand or both, and agrees to what they like."""
    customer = await someone(town.ctx, 100 + who)
    address = f"person{who}@example.ru"
    verified = "link" if who % 3 else ""
    await save_contact(town.ctx, customer, ContactKind.EMAIL, address, verified_by=verified)
    keys = ("north", "sea") if who % 4 != 1 else (("north",) if who % 8 == 1 else ("sea",))
    channels = tuple(c for n, c in enumerate(("telegram", "email", "sms")) if who >> n & 1)
    outcomes = await issued(
        town.ctx,
        customer,
        [town.offers[key] for key in keys],
        answers={
            "given_name": "Анна", "surname": surname_of(who), "phone": phone_of(who),
            "birth_date": "31.01.1990", "gender": "female",
        },
        channels=channels,
    )  # fmt: skip
    town.played.customers.add(who)
    town.played.phones.add(who)
    if verified:
        town.played.emails.add(who)
    for key in keys:
        town.played.said(who, key, channels)
    return customer, outcomes


def _numbers(outcomes: list[Outcome]) -> list[str]:
    assert all(each.card is not None for each in outcomes), outcomes
    return [each.card.barcode_value for each in outcomes if each.card is not None]


async def _changes_of_mind(town: Town, people: dict[int, Customer]) -> None:
    """Some take advertising of one brand back, one allows it again, some verify an e-mail later."""
    for who, customer in people.items():
        has_north = (who, "north") in town.played.telegram
        if who % 5 == 0 and has_north:
            await stop_advertising(town.ctx, customer.id, brand_id=town.offers["north"].brand_id)
            town.played.said(who, "north", ())
        if not who % 3:
            address = f"person{who}@example.ru"
            await save_contact(town.ctx, customer, ContactKind.EMAIL, address, verified_by="link")
            async with transaction():
                await announce(town.ctx.clock(), ContactVerified(customer.id, "email"))
            town.played.emails.add(who)
    await town.told()
    brand = await Brand.get(id=town.offers["north"].brand_id).select_related("program__account")
    text = await documents_for(brand.program.account, [brand.program_id], "ru", town.ctx.clock())
    await allow_advertising(town.ctx, people[10], brand.id, text.advertising.id, "sms")
    town.played.said(10, "north", ("sms",))


@pytest.mark.sample("postgres")
async def test_the_double_knows_exactly_what_was_played(
    town: Town, double: MindboxDouble, project: Project
) -> None:
    plastic = {who: _known_at_the_till(town, who) for who in range(1, PEOPLE + 1) if who % 6 == 0}
    people: dict[int, Customer] = {}
    for who in range(1, PEOPLE + 1):
        people[who], outcomes = await _comes(town, who)
        numbers = _numbers(outcomes)
        if who in plastic and (who, "north") in town.played.telegram:
            assert plastic[who] in numbers
        town.played.bound |= dict.fromkeys(numbers, who)
    await town.told()
    await _changes_of_mind(town, people)
    await town.told()

    totals, played = project.totals(), town.played.totals()
    print(f"played: {played}\nMindbox: {totals}")  # noqa: T201  the totals are what it is for
    assert {name: totals[name] for name in played} == played
    await _is_alike(town, people)
    assert project.imports == 2
    assert not double.faults.happened


async def _is_alike(town: Town, people: dict[int, Customer]) -> None:
    """Card by card and person by person, not only in their sums."""
    for who, customer in people.items():
        theirs = town.theirs(customer)
        assert theirs.fields["lastName"] == surname_of(who)
        assert theirs.fields["firstName"] == "Анна"
        assert theirs.fields["mobilePhone"] == phone_of(who)[1:]
        assert theirs.history.count("mobilePhone confirmed") == 1
        assert theirs.history.count("email confirmed") == (who in town.played.emails)
        assert theirs.history.count("registered") == (0 if who % 6 == 0 else 1)
        said = {key[1:]: yes for key, yes in town.played.subscriptions.items() if key[0] == who}
        assert theirs.subscriptions == said
        telegram = {
            f"sub{b.title()}": str(y) for (w, b), y in town.played.telegram.items() if w == who
        }
        assert {n: v for n, v in theirs.custom.items() if n.startswith("sub")} == telegram
        mine = await Card.filter(customer_id=customer.id, status=CardStatus.ACTIVE)
        numbers = {card.barcode_value for card in mine}
        assert numbers == {card.number for card in town.project.cards_of(theirs)}
        assert all(card.origin is CardOrigin.DUPLICATED for card in mine
                   if card.barcode_value.startswith("9"))  # fmt: skip
    assert await PartnerMember.filter(state=TellingState.DONE).count() == len(people)
    connection = await Connection.get()
    assert (connection.failures, connection.reason) == (0, "")


@pytest.mark.sample("sqlite")
async def test_answers_that_go_wrong_change_nothing_of_it(
    town: Town, double: MindboxDouble, project: Project
) -> None:
    """While a person waits and while it is told, every sixth answer is lost, late or nonsense."""
    double.faults.choose = mixed(Random(12), 0.16, QUICK)
    plastic = {6: _known_at_the_till(town, 6)}
    people: dict[int, Customer] = {}
    for who in range(1, 9):
        town.well_again()
        people[who], outcomes = await _comes(town, who)
        town.played.bound |= dict.fromkeys(_numbers(outcomes), who)
    for _ in range(60):
        await town.told()
        town.well_again()
        if not await PartnerMember.exclude(state=TellingState.DONE).exists():
            break
    double.faults.none()
    mine = {card.barcode_value: card.customer_id async for card in Card.all()}
    assert len(mine) == len(town.played.bound)
    assert {n: int(town.theirs(c).ids["KarmanID"]) for n, c in mine.items()} == mine
    assert plastic[6] in mine
    await _is_alike(town, people)
    assert sum(double.faults.happened.values()) > 20


async def test_whoever_leaves_is_nobodys_there(town: Town, project: Project) -> None:
    anna, outcomes = await _comes(town, 2)
    await town.told()
    theirs = town.theirs(anna)
    assert len(project.cards_of(theirs)) == len(outcomes) == 2
    await delete_data(town.ctx, anna.id)
    await town.told()
    assert project.cards_of(theirs) == []
    assert not await PartnerMember.exists()
