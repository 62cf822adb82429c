"""karman jobs: work on many, as accounts have sent it."""

import argparse
from typing import TYPE_CHECKING

from backend.cli.refusing import run_action
from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.context import Context
    from models.job import Job

_REFUSED = {
    "job_not_found": "no job has this id; karman jobs list shows them",
    "job_ended": "this job has ended: nothing is left to cancel",
}
_LISTED = 50


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "jobs", "list, show and cancel work on many", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help=f"the newest {_LISTED} jobs, the newest first")
    listed.add_argument("account", nargs="?", metavar="ACCOUNT", help="the account's key")
    for name, explained in (
        ("show", "one job, and what was wrong in its file"),
        ("cancel", "do no more of it; what is done stays done"),
    ):
        named = actions.add_parser(name, help=explained)
        named.add_argument("job", type=int, metavar="ID", help="as list shows it")


def run(arguments: argparse.Namespace) -> int:
    actions = {"list": list_jobs, "show": show_job, "cancel": cancel}
    return run_async(run_action(actions[arguments.action], arguments, _REFUSED))


async def list_jobs(arguments: argparse.Namespace, _ctx: "Context") -> None:
    from backend.access.whose import account_called
    from backend.cli.explain import CannotRun
    from backend.jobs.read_result import newest_jobs
    from catalog.tenant import Scope

    scope = await Scope.of_operator()
    if arguments.account:
        account = await account_called(arguments.account)
        if account is None:
            raise CannotRun(f"no account has the key {arguments.account}")
        scope = Scope.of([account.id])
    for job in await newest_jobs(scope, _LISTED):
        print(told(job))


async def show_job(arguments: argparse.Namespace, _ctx: "Context") -> None:
    from backend.jobs.read_result import read_result
    from backend.jobs.steer_job import job_of
    from catalog.tenant import Scope

    job = await job_of(await Scope.of_operator(), arguments.job)
    print(told(job))
    async for some in read_result(job):
        for line, what, expected in some:
            print(f"{line}: {what}" + (f"; expected {expected}" if expected else ""))


async def cancel(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.jobs.steer_job import cancel_job
    from catalog.tenant import Scope

    print(told(await cancel_job(ctx, await Scope.of_operator(), arguments.job)))


def told(job: "Job") -> str:
    """ "311  numbers  done  lavka-card  1000 lines, 1000 read, 998 done, 2 bad"."""
    about = job.program or job.brand
    whose = about.key if about is not None else ""
    counts = f"{job.lines} lines, {job.read} read, {job.done} done, {job.bad} bad"
    why = f"  {job.reason}" if job.reason else ""
    return f"{job.id}  {job.kind.value:8}{job.state.value:10}{whose}  {counts}{why}"
