"""karman consents: who must be asked again, whether chains and states hold, heads, proofs."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.consents.due import DueCount
    from backend.consents.heads import ExportedHead
    from backend.consents.states import Difference
    from backend.consents.verify import Verdict
    from models.account import Account


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "consents", "check, export and prove consents", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("due", help="who is asked again because a document changed, and why")
    check = actions.add_parser("verify", help="walk the chains, compare states with records")
    check.add_argument("--account", metavar="KEY", help="only this controller's")
    check.add_argument("--against", type=Path, metavar="FILE", help="heads exported before")
    right = actions.add_parser("mend", help="make what stands what the newest record says")
    right.add_argument("--account", metavar="KEY", help="only this controller's")
    right.add_argument("--yes", action="store_true", help="write it; without: show what differs")
    head = actions.add_parser("head", help="the heads of the chains, to be kept elsewhere")
    head.add_argument("--export", type=Path, metavar="FILE", help="append them to a file")
    prove = actions.add_parser("proof", help="everything about one person or one delivery")
    about = prove.add_mutually_exclusive_group(required=True)
    about.add_argument("--customer", type=int, metavar="ID")
    about.add_argument("--delivery", type=int, metavar="ID")
    prove.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.zip")
    prove.add_argument("--heads", type=Path, metavar="FILE", help="heads exported before")


def run(arguments: argparse.Namespace) -> int:
    verbs = {"due": due, "verify": verify, "mend": mend, "head": head, "proof": proof}
    return run_async(verbs[arguments.action](arguments))


async def due(_arguments: argparse.Namespace) -> int:
    from backend.cli.opened import opened, start
    from backend.consents.due import count_due

    async with opened(start()):
        found = await count_due()
    for each in found:
        print(told_due(each))
    if not found:
        print("nobody: everybody agreed to the newest versions")
    return 0


def told_due(each: "DueCount") -> str:
    """ "romashka personal_data version 2 (purpose): 120 people are asked again …"."""
    of = f" of {each.program}" if each.program else ""
    name = f"{each.account} {each.purpose}{of} version {each.version}"
    since = f"from {each.effective_from:%Y-%m-%d}"
    if not each.asked:
        return f"{name} (wording, {since}): {each.people} agreed to older words, nobody is asked"
    stopped = ", no advertising until they answer" if each.purpose == "advertising" else ""
    return (
        f"{name} (another purpose, {since}): {each.people} are asked again"
        f" at their next visit{stopped}"
    )


async def verify(arguments: argparse.Namespace) -> int:
    from backend.cli.opened import opened, start
    from backend.consents.heads import contradicted
    from backend.consents.states import differences
    from backend.consents.verify import verify_chain

    exported = read_exported(arguments.against)
    whole = True
    async with opened(start()):
        for account in await accounts(arguments.account):
            verdict = await verify_chain(account.id)
            lied = None if verdict.broken else await contradicted(account, exported)
            whole = whole and verdict.broken is None and lied is None
            print(told_verdict(account, verdict, lied), flush=True)
            async for each in differences(account.id):
                whole = False
                print(f"  {told_difference(each)}", flush=True)
    return 0 if whole else 1


async def mend(arguments: argparse.Namespace) -> int:
    from backend.cli.opened import opened, start
    from backend.consents.states import differences
    from backend.customers.choices.mend_states import mend_states

    found = 0
    async with opened(start()) as ctx:
        for account in await accounts(arguments.account):
            async for each in differences(account.id):
                found += 1
                print(f"{account.key}: {told_difference(each)}", flush=True)
                if arguments.yes:
                    await mend_states(ctx, account.id, each.customer_id)
    if not found:
        print("everything stands as the newest records say")
    elif not arguments.yes:
        print(f"{found} to be put right: nothing was written, --yes writes it")
    return 0


def told_difference(each: "Difference") -> str:
    """ "customer 7: advertising of 3 by telegram stands as yes, record 12 says no"."""
    purpose, subject_id, channel = each.subject
    by = f" by {channel}" if channel else ""
    says = f"record {each.record_id} says" if each.record_id else "no record says more than"
    stands, said = ("yes" if answer else "no" for answer in (each.stands, each.said))
    what = f"customer {each.customer_id}: {purpose} of {subject_id}{by}"
    return f"{what} stands as {stands}, {says} {said}"


async def accounts(key: str | None) -> "list[Account]":
    from backend.cli.explain import CannotRun
    from catalog.scope import controllers

    found = await controllers().filter(**({"key": key} if key else {})).order_by("key")
    if key and not found:
        raise CannotRun(f"no account has the key {key}")
    return found


def told_verdict(account: "Account", verdict: "Verdict", lied: "ExportedHead | None") -> str:
    if verdict.broken is not None:
        broken = verdict.broken
        return f"{account.key}: BROKEN at link {broken.seq}: {broken.what}"
    if lied is not None:
        return (
            f"{account.key}: REWRITTEN: the chain does not pass through link {lied.seq}"
            f" {lied.hash}, exported at {lied.at}"
        )
    lines = [f"{account.key}: {verdict.links} links hold, head {verdict.head.hash}"]
    if verdict.unlinked:
        lines.append(f"  {verdict.unlinked} records wait for a link since {verdict.waiting_since}")
    if verdict.late:
        lines.append(
            f"  {verdict.late} records say a time a day and more before their place in the chain,"
            f" the first is record {verdict.first_late}"
        )
    return "\n".join(lines)


def read_exported(path: Path | None) -> "list[ExportedHead]":
    from backend.cli.explain import CannotRun
    from backend.consents.heads import NotAHead, read_heads

    if path is None:
        return []
    try:
        return read_heads(path.read_text(encoding="utf-8").splitlines())
    except NotAHead as wrong:
        raise CannotRun(f"{path}: {wrong}") from None


async def head(arguments: argparse.Namespace) -> int:
    from backend.cli.opened import opened, start
    from backend.consents.heads import heads

    async with opened(start()) as ctx:
        lines = [each.line() + "\n" for each in await heads(ctx.clock())]
    if arguments.export is None:
        sys.stdout.writelines(lines)
        return 0
    with arguments.export.open("a", encoding="utf-8") as file:
        file.writelines(lines)
    print(f"{len(lines)} heads appended to {arguments.export}")
    return 0


async def proof(arguments: argparse.Namespace) -> int:
    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from backend.consents.proof import NothingToProve, prove_customer, prove_delivery
    from backend.platform.secrets.private_file import write_private

    exported = read_exported(arguments.heads)
    async with opened(start()):
        try:
            if arguments.customer is not None:
                pack = await prove_customer(arguments.customer, exported)
            else:
                pack = await prove_delivery(arguments.delivery, exported)
        except NothingToProve as wrong:
            raise CannotRun(str(wrong)) from None
    write_private(arguments.output, pack)
    print(f"{arguments.output}: {len(pack)} bytes")
    return 0
