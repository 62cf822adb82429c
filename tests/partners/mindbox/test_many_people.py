"""Many people play by a seed while every fifth answer goes wrong: at the end Mindbox knows exactly
what was played. With 2,000 in `make test-long`."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any
from uuid import UUID, uuid5

import aiohttp
import pytest

from backend.partners.member import Member, Subscription
from backend.partners.mindbox.processor import MindboxProcessor
from backend.platform.failures import TryLater
from models.program import Program
from tests.partners.faults import EVERY, Fault, mixed
from tests.partners.mindbox.conftest import NORTH, SEA
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

SPACE = UUID(int=11)
QUICK = tuple(trouble for trouble in EVERY if trouble[1] is not Fault.TIME_OUT)
SMS = {"north": [(NORTH, "Sms", "News"), (NORTH, "Sms", "Sales")], "sea": [(SEA, "Sms", "")]}


@dataclass
class Played:
    """What was done, counted without asking Mindbox."""

    cards: Counter[str] = field(default_factory=Counter)
    subscriptions: dict[tuple[int, str, str, str], bool] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    holders: dict[str, int] = field(default_factory=dict)
    tries: int = 0

    def totals(self, people: int) -> dict[str, Any]:
        stands = Counter(
            (*topic, "yes" if yes else "no") for (_, *topic), yes in self.subscriptions.items()
        )
        return {
            "customers": people,
            "phones confirmed": people,
            "e-mails confirmed": people,
            "bound": dict(self.cards),
            "subscriptions": dict(stands),
        }


@dataclass
class Game:
    mindbox: MindboxProcessor
    project: Project
    random: Random
    played: Played = field(default_factory=Played)

    async def insist(self, work: Callable[[], Awaitable[Any]]) -> Any:
        while True:
            self.played.tries += 1
            try:
                return await work()
            except TryLater:
                forgive(self.mindbox)

    async def live(self, who: int) -> None:
        member = replace(
            ANNA, id=str(who), phone=f"+79{who:09d}", email=f"{who}@example.ru", theirs=""
        )
        known = self.random.random() < 0.3
        if known:
            self._till(who)
        for key, program in (("north", NORTH_PROGRAM), ("sea", SEA_PROGRAM)):
            if self.random.random() < 0.7 or key == "north":
                await self._card(who, member, key, program, known)
        renamed = replace(member, last_name=f"Имя{self.random.randrange(3)}")
        once = uuid5(SPACE, f"profile {who}")
        await self.insist(lambda: self.mindbox.update_profile(NORTH_PROGRAM, renamed, once))
        self.played.names[who] = renamed.last_name

    def _till(self, who: int) -> None:
        """The shop has known them for long, by phone and with plastic of one brand."""
        text = f"p{who}"
        person = self.project.add_person(fields={"mobilePhone": f"79{who:09d}"})
        self.project.add_cards("north-virtual", text)
        self.project.give(person, text, "Activated")
        self.played.cards["north-virtual"] += 1
        self.played.holders[text] = who

    async def _card(
        self, who: int, member: Member, key: str, program: Program, known: bool
    ) -> None:
        text = f"{key}{who}"
        self.project.add_cards(f"{key}-virtual", text)
        once = uuid5(SPACE, text)
        card = await self.insist(lambda: self.mindbox.issue(program, member, number(text), once))
        plastic = known and key == "north"
        assert card.number.printed == (f"p{who}" if plastic else text)
        if not plastic:
            self.played.cards[f"{key}-virtual"] += 1
            self.played.holders[text] = who
        for turn in range(self.random.randrange(3)):
            await self._agree(who, member, key, turn)

    async def _agree(self, who: int, member: Member, brand: str, turn: int) -> None:
        granted = self.random.random() < 0.6
        told = [Subscription(brand, "sms", granted)]
        key = uuid5(SPACE, f"{brand} {who} {turn}")
        await self.insist(lambda: self.mindbox.tell_consents(NORTH_PROGRAM, member, told, key))
        for topic in SMS[brand]:
            self.played.subscriptions[(who, *topic)] = granted


@pytest.mark.parametrize("people", [120, pytest.param(2_000, marks=pytest.mark.long)])
async def test_mindbox_knows_exactly_what_was_played(
    host: str, session: aiohttp.ClientSession, double: MindboxDouble, project: Project, people: int
) -> None:
    game = Game(processor(host, session), project, Random(people))
    double.per_minute = 10_000_000
    double.faults.choose = mixed(Random(people + 1), 0.2, QUICK)
    for who in range(1, people + 1):
        await game.live(who)
    totals = project.totals()
    asked, wrong = double.faults.requests, sum(double.faults.happened.values())
    told = (
        f"played: {game.played.totals(people)}\nMindbox: {totals}\n{asked} requests, {wrong} wrong"
    )
    print(told)  # noqa: T201  the totals are what the series is for
    assert {name: totals[name] for name in game.played.totals(people)} == game.played.totals(people)
    for person in project.people.values():
        assert person.history.count("registered") <= 1
        assert person.history.count("mobilePhone confirmed") == 1
        assert person.history.count("email confirmed") == 1
        assert person.fields["lastName"] == game.played.names[int(person.ids["KarmanID"])]
    holders = {
        card.number: int(project.people[card.owner].ids["KarmanID"])
        for card in project.cards.values()
        if card.owner is not None
    }
    assert holders == game.played.holders
    assert all(len(card.history) <= 2 for card in project.cards.values())
    assert set(double.faults.happened) == set(QUICK)
