"""How a validator of an entry complains: what is wrong, and what was expected instead."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

# Nobody finds a mistake in the middle of a page of their own text.
_LONGEST_SHOWN = 120
_LARGEST_SHOWN = 10**18


def wrong(what: str, expected: str, *, at: str = "") -> PydanticCustomError:
    """To raise. `what` goes on after the field's name: "is 'ean14'". `at` names the sibling whose
    mistake it is, when a rule between two fields is checked at the other one."""
    return _error("wrong", what, expected, at)


def told(what: str, expected: str, *, at: str = "") -> PydanticCustomError:
    """To raise, when `what` is a whole sentence: "'kasan' in cities is unknown"."""
    return _error("told", what, expected, at)


def missing(expected: str, *, at: str = "") -> PydanticCustomError:
    """To raise by a rule between fields; a required field says this by itself."""
    return wrong("is missing", expected, at=at)


def twice(what: str, expected: str, first: int) -> PydanticCustomError:
    """To raise at an item of a list; `first` is the item, from 0, that was there before."""
    text = "{what}, first as item {number}; expected {expected}"
    given = {"what": what, "expected": expected, "first": first, "number": first + 1}
    return PydanticCustomError("told", text, given)


def all_of(*complaints: tuple[tuple[int | str, ...], PydanticCustomError]) -> ValidationError:
    """To raise: several mistakes at once, each with its way from here."""
    details = [InitErrorDetails(type=error, loc=loc, input=None) for loc, error in complaints]
    return ValidationError.from_exception_data("entry", details)


def also(found: ValidationError, complaints: ValidationError) -> ValidationError:
    """To raise: the mistakes of both."""
    details = [_again(error) for error in (*complaints.errors(), *found.errors())]
    return ValidationError.from_exception_data("entry", details)


def _again(error: Any) -> InitErrorDetails:
    type_, ctx = error["type"], error.get("ctx", {})
    kind = PydanticCustomError(type_, _TEXT, ctx) if type_ in {"wrong", "told"} else type_
    return InitErrorDetails(type=kind, loc=error["loc"], input=error["input"], ctx=ctx)


_TEXT = "{what}; expected {expected}"


def _error(kind: str, what: str, expected: str, at: str) -> PydanticCustomError:
    text = "it {what}; expected {expected}" if kind == "wrong" else _TEXT
    return PydanticCustomError(kind, text, {"what": what, "expected": expected, "at": at})


def shown(value: Any) -> str:
    """A value in a message: quoted when it is text, and never longer than people read."""
    if isinstance(value, str):
        cut = len(value) > _LONGEST_SHOWN
        return repr(value[:_LONGEST_SHOWN] + "…" if cut else value)
    return kind_of(value)


def kind_of(value: Any) -> str:
    """What was given where something else was wanted: "a list", "the text 'Лавка'"."""
    if value is None or value == "":
        return "empty"
    if isinstance(value, str):
        return f"the text {shown(value)}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}" if abs(value) < _LARGEST_SHOWN else "a very large number"
    return "a group of keys" if isinstance(value, Mapping) else "a list"
