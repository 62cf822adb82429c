"""Which deliveries an event needs: whom it concerns, and under which keys."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from backend.events.event import Event
from backend.events.every import from_payload
from backend.outbox.reaction import LONGEST_KEY, Key, Plan, Rules
from backend.platform.away import is_away
from backend.platform.watch.log import get_log

log = get_log(__name__)


@dataclass(frozen=True, slots=True)
class Announced:
    """`event`: None when the row cannot be read. Its reactions find that out, each in its own
    delivery, and no other event waits for it."""

    id: int
    kind: str
    event: Event | None


@dataclass(frozen=True, slots=True)
class Wanted:
    event_id: int
    reaction: str
    order_key: str = ""
    coalesce_key: str = ""


def announced(row: dict[str, Any]) -> Announced:
    """Of a row's id, kind and payload."""
    payload = row["payload"]
    try:
        read = orjson.loads(payload) if isinstance(payload, str | bytes) else payload
        event: Event | None = from_payload(row["kind"], read)
    except Exception:
        log.exception("an event cannot be read", event_id=row["id"], kind=row["kind"])
        event = None
    return Announced(row["id"], row["kind"], event)


async def wanted(found: Sequence[Announced], plan: Plan) -> list[Wanted]:
    """In the order of the events."""
    of_kind: dict[str, list[Announced]] = defaultdict(list)
    for each in found:
        of_kind[each.kind].append(each)
    made = [
        _wanted(name, rules, each)
        for kind, group in of_kind.items()
        for name, rules in plan[kind].items()
        for each in await _concerned(name, rules, group)
    ]
    return sorted(made, key=lambda each: each.event_id)


async def _concerned(name: str, rules: Rules, group: list[Announced]) -> list[Announced]:
    """What cannot be told is left to the reaction: it runs once too often rather than never."""
    kept = [each for each in group if each.event is None or _applies(name, rules, each)]
    asked = [each.event for each in kept if each.event is not None]
    if rules.among is None or not asked:
        return kept
    try:
        concerned = await rules.among(asked)
    except Exception as error:
        if is_away(error):
            raise
        log.exception("whom a reaction concerns is unknown: it runs for all", reaction=name)
        return kept
    return [each for each in kept if each.event is None or each.event in concerned]


def _applies(name: str, rules: Rules, each: Announced) -> bool:
    try:
        return rules.applies(each.event)
    except Exception:
        log.exception("whether a reaction applies is unknown: it runs", reaction=name)
        return True


def _wanted(name: str, rules: Rules, each: Announced) -> Wanted:
    order, coalesce = (_key(name, key, each) for key in (rules.order, rules.coalesce))
    return Wanted(each.id, name, order, coalesce)


def _key(name: str, key: Key | None, each: Announced) -> str:
    if key is None or each.event is None:
        return ""
    try:
        made = key(each.event)
        if len(made) > LONGEST_KEY:
            raise ValueError("a key is too long")
    except Exception:
        log.exception("a reaction's key is unknown: it runs by itself", reaction=name)
        return ""
    return made
