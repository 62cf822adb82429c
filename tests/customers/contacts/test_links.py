"""Анна's address is confirmed by the link in her letter, once, by a button and by nothing else."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web

from backend.customers.contacts.change_email import change_email, give_email
from backend.customers.contacts.verify_ask import ask_link
from backend.customers.contacts.verify_link import LinkState, confirm_link, read_link
from backend.customers.contacts.verify_send import send_link
from backend.events.people import LinkAsked
from backend.messaging.channel import Unreachable
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import Context
from backend.platform.settings import load_settings
from backend.web.app import make_app
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.message import Message
from models.outbox import OutboxEvent
from models.verification import Verification
from tests.support.clock import StoppedClock
from tests.support.edge.phones import BASE_URL, Mailboxes, open_post
from tests.support.factory.customers import someone
from tests.support.outbox import happened

ANNA = "anna@example.ru"


@pytest.fixture
def mail() -> Mailboxes:
    return Mailboxes()


@pytest.fixture
def post(mail: Mailboxes) -> GatedChannels:
    return open_post(email=mail)


async def asked(ctx: Context, post: GatedChannels, customer: Customer, address: str = ANNA) -> int:
    link = await ask_link(ctx, customer, address)
    await send_link(post, ctx, happened(LinkAsked(customer.id, link.verification_id)))
    return link.verification_id


@asynccontextmanager
async def browser(ctx: Context) -> AsyncIterator[Callable[..., Awaitable[tuple[int, str]]]]:
    """Opens a path of the site, or posts to it: the status and the page."""
    runner = web.AppRunner(make_app(load_settings(), ctx), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"

    async def visit(verb: str, path: str, **form: str) -> tuple[int, str]:
        headers = {"Accept-Language": "en"}
        async with http.request(verb, base + path, data=form, headers=headers) as got:
            assert got.headers["Referrer-Policy"] == "no-referrer"
            assert "script" not in got.headers["Content-Security-Policy"].replace("'none'", "")
            return got.status, await got.text()

    try:
        async with ClientSession() as http:
            yield visit
    finally:
        await runner.cleanup()


async def test_looking_confirms_nothing_and_the_button_does(
    ctx: Context, post: GatedChannels, mail: Mailboxes, database: str
) -> None:
    anna = await someone(ctx, 1, "en")
    await give_email(ctx, anna, ANNA)
    row = await Verification.get()
    await send_link(post, ctx, happened(LinkAsked(anna.id, row.id)))
    letter = mail.letters[0]
    assert letter.to == ANNA
    assert mail.link.startswith(f"{BASE_URL}/e/{row.id}-")
    assert mail.link in letter.text
    assert mail.link in letter.html
    path = mail.link.removeprefix(BASE_URL)
    async with browser(ctx) as visit:
        for verb in ("GET", "HEAD", "GET"):
            assert (await visit(verb, path))[0] == 200
        assert (await Contact.get()).verified_at is None
        status, page = await visit("GET", path)
        assert "a•••@example.ru" in page
        assert ANNA not in page
        assert 'value="confirm"' in page
        status, page = await visit("POST", path, action="confirm")
        assert (status, "Your address is confirmed" in page) == (200, True)
        for verb in ("GET", "POST"):
            status, page = await visit(verb, path, action="confirm")
            assert "confirmed already" in page
            assert "<button" not in page
    contact = await Contact.get()
    assert (contact.verified_by, contact.verified_at) == ("link", ctx.clock())
    assert await OutboxEvent.filter(kind="ContactVerified").count() == 1


async def test_the_link_is_nowhere_to_be_read(
    ctx: Context, post: GatedChannels, mail: Mailboxes, database: str
) -> None:
    anna = await someone(ctx, 1)
    await asked(ctx, post, anna)
    kept = [
        (await Verification.get()).__dict__,
        (await Message.get()).__dict__,
        *await OutboxEvent.all().values(),
    ]
    signature = mail.token.partition("-")[2]
    assert signature not in repr(kept)
    assert ANNA not in repr(kept)


async def test_a_changed_link_is_broken(
    ctx: Context, post: GatedChannels, mail: Mailboxes, database: str
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    first = await asked(ctx, post, anna)
    token = mail.token
    second = await asked(ctx, post, boris, "boris@example.ru")
    number, _, signature = token.partition("-")
    flipped = signature[:-1] + ("0" if signature[-1] != "0" else "1")
    forged = [
        f"{second}-{signature}",
        f"{number}-{flipped}",
        f"0{number}-{signature}",
        f"{number}-{signature.upper()}",
        f"{number}-{signature[:-1]}",
        f"{number}-",
        f"{first + 1000}-{signature}",
        f"{number}-{ctx.vault.sign(number)}",
        "9" * 40 + "-" + signature,
        "",
        "%00",
    ]
    for wrong in forged:
        assert (await confirm_link(ctx, wrong)).state is LinkState.BROKEN, wrong
    assert not await Contact.filter(verified_at__isnull=False).exists()
    async with browser(ctx) as visit:
        status, page = await visit("POST", f"/e/{number}-{flipped}", action="confirm")
        assert (status, "does not work" in page) == (404, True)
    await Verification.filter(id=first).update(
        blind_index=ctx.vault.blind_index("email", "mallory@example.ru")
    )
    assert (await confirm_link(ctx, token)).state is LinkState.BROKEN, "a swapped address"


async def test_pressed_many_times_at_once_it_confirms_once(
    ctx: Context, post: GatedChannels, mail: Mailboxes, database: str
) -> None:
    anna = await someone(ctx, 1)
    await asked(ctx, post, anna)
    ended = await asyncio.gather(*(confirm_link(ctx, mail.token) for _ in range(8)))
    assert {end.state for end in ended} <= {LinkState.CONFIRMED, LinkState.ALREADY}
    assert await OutboxEvent.filter(kind="ContactVerified").count() == 1


async def test_an_old_link_offers_a_new_letter(
    ctx: Context,
    post: GatedChannels,
    mail: Mailboxes,
    clock: StoppedClock,
    database: str,
) -> None:
    anna = await someone(ctx, 1, "en")
    await asked(ctx, post, anna)
    path, old = mail.link.removeprefix(BASE_URL), mail.token
    clock.advance(hours=48)
    async with browser(ctx) as visit:
        status, page = await visit("POST", path, action="confirm")
        assert (status, "too old" in page) == (410, True)
        assert not await Contact.exists()
        status, page = await visit("POST", path, action="again")
        assert "on its way" in page
        status, page = await visit("POST", path, action="again")
        assert "newer letter" in page
    newest = await Verification.all().order_by("-id").first()
    assert newest is not None
    await send_link(post, ctx, happened(LinkAsked(anna.id, newest.id)))
    assert (await confirm_link(ctx, old)).state is LinkState.REPLACED
    assert (await confirm_link(ctx, mail.token)).state is LinkState.CONFIRMED


async def test_a_refused_mailbox_is_told_and_can_be_corrected(
    ctx: Context, post: GatedChannels, mail: Mailboxes, database: str
) -> None:
    anna = await someone(ctx, 1)
    mail.trouble = Unreachable("no such mailbox: 550", gone=False)
    await asked(ctx, post, anna, "anan@example.ru")
    told = await OutboxEvent.get(kind="ContactRefused")
    assert (told.payload["kind"], told.payload["reason"]) == ("email", "recipient")
    mail.trouble = None
    assert await change_email(ctx, anna, ANNA) is not None
    newest = await Verification.all().order_by("-id").first()
    assert newest is not None
    await send_link(post, ctx, happened(LinkAsked(anna.id, newest.id)))
    assert (await confirm_link(ctx, mail.token)).state is LinkState.CONFIRMED


async def test_a_confirmed_address_stays_until_the_new_one_is_confirmed(
    ctx: Context, post: GatedChannels, mail: Mailboxes, database: str
) -> None:
    anna = await someone(ctx, 1)
    await asked(ctx, post, anna)
    await confirm_link(ctx, mail.token)
    before = await Contact.get(kind=ContactKind.EMAIL)
    await change_email(ctx, anna, "new@example.ru")
    after = await Contact.get(kind=ContactKind.EMAIL)
    assert (after.blind_index, after.verified_at) == (before.blind_index, before.verified_at)
    assert await give_email(ctx, anna, ANNA) is None, "known already: no second letter"


async def test_the_limits_do_not_stop_a_questionnaire(ctx: Context, database: str) -> None:
    anna = await someone(ctx, 1)
    for number in range(7):
        await give_email(ctx, anna, f"a{number}@example.ru")
    assert await Verification.all().count() == 5
    kept = await Contact.get()
    assert kept.blind_index == ctx.vault.blind_index("email", "a6@example.ru")


async def test_a_deleted_person_leaves_a_broken_link(
    ctx: Context, post: GatedChannels, mail: Mailboxes, database: str
) -> None:
    anna = await someone(ctx, 1)
    await asked(ctx, post, anna)
    await Customer.filter(id=anna.id).update(data_key=None)
    assert (await read_link(ctx, mail.token)).state is LinkState.BROKEN
