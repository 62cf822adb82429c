"""Who acts, by which door, in which language and whose day it is."""

import ast
import re

from tests.architecture.rules.syntax import offence, texts
from tests.support.source import Source

_DOOR = re.compile(r"(api|bot|cli|page|portal|till|web|worker):[a-z0-9_/]+")


def named_doors(source: Source) -> list[str]:
    """Use cases and what is below them: one that names a door is wrong at every other."""
    remedy = (
        "evidence, audit and log take the door from ctx.door; the door itself makes the context "
        "with ctx.acting(actor, door), and backend/platform/door.py lists all doors"
    )
    return [
        offence(source, node, remedy) for node, text in texts(source.tree) if _DOOR.fullmatch(text)
    ] + [
        offence(source, node, remedy)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        and node.module == "backend.platform.door"
        and {alias.name for alias in node.names} - {"AGREED_BEFORE"}
    ]


def logs_without_an_actor(source: Source) -> list[str]:
    """Use cases."""
    remedy = (
        "a use case logs with log_of(ctx, __name__) of backend/platform/watch/use_case_log.py: "
        "every line says who acted and by which door"
    )
    return [
        offence(source, node, remedy)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and any(a.name == "get_log" for a in node.names)
    ]


def languages_chosen_by_hand(source: Source) -> list[str]:
    remedy = "spoken(thing, 'name', language) of backend/platform/words.py chooses _ru or _en"
    return [
        offence(source, node, remedy)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.IfExp)
        and isinstance(node.body, ast.Attribute)
        and isinstance(node.orelse, ast.Attribute)
        and {node.body.attr[-3:], node.orelse.attr[-3:]} == {"_ru", "_en"}
    ]


def days_without_a_zone(source: Source) -> list[str]:
    """Screens, handlers and pages: a day or an hour of a moment is somebody's."""
    remedy = (
        "whose day is it? ask catalog/days.py (day_in, day_here, offer_last_day, full_moment) "
        "and write it with long_date"
    )
    return [
        offence(source, node, remedy)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            node.func.attr == "strftime"
            or (node.func.attr == "date" and not node.args and not _is_now(node.func.value))
        )
    ]


def _is_now(node: ast.expr) -> bool:
    """The clock's own day, or what is called `here`: the person's now."""
    match node:
        case ast.Name(id="here"):
            return True
        case ast.Call(func=ast.Attribute(attr="clock" | "astimezone")):
            return True
    return False
