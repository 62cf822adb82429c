"""Every mark by the name that art.yaml uses."""

from collections.abc import Callable

from tests.support.demo_art import marks_food, marks_nature, marks_things
from tests.support.demo_art.inks import Inks
from tests.support.demo_art.pen import Pen

Mark = Callable[[Pen, Inks], None]

MARKS: dict[str, Mark] = {
    name: mark
    for module in (marks_food, marks_nature, marks_things)
    for name, mark in vars(module).items()
    if not name.startswith("_") and getattr(mark, "__module__", "") == module.__name__
}
