"""Everything that is held about the person: as files, or deleted."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from backend.cards.pocket.expiry import zone_of
from backend.cards.pocket.wallet import cards_carried
from backend.customers.my_data.delete_data import Deletion, delete_data, deletion_of
from backend.customers.my_data.deletion_receipt import deletion_receipt
from backend.customers.my_data.evidence import deleted_customers
from backend.customers.my_data.export_data import data_as_json
from backend.customers.my_data.export_page import data_as_page
from backend.platform.context import Context
from backend.platform.policy import Policy
from bot.screens.my_data.my_data import (
    deleted,
    deletion_explained,
    deletion_sure,
    my_data,
    policy_page,
)
from bot.screens.screen import Alert, File, Reply, Screen
from bot.tapped import Tapped
from bot.taps.my_data import DeleteMyData, ExportMyData, MyData, ReadPolicy
from bot.visitor import Visitor
from bot.visits import DELETE_MY_DATA
from models.identity import Entrance

router = Router(name="my_data")


@router.message(Command("mydata"))
async def my_data_command(message: Message, visitor: Visitor) -> Screen:
    return my_data(visitor.words)


@router.callback_query(Tapped(MyData))
async def my_data_tap(query: CallbackQuery, visitor: Visitor) -> Screen:
    return my_data(visitor.words)


@router.callback_query(Tapped(ExportMyData))
async def export(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Reply:
    person = visitor.customer
    name = f"karman-my-data-{ctx.clock():%Y-%m-%d}"
    files = (
        File(f"{name}.html", lambda: data_as_page(ctx, person)),
        File(f"{name}.json", lambda: data_as_json(ctx, person)),
    )
    return Reply(screen=my_data(visitor.words, "mydata-exported"), files=files)


@router.message(Command("deletemydata"))
async def delete_command(message: Message, visitor: Visitor) -> Screen:
    return await _explained(visitor)


@router.callback_query(Tapped(DeleteMyData), flags=DELETE_MY_DATA)
async def delete(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: DeleteMyData
) -> Reply | Screen | Alert:
    if not visitor.known:
        return await _deleted_before(visitor, ctx, callback_data.customer)
    if callback_data.step == 0 or callback_data.customer != visitor.customer.id:
        return await _explained(visitor)
    if callback_data.step == 1:
        return deletion_sure(visitor.words, visitor.customer.id)
    done = await delete_data(ctx, visitor.customer.id)
    visitor.forgotten = True
    return await _told(visitor, done)


async def _explained(visitor: Visitor) -> Screen:
    cards = await cards_carried(visitor.customer)
    return deletion_explained(visitor.words, visitor.customer.id, cards)


async def _deleted_before(visitor: Visitor, ctx: Context, customer_id: int) -> Reply | Alert:
    """A second tap, or a first one whose answer was lost: the same receipt again."""
    person = str(visitor.chat.chat_id)
    for former in await deleted_customers(ctx, Entrance.TELEGRAM, person):
        done = deletion_of(former)
        if former.id == customer_id and done is not None:
            return await _told(visitor, done)
    return Alert(visitor.words("mydata-nothing-held"))


async def _told(visitor: Visitor, done: Deletion) -> Reply:
    """The receipt, times in the timezone of the city that was known until now."""
    if visitor.chat.keys:
        visitor.chat.keys, visitor.chat.keyboard_shown = "", True
    receipt = deletion_receipt(done, visitor.language, await zone_of(visitor.customer))
    file = File(f"karman-deletion-{done.at[:10]}.html", receipt.encode())
    return Reply(screen=deleted(visitor.words), files=(file,))


@router.callback_query(Tapped(ReadPolicy))
async def policy_text(
    query: CallbackQuery, visitor: Visitor, policy: Policy, callback_data: ReadPolicy
) -> Screen | Alert:
    if not policy.text:
        return Alert(visitor.words("mydata-no-policy"))
    return policy_page(visitor.words, policy.text, callback_data.page)
