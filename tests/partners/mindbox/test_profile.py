"""What changes in a person's answers reaches Mindbox, and what people have not said stays there."""

from dataclasses import replace
from uuid import UUID, uuid4

import aiohttp
import pytest

from backend.partners.mindbox.processor import MindboxProcessor
from models.refusal import Code, Refusal
from tests.partners.mindbox.project import Person, Project
from tests.partners.mindbox.wallet import ANNA, NORTH_PROGRAM, processor


@pytest.fixture
def mindbox(host: str, session: aiohttp.ClientSession) -> MindboxProcessor:
    return processor(host, session)


@pytest.fixture
async def anna(mindbox: MindboxProcessor, project: Project) -> Person:
    assert await mindbox.update_profile(NORTH_PROGRAM, ANNA, uuid4()) == "1001"
    return project.people[1001]


async def test_the_same_key_changes_nothing_more(mindbox: MindboxProcessor, anna: Person) -> None:
    key = UUID(int=5)
    for _ in range(3):
        assert await mindbox.update_profile(NORTH_PROGRAM, ANNA, key) == "1001"
    assert anna.history.count("edited") == 1


async def test_a_new_phone_replaces_the_verified_one_once_it_is_verified(
    mindbox: MindboxProcessor, anna: Person
) -> None:
    typed = replace(ANNA, theirs="1001", phone="+79007654321", phone_verified=False)
    await mindbox.update_profile(NORTH_PROGRAM, typed, uuid4())
    assert (anna.fields["mobilePhone"], anna.pending) == (
        "79001234567", {"mobilePhone": "79007654321"},
    )  # fmt: skip
    verified = replace(typed, phone_verified=True)
    await mindbox.update_profile(NORTH_PROGRAM, verified, uuid4())
    assert (anna.fields["mobilePhone"], anna.pending) == ("79007654321", {})
    assert anna.history.count("mobilePhone confirmed") == 2


async def test_what_is_empty_stays_unless_it_is_to_be_cleared(
    host: str, session: aiohttp.ClientSession, mindbox: MindboxProcessor, anna: Person
) -> None:
    less = replace(ANNA, middle_name="", city="", birth_date=None)
    await mindbox.update_profile(NORTH_PROGRAM, less, uuid4())
    assert anna.fields["middleName"] == "Петровна"
    assert anna.custom["City"] == "Москва"
    clearing = processor(host, session, clears=["middle_name", "city"])
    await clearing.update_profile(NORTH_PROGRAM, less, uuid4())
    assert "middleName" not in anna.fields
    assert "City" not in anna.custom
    assert anna.fields["birthDate"] == "1990-01-31"


async def test_somebody_of_whom_only_their_id_is_known_here(
    mindbox: MindboxProcessor, project: Project
) -> None:
    """Their Mindbox id was kept; ours is new to them."""
    project.add_person(fields={"mobilePhone": "79001234567"}, ids={"KarmanID": "old"})
    assert await mindbox.update_profile(NORTH_PROGRAM, replace(ANNA, theirs="1001"), uuid4())
    assert project.people[1001].ids == {"KarmanID": "7"}


async def test_an_id_that_has_been_merged_away_is_looked_for_anew(
    mindbox: MindboxProcessor, anna: Person, project: Project
) -> None:
    gone = replace(ANNA, theirs="999")
    assert await mindbox.update_profile(NORTH_PROGRAM, gone, uuid4()) == "1001"
    assert project.totals()["customers"] == 1


async def test_an_id_of_ours_that_another_record_has_stays_there(
    mindbox: MindboxProcessor, project: Project
) -> None:
    """Two records of one person, until the brand merges them."""
    project.add_person(fields={"mobilePhone": "79001234567"})
    project.add_person(ids={"KarmanID": "7"})
    theirs = replace(ANNA, theirs="1001", email="")
    assert await mindbox.update_profile(NORTH_PROGRAM, theirs, uuid4()) == "1001"
    assert project.people[1001].fields["lastName"] == "Иванова"
    assert (project.people[1001].ids, project.people[1002].ids) == ({}, {"KarmanID": "7"})


async def test_other_answers_under_the_same_key_are_told_too(
    mindbox: MindboxProcessor, anna: Person
) -> None:
    key = UUID(int=5)
    for name in ("Иванова", "Петрова", "Петрова"):
        await mindbox.update_profile(NORTH_PROGRAM, replace(ANNA, last_name=name), key)
    assert anna.fields["lastName"] == "Петрова"
    assert anna.history.count("edited") == 2


async def test_a_phone_that_mindbox_refuses_is_the_persons_to_mend(
    mindbox: MindboxProcessor, project: Project
) -> None:
    abroad = replace(ANNA, phone="+375291234567", email="", phone_verified=True)
    with pytest.raises(Refusal) as caught:
        await mindbox.update_profile(NORTH_PROGRAM, abroad, uuid4())
    assert caught.value.code is Code.INVALID_ANSWER
    assert caught.value.details == {"field": "phone", "why": "wrong"}


async def test_answers_go_where_the_settings_say(
    host: str, session: aiohttp.ClientSession, project: Project
) -> None:
    project.custom_fields |= {"Sports", "Club"}
    fields = {"sports": "Sports", "club": "Club"}
    mindbox = processor(host, session, fields=fields, city_field="", areas={})
    answers = {"sports": ["run", "swim"], "club": True, "shoe": 38}
    await mindbox.update_profile(NORTH_PROGRAM, replace(ANNA, answers=answers), uuid4())
    person = project.people[1001]
    assert person.custom == {"Sports": ["run", "swim"], "Club": True}
    assert "area" not in person.fields
