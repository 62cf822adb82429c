"""karman audit: who did what to people and brands."""

import argparse
from typing import TYPE_CHECKING, Any

from backend.cli.moment import moment
from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.watch.audit import Wanted
    from models.audit_entry import AuditEntry

MOST = 100_000


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "audit", "who did what to people and brands, newest first", run)
    parser.add_argument("--actor", metavar="KIND", help="operator, clock, key or staff")
    parser.add_argument("--door", metavar="DOOR", help="such as cli or worker")
    parser.add_argument("--verb", metavar="VERB", dest="did", help="such as delete_customer")
    parser.add_argument("--subject", metavar="KIND[:ID]", help="such as customer:7, or program")
    parser.add_argument("--since", metavar="TIME", help="2026-11-27, or with 12:30; UTC")
    parser.add_argument("--until", metavar="TIME", help="up to this moment and without it")
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="at most (100)")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each")


def run(arguments: argparse.Namespace) -> int:
    return run_async(audit(arguments))


async def audit(arguments: argparse.Namespace) -> None:
    import orjson

    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from backend.platform.watch.audit import trail

    if not 1 <= arguments.limit <= MOST:
        raise CannotRun(f"--limit {arguments.limit}: expected 1 to {MOST}")
    chosen = wanted(arguments)
    async with opened(start()):
        for each in await trail(chosen, arguments.limit):
            print(orjson.dumps(values(each)).decode() if arguments.json else told(each))


def wanted(arguments: argparse.Namespace) -> "Wanted":
    """Raises CannotRun for a filter that nothing can pass."""
    from backend.platform.context import ActorKind
    from backend.platform.watch.audit import Wanted
    from models.audit_entry import Verb

    subject, _, number = (arguments.subject or "").partition(":")
    return Wanted(
        actor=_one_of(ActorKind, "--actor", arguments.actor),
        door=arguments.door,
        verb=_one_of(Verb, "--verb", arguments.did),
        subject=subject or None,
        subject_id=_number(arguments.subject, number) if number else None,
        since=moment("--since", arguments.since),
        until=moment("--until", arguments.until),
    )


def _one_of(kinds: Any, option: str, given: str | None) -> Any:
    from backend.cli.explain import CannotRun

    if given is None:
        return None
    try:
        return kinds(given)
    except ValueError:
        known = ", ".join(each.value for each in kinds)
        raise CannotRun(f"{option} {given}: expected one of {known}") from None


def _number(subject: str, number: str) -> int:
    from backend.cli.explain import CannotRun

    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise CannotRun(f"--subject {subject}: expected a number behind the colon")
    return int(number)


def told(entry: "AuditEntry") -> str:
    """ "2026-11-27 12:30:00 operator cli: load_numbers program 3, 500"."""
    who = entry.actor_kind + (f":{entry.actor_id}" if entry.actor_id is not None else "")
    what = f"{entry.verb} {entry.subject_kind}"
    what += f" {entry.subject_id}" if entry.subject_id is not None else ""
    what += f", {entry.amount}" if entry.amount is not None else ""
    return f"{entry.at:%Y-%m-%d %H:%M:%S} {who} {entry.door}: {what}"


def values(entry: "AuditEntry") -> dict[str, Any]:
    """For JSON: ids are numbers, the time is ISO 8601 in UTC."""
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "actor": entry.actor_kind,
        "actor_id": entry.actor_id,
        "door": entry.door,
        "verb": entry.verb,
        "subject": entry.subject_kind,
        "subject_id": entry.subject_id,
        "amount": entry.amount,
        "account_id": entry.account_id,
        "request_id": entry.request_id,
        "before": entry.before,
        "after": entry.after,
    }
