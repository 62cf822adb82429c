"""Who acts by which door: nothing is assumed, nothing is made up."""

import dataclasses

import pytest

from backend.platform.context import CLOCK, OPERATOR, SOMEBODY, Actor, ActorKind, Context, person
from backend.platform.door import CLI, DOORS, FORM, LONGEST, WORKER


def test_every_door_has_the_declared_form() -> None:
    wrong = [door for door in DOORS if not FORM.fullmatch(door) or len(door) > LONGEST]
    assert not wrong


def test_a_context_is_never_made_without_actor_and_door(ctx: Context) -> None:
    needed = {
        each.name
        for each in dataclasses.fields(Context)
        if each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
    }
    assert {"actor", "door"} <= needed
    with pytest.raises(TypeError):
        Context(ctx.clock, ctx.vault, ctx.wake)  # type: ignore[call-arg]


@pytest.mark.parametrize("door", ["", "window", "bot:", "bot:nowhere", "cli ", "x" * 1000])
def test_nobody_comes_by_a_door_that_there_is_not(ctx: Context, door: str) -> None:
    with pytest.raises(ValueError, match="no door"):
        ctx.through(door)


def test_another_actor_works_with_the_same_process(ctx: Context) -> None:
    theirs = ctx.acting(OPERATOR, CLI)
    assert (theirs.actor, theirs.door) == (OPERATOR, CLI)
    other = {"actor", "door"}
    same = [each.name for each in dataclasses.fields(Context) if each.name not in other]
    assert all(getattr(theirs, name) is getattr(ctx, name) for name in same)
    assert theirs.by(person(7)).door == CLI
    assert theirs.through(WORKER).actor is OPERATOR


def test_an_actor_is_named_as_evidence_names_it() -> None:
    key, staff = Actor(ActorKind.KEY, 3), Actor(ActorKind.STAFF, 4)
    named = [str(each) for each in (person(7), SOMEBODY, key, staff, OPERATOR, CLOCK)]
    assert named == ["person:7", "person", "key:3", "staff:4", "operator", "clock"]
    assert person(None) is SOMEBODY


@pytest.mark.parametrize(
    ("kind", "number"),
    [(ActorKind.KEY, None), (ActorKind.STAFF, None), (ActorKind.OPERATOR, 1), (ActorKind.CLOCK, 1)],
)
def test_an_actor_without_its_id_or_with_one_too_many(kind: ActorKind, number: int | None) -> None:
    with pytest.raises(ValueError, match=kind.value):
        Actor(kind, number)
