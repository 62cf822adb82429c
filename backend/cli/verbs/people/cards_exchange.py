"""karman cards import, karman cards export: what the bot does, for operators and tests."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.cli.verb import run_async

if TYPE_CHECKING:
    from models.customer import Customer

FORMATS = ("catima", "json", "csv")


def add(actions: Any) -> None:
    importing: argparse.ArgumentParser = actions.add_parser(
        "import",
        help="bring the cards of another wallet to a person",
        description="Every good row is taken; every bad one is named with its line.",
    )
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument(
        "--as", dest="person", type=int, required=True, metavar="PERSON", help="Telegram id"
    )
    importing.add_argument("--password", help="of a protected Catima archive")
    importing.set_defaults(act=act_import)
    exporting: argparse.ArgumentParser = actions.add_parser(
        "export", help="write the cards of a person to a file"
    )
    exporting.add_argument(
        "--of", dest="person", type=int, required=True, metavar="PERSON", help="Telegram id"
    )
    exporting.add_argument("--format", choices=FORMATS, required=True)
    exporting.add_argument("--password", help="protects a Catima archive")
    exporting.add_argument("-o", dest="file", type=Path, required=True, metavar="FILE")
    exporting.set_defaults(act=act_export)


def act_import(arguments: argparse.Namespace) -> int:
    return run_async(_import(arguments))


def act_export(arguments: argparse.Namespace) -> int:
    return run_async(_export(arguments))


async def _import(arguments: argparse.Namespace) -> int:
    from backend.cards.exchange.import_cards import import_cards
    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from backend.exchange.read import LARGEST
    from backend.exchange.shapes import FileRefused, Why
    from backend.platform.words import Translator
    from backend.reading.reader import Reader
    from bot.screens.exchange.import_report import full_lines
    from bot.words import load_words

    try:
        data = _bytes_of(arguments.file, LARGEST)
        async with Reader(waiting=0) as reader:
            found = await reader.cards(data, arguments.password, language="en")
    except FileRefused as refused:
        raise CannotRun(f"{arguments.file}: {refused}") from refused
    except OSError as wrong:
        raise CannotRun(f"{arguments.file}: {wrong.strerror}") from wrong
    async with opened(start(), migrated=True) as ctx:
        report = await import_cards(ctx, await _person(arguments.person), found)
    print(f"{report.source}: {report.added} added, {len(report.standing)} were there already")
    for line in full_lines(Translator(load_words(), "en"), report):
        print(line)
    return 1 if any(problem.why is not Why.TWICE for problem in report.problems) else 0


def _bytes_of(file: Path, most: int) -> bytes:
    """No more than is needed to see that it is too much."""
    with file.open("rb") as opened:
        return opened.read(most + 1)


async def _export(arguments: argparse.Namespace) -> None:
    from backend.cards.exchange.export_cards import ExportFormat, export_cards
    from backend.cli.opened import opened, start
    from backend.platform.secrets.private_file import private_target

    async with opened(start(), migrated=True) as ctx:
        person = await _person(arguments.person)
        wanted = ExportFormat(arguments.format)
        with private_target(arguments.file) as target:
            async for piece in export_cards(ctx, person, wanted, arguments.password):
                target.write(piece)
    print(f"written to {arguments.file}")


async def _person(telegram_id: int) -> "Customer":
    from backend.cli.explain import CannotRun
    from backend.customers.person.meet import in_telegram, whose

    found = await whose(in_telegram(telegram_id))
    if found is None:
        raise CannotRun(f"nobody with the Telegram id {telegram_id} has started the bot")
    return found
