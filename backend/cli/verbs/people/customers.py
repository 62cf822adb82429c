"""karman customers: answer a person who asks about their data by another way than the bot."""

import argparse
from collections.abc import AsyncIterator
from pathlib import Path

from backend.cli.verb import Verbs, run_async, verb

_KINDS = ("telegram", "phone", "email")


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "customers", "find, export and delete a person's data", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    find = actions.add_parser("find", help="ids by a contact; deleted ones too")
    find.add_argument("kind", choices=_KINDS)
    find.add_argument("value")
    export = actions.add_parser("export", help="write everything held about a customer")
    export.add_argument("customer", type=int, metavar="ID")
    export.add_argument("folder", type=Path, metavar="DIR")
    delete = actions.add_parser("delete", help="delete a customer's data for good")
    delete.add_argument("customer", type=int, nargs="+", metavar="ID")
    delete.add_argument("--yes", action="store_true", help="really")
    join = actions.add_parser("join", help="say as whom a customer without the bot will open it")
    join.add_argument("customer", type=int, metavar="ID")
    join.add_argument("telegram", type=int, metavar="TELEGRAM_ID")
    actions.add_parser("deleted", help="ids of deleted customers: to delete again after a restore")


def run(arguments: argparse.Namespace) -> int:
    if arguments.action == "find":
        return run_async(find(arguments.kind, arguments.value))
    if arguments.action == "export":
        return run_async(export(arguments.customer, arguments.folder))
    if arguments.action == "delete":
        return run_async(delete(arguments.customer, really=arguments.yes))
    if arguments.action == "join":
        return run_async(join(arguments.customer, arguments.telegram))
    return run_async(deleted())


async def join(customer_id: int, telegram_id: int) -> None:
    from tortoise.exceptions import DoesNotExist

    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from backend.customers.person import join as joining
    from backend.customers.person.meet import in_telegram
    from models.refusal import Refusal

    async with opened(start()) as ctx:
        try:
            await joining.join(ctx, customer_id, in_telegram(telegram_id))
        except DoesNotExist as missing:
            raise CannotRun(f"{customer_id}: no such customer") from missing
        except Refusal as refusal:
            raise CannotRun(
                f"{telegram_id} has opened the bot already, or customer {customer_id} is somebody"
                " else there: find tells who, and their data can be deleted first"
            ) from refusal
    print(f"{customer_id}: known in Telegram as {telegram_id}")


async def find(kind: str, value: str) -> int:
    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from backend.customers.my_data.find import find_customers
    from models.refusal import Refusal

    async with opened(start()) as ctx:
        try:
            found = await find_customers(ctx, kind, value)
        except Refusal as refusal:
            raise CannotRun("expected a phone number such as +79161234567") from refusal
    for customer in found:
        print(customer.id, f"deleted {customer.deleted_at}" if customer.deleted_at else "")
    if not found:
        print("nobody")
    return 0 if found else 1


async def export(customer_id: int, folder: Path) -> None:
    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from backend.customers.my_data.export_data import data_as_json
    from backend.customers.my_data.export_page import data_as_page
    from backend.customers.my_data.to_export import customer_to_export

    async with opened(start()) as ctx:
        customer = await customer_to_export(ctx, customer_id)
        if customer is None:
            raise CannotRun(f"nothing is held about customer {customer_id}")
        await _write(folder, f"customer-{customer_id}.html", data_as_page(ctx, customer))
        await _write(folder, f"customer-{customer_id}.json", data_as_json(ctx, customer))


async def _write(folder: Path, name: str, pieces: AsyncIterator[bytes]) -> None:
    """Readable by the operator's own user alone."""
    from backend.platform.secrets.private_file import private_folder, private_target

    private_folder(folder)
    path = folder / name
    with private_target(path) as target:
        async for piece in pieces:
            target.write(piece)
    print(path)


async def delete(customer_ids: list[int], *, really: bool) -> int:
    from tortoise.exceptions import DoesNotExist

    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from backend.customers.my_data.delete_data import delete_data

    if not really:
        raise CannotRun("this cannot be undone: add --yes")
    missing = 0
    async with opened(start()) as ctx:
        for customer_id in customer_ids:
            try:
                done = await delete_data(ctx, customer_id)
            except DoesNotExist:
                missing += 1
                print(f"{customer_id}: no such customer")
                continue
            print(f"{customer_id}: deleted {done.at}, {done.cards} cards, {done.contacts} contacts")
    return 1 if missing else 0


async def deleted() -> None:
    from backend.cli.opened import opened, start
    from models.customer import Customer

    async with opened(start()):
        for customer in await Customer.exclude(deleted_at=None).order_by("id"):
            print(customer.id, customer.deleted_at)
