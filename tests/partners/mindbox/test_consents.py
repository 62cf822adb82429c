"""What people agreed to is told as it stands: each brand's own, each channel's own."""

from uuid import UUID, uuid4

import aiohttp
import pytest

from backend.partners.member import Member, Subscription
from backend.partners.mindbox.processor import MindboxProcessor
from backend.platform.failures import NeedsSettings, TryLater
from tests.partners.mindbox.conftest import NORTH, SEA
from tests.partners.mindbox.project import Person, Project
from tests.partners.mindbox.wallet import ANNA, NORTH_PROGRAM, SEA_PROGRAM, SETTINGS, processor


@pytest.fixture
def mindbox(host: str, session: aiohttp.ClientSession) -> MindboxProcessor:
    return processor(host, session)


@pytest.fixture
def anna(project: Project) -> Person:
    return project.add_person(ids={"KarmanID": "7"}, fields={"mobilePhone": "79001234567"})


def stands(**told: bool) -> list[Subscription]:
    """north_sms=True …"""
    pairs = ((name.split("_"), granted) for name, granted in told.items())
    return [Subscription(brand, channel, granted) for (brand, channel), granted in pairs]


async def test_each_brand_channel_and_topic(mindbox: MindboxProcessor, anna: Person) -> None:
    told = stands(north_sms=True, north_email=False, north_telegram=True, sea_email=True)
    await mindbox.tell_consents(NORTH_PROGRAM, ANNA, told, uuid4())
    assert anna.subscriptions == {
        (NORTH, "Sms", "News"): True, (NORTH, "Sms", "Sales"): True,
        (NORTH, "Email", "News"): False, (NORTH, "Email", "Sales"): False,
        (SEA, "Email", ""): True,
    }  # fmt: skip
    assert anna.custom == {"subNorth": "True"}
    assert "mobilePhone" in anna.fields


async def test_whoever_leaves_one_brand_stays_with_the_other(
    mindbox: MindboxProcessor, anna: Person
) -> None:
    await mindbox.tell_consents(
        NORTH_PROGRAM, ANNA, stands(north_telegram=True, sea_telegram=True, sea_sms=True), uuid4()
    )
    await mindbox.tell_consents(
        SEA_PROGRAM, ANNA, stands(sea_telegram=False, sea_sms=False), uuid4()
    )
    assert anna.custom == {"subNorth": "True", "subSea": "False"}
    assert anna.subscriptions == {(SEA, "Sms", ""): False}
    assert anna.history == ["edited", f"+{SEA}/Sms/", "edited", f"-{SEA}/Sms/"]


async def test_the_same_key_tells_it_once(mindbox: MindboxProcessor, anna: Person) -> None:
    for _ in range(3):
        await mindbox.tell_consents(NORTH_PROGRAM, ANNA, stands(north_sms=True), UUID(int=1))
    assert anna.history.count("edited") == 1


async def test_a_brand_that_nobody_named_is_not_taken_for_another(
    mindbox: MindboxProcessor, anna: Person
) -> None:
    told = stands(north_sms=True, third_sms=True)
    with pytest.raises(NeedsSettings, match=r"brands\.third: missing"):
        await mindbox.tell_consents(NORTH_PROGRAM, ANNA, told, uuid4())
    assert anna.subscriptions == {}


async def test_a_channel_that_stands_nowhere_is_not_told(
    host: str, session: aiohttp.ClientSession, anna: Person
) -> None:
    brands = {"north": {"name": NORTH, "channels": {"telegram": {"point_of_contact": "Webpush"}}}}
    mindbox = processor(host, session, brands=brands)
    told = [*stands(north_telegram=True), Subscription("north", "pigeon", granted=True)]
    await mindbox.tell_consents(NORTH_PROGRAM, ANNA, told, uuid4())
    assert anna.subscriptions == {(NORTH, "Webpush", ""): True}


async def test_nothing_to_say_is_not_said(mindbox: MindboxProcessor, anna: Person) -> None:
    await mindbox.tell_consents(NORTH_PROGRAM, ANNA, [], uuid4())
    assert anna.history == []


async def test_somebody_who_is_not_there_yet_is_told_of_later(
    mindbox: MindboxProcessor, project: Project
) -> None:
    with pytest.raises(TryLater, match="not there yet"):
        await mindbox.tell_consents(NORTH_PROGRAM, Member(id="8"), stands(sea_sms=True), uuid4())
    assert project.people == {}


def test_two_brands_never_share_a_field() -> None:
    same = {"north": {"name": NORTH}, "sea": {"name": SEA}}
    with pytest.raises(ValueError, match=r"brands\.sea\.channels\.telegram: north has the field"):
        processor("https://api.mindbox.ru", None, brands=same)  # type: ignore[arg-type]
    assert SETTINGS["brands"]["sea"]["channels"]
