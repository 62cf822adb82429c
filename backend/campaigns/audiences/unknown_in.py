"""What a tree names that the account does not have: the tree itself is right, and means nobody."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from backend.customers.person.traits import asked_by
from backend.segments.where import Tree, Way, conditions_of
from catalog.entries.messages.segment import WORTH_READING
from catalog.entries.values.suggest import one_of
from catalog.entries.values.wrong import shown
from catalog.looks.card_fields import card_fields_of
from catalog.questions.question import FieldType
from catalog.tenant import Scope
from models.program import Program

# By field: the question of which it is made.
_MADE_OF = {
    "age": FieldType.BIRTH_DATE.value,
    "birthday": FieldType.BIRTH_DATE.value,
    "gender": FieldType.GENDER.value,
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """`way` leads from the tree to what is unknown."""

    way: Way
    what: str
    expected: str


async def unknown_in(scope: Scope, account_id: int, tree: Tree | None) -> list[Unknown]:
    """Of lists, of the programs' own fields, of questions that no program asks."""
    asked = list(conditions_of(tree))
    if not any(each["field"] in {*_MADE_OF, "card_field", "list"} for _, each in asked):
        return []
    programs = await scope.programs().filter(account_id=account_id)
    keys = await scope.card_lists().filter(account_id=account_id).values_list("key", flat=True)
    found = (
        unknown
        for way, each in asked
        for unknown in _of_condition(each, way, programs, [str(key) for key in keys])
    )
    return list(islice(found, WORTH_READING))


def _of_condition(
    asked: Tree, way: Way, programs: Collection[Program], lists: Collection[str]
) -> Iterator[Unknown]:
    match asked["field"]:
        case "list":
            yield from _lists(asked, way, lists)
        case "card_field":
            fields = {each.key for program in programs for each in card_fields_of(program)}
            if asked["key"] not in fields:
                what = f"no program has the field {shown(asked['key'])}"
                yield Unknown((*way, "key"), what, _one_of(fields, asked["key"], "card_fields"))
        case "age" | "birthday" | "gender" as field:
            question = _MADE_OF[field]
            if not any(question in asked_by(program.questionnaire) for program in programs):
                what = f"no program asks for {question}"
                yield Unknown((*way, "field"), what, "a field that your people have answered")


def _lists(asked: Tree, way: Way, lists: Collection[str]) -> Iterator[Unknown]:
    for place, key in enumerate(asked["in"]):
        if key not in lists:
            what = f"there is no list {shown(key)}"
            yield Unknown((*way, "in", place), what, _one_of(lists, key, "a list"))


def _one_of(known: Collection[str], got: str, nothing: str) -> str:
    return one_of(known, got) if known else f"none: there is no {nothing} yet"


def named_lists(tree: Tree | None) -> set[str]:
    named: Iterator[Mapping[str, object]] = (each for _, each in conditions_of(tree))
    return {str(key) for each in named if each["field"] == "list" for key in _keys(each)}


def _keys(asked: Mapping[str, object]) -> list[object]:
    keys = asked["in"]
    return keys if isinstance(keys, list) else []
