"""Profiles, agreements and leaving, with something going wrong in every answer: once of each."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

import aiohttp
import pytest

from backend.partners.member import Subscription
from backend.partners.mindbox.processor import MindboxProcessor
from backend.platform.failures import TryLater
from tests.partners.faults import EVERY, Fault, When
from tests.partners.mindbox.conftest import SEA
from tests.partners.mindbox.double import MindboxDouble
from tests.partners.mindbox.project import Project
from tests.partners.mindbox.wallet import ANNA, NORTH_PROGRAM, forgive, number, processor

LEAVES = [Subscription("sea", "sms", granted=False)]


async def insisting(mindbox: MindboxProcessor, work: Callable[[], Awaitable[object]]) -> None:
    """As a queue does: the same again until it is done."""
    for _ in range(4):
        try:
            await work()
        except TryLater:
            forgive(mindbox)
        else:
            return
    await work()


@pytest.mark.parametrize(("when", "fault"), EVERY)
async def test_every_change_is_made_once(
    host: str, session: aiohttp.ClientSession, double: MindboxDouble, project: Project,
    when: When, fault: Fault,
) -> None:  # fmt: skip
    """A changed name takes two requests, an agreement two, leaving three."""
    mindbox = processor(host, session, seconds=0.1 if fault is Fault.TIME_OUT else 5)
    project.add_cards("north-virtual", "1")
    for position in range(1, 4):
        key = UUID(int=position)
        person = project.add_person(
            ids={"KarmanID": str(position)}, fields={"mobilePhone": f"7900000000{position}"},
            phone_confirmed=True, email_confirmed=True,
        )  # fmt: skip
        project.give(person, "1", "Activated").history.clear()
        who = replace(
            ANNA, id=str(position), phone=f"+7900000000{position}", email="", last_name="Новая"
        )
        works: list[Callable[[], Awaitable[object]]] = [
            partial(mindbox.update_profile, NORTH_PROGRAM, who, key),
            partial(mindbox.tell_consents, NORTH_PROGRAM, who, LEAVES, key),
            partial(mindbox.release, NORTH_PROGRAM, who, number("1"), key),
        ]
        for work in works:
            double.faults.at(position, when, fault)
            await insisting(mindbox, work)
            double.faults.none()
        assert person.history == ["edited", "edited", f"-{SEA}/Sms/"]
        assert person.fields["lastName"] == "Новая"
        assert person.subscriptions == {(SEA, "Sms", ""): False}
        assert project.cards["1"].history == [f"unbound from {person.mindbox_id}"]
    assert sum(double.faults.happened.values()) == 7
