"""karman sms: what becomes of the SMS that the gateway has taken."""

import argparse
from typing import TYPE_CHECKING

from backend.cli.refusing import run_action
from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.context import Context


def add(verbs: Verbs) -> None:
    verb(verbs, "sms", "where the gateway reports what became of SMS, and what it has said", run)


def run(arguments: argparse.Namespace) -> int:
    return run_async(run_action(show, arguments, {}))


async def show(_arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.cascades.door import report_path
    from backend.cascades.how_reported import how_reported
    from backend.messaging.sms.reports import sms_reports
    from backend.platform.settings import load_settings

    settings = load_settings()
    if sms_reports(settings) is None:
        print("no gateway reports: KARMAN_SMS_GATEWAY is not set, or KARMAN_SMS_REPORT is missing")
    else:
        print(f"the gateway reports to {settings.base_url.rstrip('/')}{report_path(ctx.vault)}")
    for reported, messages in await how_reported():
        print(f"{messages:>9} {reported}")
