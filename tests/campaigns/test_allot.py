"""Who is held out and who gets which wording: stable, in proportion, alike where it is asked."""

from collections import Counter

import pytest

from backend.campaigns.allot import allot, salt_of
from backend.campaigns.plan import Plan
from models.campaign import HELD_OUT, Campaign

PEOPLE = range(1, 40_001)
# 99.9 % of fair draws lie below it, by degrees of freedom (chi-square).
BOUND_OF_THREE, BOUND_OF_EIGHT = 16.27, 26.12


def chi_square(found: Counter[int], expected: dict[int, float]) -> float:
    return sum((found[each] - want) ** 2 / want for each, want in expected.items())


@pytest.mark.parametrize("salt", ["campaign:1", "campaign:2", "group:7:autumn"])
def test_in_proportion(salt: str) -> None:
    plan = Plan(shares=(50, 30, 20), holdout=10)
    found = Counter(allot(plan, salt, person) for person in PEOPLE)
    told = len(PEOPLE) * 0.9
    expected = {HELD_OUT: len(PEOPLE) * 0.1, 0: told * 0.5, 1: told * 0.3, 2: told * 0.2}
    assert chi_square(found, expected) < BOUND_OF_THREE, found
    # Neighbours have nothing to do with each other.
    pairs = Counter(
        2 * (allot(plan, salt, person) == 0) + (allot(plan, salt, person + 1) == 0)
        for person in PEOPLE[::2]
    )
    first, half = 0.45, len(PEOPLE) / 2
    fair = {0: (1 - first) ** 2, 1: first * (1 - first), 2: first * (1 - first), 3: first**2}
    assert chi_square(pairs, {each: half * share for each, share in fair.items()}) < BOUND_OF_THREE


def campaign(id_: int, brand_id: int = 7, series_id: int | None = None) -> Campaign:
    """Of no database: the ORM gives it its columns once it has one."""
    made = Campaign(id=id_)
    made.brand_id, made.series_id = brand_id, series_id
    return made


def test_a_campaign_draws_anew_and_a_group_does_not() -> None:
    plan = Plan(shares=(50, 50), holdout=50)
    one, other = campaign(1), campaign(2)
    assert salt_of(one, plan) != salt_of(other, plan)
    alike = Plan(shares=(50, 50), holdout=50, group="autumn")
    assert salt_of(one, alike) == salt_of(other, alike) != salt_of(campaign(3, 8), alike)
    run = campaign(9, series_id=1)
    assert salt_of(run, plan) == salt_of(one, plan), (
        "the turns of a series hold the same people out"
    )
    both = Counter(
        (allot(plan, salt_of(one, plan), each), allot(plan, salt_of(other, plan), each))
        for each in PEOPLE
    )
    fair = {HELD_OUT: 0.5, 0: 0.25, 1: 0.25}
    expected = {(a, b): len(PEOPLE) * fair[a] * fair[b] for a in fair for b in fair}
    assert sum((both[k] - want) ** 2 / want for k, want in expected.items()) < BOUND_OF_EIGHT


def test_it_is_the_same_for_ever() -> None:
    """What was drawn for people who had an earlier campaign of the group."""
    plan = Plan(shares=(34, 33, 33), holdout=20, group="autumn")
    drawn = [allot(plan, "group:7:autumn", person) for person in range(1, 13)]
    assert drawn == [2, 2, HELD_OUT, 1, 0, 2, 0, 0, 2, 0, 0, 1]


def test_all_or_none() -> None:
    assert {allot(Plan(), "campaign:1", each) for each in PEOPLE} == {0}
    assert {allot(Plan(holdout=100), "campaign:1", each) for each in PEOPLE} == {HELD_OUT}
    assert {allot(Plan(shares=(0, 100)), "campaign:1", each) for each in PEOPLE} == {1}
