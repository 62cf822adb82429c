"""karman triggers: which triggers brands have, how they do, and switching them."""

import argparse
from typing import TYPE_CHECKING

from backend.cli.refusing import run_action
from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.context import Context
    from models.trigger import Trigger

_REFUSED = {
    "trigger_not_found": "no trigger has this id; karman triggers list shows them",
    "brand_not_found": "no brand has this key",
}


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "triggers", "look at brands' triggers, switch them on and off", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help="every trigger, whether it is on, how many it told")
    listed.add_argument("--brand", metavar="BRAND", help="of this brand alone, by its key")
    shown = actions.add_parser("show", help="a trigger whole, and why people were told nothing")
    on = actions.add_parser("on", help="people are told from now on")
    off = actions.add_parser("off", help="what waits is stopped")
    for named in (shown, on, off):
        named.add_argument("trigger", metavar="ID", type=int, help="the trigger's id")


def run(arguments: argparse.Namespace) -> int:
    actions = {"list": list_all, "show": show, "on": switch, "off": switch}
    return run_async(run_action(actions[arguments.action], arguments, _REFUSED))


async def list_all(arguments: argparse.Namespace, _ctx: "Context") -> None:
    from backend.brands.keys import brand_of
    from backend.triggers.counts import count_triggers
    from catalog.tenant import Scope

    scope = await Scope.of_operator()
    found = scope.triggers().filter(removed_at__isnull=True).select_related("brand")
    if arguments.brand:
        found = found.filter(brand_id=(await brand_of(scope, arguments.brand)).id)
    triggers = await found.order_by("brand_id", "id")
    counts = await count_triggers([each.id for each in triggers])
    for each in triggers:
        count, state = counts[each.id], "on" if each.is_on else "off"
        print(
            f"{each.id:6} {each.brand.key:20} {each.event.value:16} {state:4}"
            f"{count.waiting:7} wait {count.fired:9} told  {each.name}"
        )


async def show(arguments: argparse.Namespace, _ctx: "Context") -> None:
    from backend.triggers.counts import count_triggers

    trigger = await _named(arguments.trigger)
    count = (await count_triggers([trigger.id]))[trigger.id]
    print(f"{trigger.id} {trigger.name}: {'on' if trigger.is_on else 'off'} since {trigger.since}")
    print(f"    brand: {trigger.brand.key}, key: {trigger.key}, purpose: {trigger.purpose.value}")
    print(f"    when: {trigger.event.value} {trigger.options}")
    for language, wording in trigger.wordings[-1]["content"].items():
        if language in {"ru", "en"}:
            print(f"    {language}: {' '.join(wording['text'].split())}")
    print(f"    {count.waiting} wait, {count.fired} were told")
    for reason, number in sorted(count.dropped.items()):
        print(f"    told nothing: {number} ({reason})")


async def switch(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.triggers.switch_trigger import switch_trigger
    from catalog.tenant import Scope

    on = arguments.action == "on"
    await switch_trigger(ctx, await Scope.of_operator(), arguments.trigger, on=on)
    print(f"trigger {arguments.trigger} is {arguments.action}")


async def _named(trigger_id: int) -> "Trigger":
    from catalog.tenant import Scope
    from models.refusal import Code, Refusal

    found = (await Scope.of_operator()).triggers().filter(id=trigger_id, removed_at__isnull=True)
    trigger = await found.select_related("brand").first()
    if trigger is None:
        raise Refusal(Code.TRIGGER_NOT_FOUND)
    return trigger
