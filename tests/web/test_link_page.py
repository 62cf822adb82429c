"""Анна follows a link of «Ромашка»."""

import asyncio

import aiohttp

from backend.customers.my_data.delete_data import delete_data
from backend.links.clicks import clicked
from backend.links.keep import LinkedSource, keep_links
from backend.links.token import link_token
from backend.platform.context import Context
from models.brand import Brand
from models.customer import Customer
from models.message import Message
from models.message_purpose import MessagePurpose
from models.short_link import MOST_TIMES, LinkClick, ShortLink
from tests.support.clock import StoppedClock
from tests.support.factory.brands import shop
from tests.support.factory.customers import someone

PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/124.0 Mobile Safari/537.36"}
SALE = "https://shop.example/sale?a=1"


async def sent(ctx: Context, customer: Customer, brand: Brand) -> Message:
    return await Message.create(
        customer=customer, brand=brand, purpose=MessagePurpose.PROMO, kind="campaign",
        created_at=ctx.clock(),
    )  # fmt: skip


async def answered(site: aiohttp.ClientSession, path: str, **given: str) -> tuple[int, str]:
    method = given.pop("method", "GET")
    asked = site.request(method, path, headers=PHONE | given, allow_redirects=False)
    async with asked as answer:
        return answer.status, answer.headers.get("Location", "")


def _of_nobody(page: dict[str, object]) -> str:
    return str({name: value for name, value in page.items() if name != "request_id"})


async def test_a_link_leads_on_and_is_counted_once_for_each_message(
    site: aiohttp.ClientSession, ctx: Context, clock: StoppedClock
) -> None:
    _, _, brand = await shop()
    anna = await someone(ctx)
    message, other = await sent(ctx, anna, brand), await sent(ctx, anna, brand)
    source = LinkedSource(brand.id, "campaign:1", "spring")
    ids = await keep_links(ctx, source, "telegram", [SALE, "https://b.example", SALE])
    assert await keep_links(ctx, source, "telegram", [SALE]) == {SALE: ids[SALE]}
    path = f"/l/{link_token(ctx.vault, ids[SALE], message.id)}"
    leads = f"{SALE}&utm_source=karman&utm_medium=telegram&utm_campaign=spring"

    async with site.get(path, headers=PHONE, allow_redirects=False) as answer:
        assert answer.status == 302
        assert answer.headers["Location"] == leads
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in answer.headers
        assert await answer.read() == b""
    assert await clicked([message.id, other.id]) == {message.id}
    began = clock()
    clock.advance(hours=2)
    assert set(await asyncio.gather(*(answered(site, path) for _ in range(5)))) == {(302, leads)}
    (click,) = await LinkClick.all()
    assert (click.times, click.first_at, click.last_at) == (6, began, clock())
    await LinkClick.all().update(times=MOST_TIMES)
    await answered(site, path)
    assert (await LinkClick.get()).times == MOST_TIMES

    unread = f"/l/{link_token(ctx.vault, ids[SALE], other.id)}"
    for looked in ({"User-Agent": "TelegramBot (like TwitterBot)"}, {"Purpose": "prefetch"}):
        assert await answered(site, unread, **looked) == (302, leads)
    assert await answered(site, unread, method="HEAD") == (302, leads)
    assert await clicked([message.id, other.id]) == {message.id}
    assert await clicked([]) == set()


async def test_what_was_not_made_here_and_who_is_gone_are_the_same(
    site: aiohttp.ClientSession, ctx: Context
) -> None:
    _, _, brand = await shop()
    _, _, rival = await shop("rival")
    anna = await someone(ctx)
    message = await sent(ctx, anna, brand)
    ids = await keep_links(ctx, LinkedSource(brand.id, "campaign:1", ""), "sms", [SALE])
    token = link_token(ctx.vault, ids[SALE], message.id)
    theirs = await sent(ctx, anna, rival)
    assert (await answered(site, f"/l/{token}"))[0] == 302

    forged = (
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        link_token(ctx.vault, ids[SALE] + 1, message.id),
        link_token(ctx.vault, ids[SALE], message.id + 100),
        link_token(ctx.vault, ids[SALE], theirs.id),
        "1" * 16, "0" * 16,
    )  # fmt: skip
    pages = set()
    for each in forged:
        async with site.get(f"/l/{each}", headers=PHONE, allow_redirects=False) as answer:
            assert answer.status == 404
            pages.add(_of_nobody(await answer.json()))
    for path in ("/l/", "/l/x", f"/l/{'a' * 32}", "/l/ab_cd-efghij"):
        assert (await answered(site, path))[0] == 404
    await delete_data(ctx, anna.id)
    async with site.get(f"/l/{token}", headers=PHONE, allow_redirects=False) as answer:
        assert answer.status == 404
        pages.add(_of_nobody(await answer.json()))
    assert len(pages) == 1
    assert await LinkClick.all().count() == 0
    assert await ShortLink.all().count() == 1
    assert (await answered(site, f"/l/{token}", method="POST"))[0] == 405
