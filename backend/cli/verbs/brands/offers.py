"""karman offers: look at what waits for approval, approve it, refuse it."""

import argparse
from typing import TYPE_CHECKING, Any

from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.brands.offers.list_waiting import Waits
    from backend.platform.context import Context

_REFUSED = {
    "key_invalid": "no offer is called like that; karman offers review lists what waits",
    "brand_not_found": "no brand has this key; karman offers review lists what waits",
    "offer_not_found": "this brand has no such offer; karman offers review lists what waits",
    "nothing_waits": "nothing of this offer waits; karman offers review lists what does",
    "offer_changed": "it has changed since you looked; karman offers review shows it anew",
}
_LONGEST_REASON = 1000
_NAMES = ("benefit", "terms", "pictures", "cities", "starts", "ends", "position")


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "offers", "look at what waits for approval, approve it, refuse it", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("review", help="what waits, the longest first")
    approve = actions.add_parser("approve", help="people see it from now on")
    refuse = actions.add_parser("refuse", help="send it back, with a reason")
    for named in (approve, refuse):
        named.add_argument("brand", metavar="BRAND", help="the brand's key")
        named.add_argument("offer", metavar="OFFER", help="the offer's key")
        named.add_argument("seen", metavar="SEEN", help="the eight signs that review shows")
    refuse.add_argument("--reason", required=True, metavar="TEXT", help="what its account reads")
    refuse.add_argument("--reason-en", metavar="TEXT", help="in English, when --reason is Russian")


def run(arguments: argparse.Namespace) -> int:
    return run_async(_opened(arguments))


async def _opened(arguments: argparse.Namespace) -> None:
    from backend.cli.opened import opened, start

    async with opened(start()) as ctx:
        await (review() if arguments.action == "review" else answer(arguments, ctx))


async def review() -> None:
    from backend.brands.offers.list_waiting import list_waiting
    from catalog.tenant import Scope

    found = await list_waiting(await Scope.of_operator())
    for each in found:
        print("\n".join(lines_of(each)), end="\n\n")
    if not found:
        print("nothing waits for approval")


async def answer(arguments: argparse.Namespace, ctx: "Context") -> None:
    """Raises CannotRun for a refusal."""
    from backend.brands.offers.review_offer import approve_offer, refuse_offer
    from backend.cli.explain import CannotRun
    from catalog.bilingual import Bilingual
    from catalog.tenant import Scope
    from models.refusal import Refusal

    which, scope = (arguments.brand, arguments.offer), await Scope.of_operator()
    try:
        if arguments.action == "approve":
            await approve_offer(ctx, scope, *which, seen=arguments.seen)
        else:
            reason = Bilingual(*reasons(arguments.reason, arguments.reason_en))
            await refuse_offer(ctx, scope, *which, reason, seen=arguments.seen)
    except Refusal as refusal:
        raise CannotRun(_REFUSED[refusal.code.value]) from refusal
    said = {"approve": "is approved", "refuse": "is refused; its account reads why"}
    print(f"{arguments.brand} {arguments.offer} {said[arguments.action]}")


def reasons(russian: str, english: str | None) -> tuple[str, str]:
    """Raises CannotRun for a text that is none, or too long."""
    from backend.cli.explain import CannotRun

    both = (russian.strip(), (english or russian).strip())
    if not all(0 < len(text) <= _LONGEST_REASON for text in both):
        raise CannotRun(f"--reason: expected 1 to {_LONGEST_REASON} characters")
    return both


def lines_of(waits: "Waits") -> list[str]:
    """What it says; of a change what people see now, too."""
    since = f", since {waits.since:%Y-%m-%d %H:%M}" if waits.since else ""
    kind = "new" if waits.seen is None else "a change of what people see"
    lines = [f"{waits.brand} {waits.offer}, of {waits.account}: {kind}{since}"]
    for name in _NAMES:
        value = waits.content[name]
        was = value if waits.seen is None else waits.seen[name]
        if value not in (None, []) or name == "cities" or was != value:
            lines.append(f"    {name}: {_told(name, value)}")
        if was != value:
            lines.append(f"        instead of: {_told(name, was)}")
    return [*lines, f"    karman offers approve {waits.brand} {waits.offer} {waits.digest}"]


def _told(name: str, value: Any) -> str:
    if name == "cities" and value is None:
        return "everywhere"
    if isinstance(value, dict):
        return " / ".join(" ".join(value[side].split()) for side in ("ru", "en"))
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)
