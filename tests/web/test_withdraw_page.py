"""Анна opens an old letter on a computer without Telegram and says no."""

import aiohttp
import pytest

from backend.consents.standing_answers import advertising_of
from backend.messaging.leave_link import LeaveLink, leave_path, read_leave
from backend.platform.context import Context
from models.consent_record import ConsentAction, ConsentRecord
from tests.support.factory.agreeing import Agreed, agreed
from tests.support.factory.brands import shop

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
async def anna(site: aiohttp.ClientSession, ctx: Context) -> Agreed:
    return await agreed(ctx, channels=("telegram", "email", "sms"))


def link(ctx: Context, anna: Agreed) -> str:
    return leave_path(ctx.vault, LeaveLink(anna.customer.id, anna.brand.id))


async def on(anna: Agreed) -> set[str]:
    return await advertising_of(anna.customer.id, anna.brand.id)


async def test_looking_changes_nothing(
    site: aiohttp.ClientSession, ctx: Context, anna: Agreed
) -> None:
    """Mail scanners open every link."""
    for _ in range(3):
        async with site.get(link(ctx, anna)) as answer:
            text = await answer.text()
            assert answer.status == 200
    async with site.head(link(ctx, anna)) as answer:
        assert answer.status == 200
    assert "Бренд romashka" in text
    assert 'method="post"' in text
    assert await on(anna) == {"telegram", "email", "sms"}


@pytest.mark.parametrize(
    ("action", "left"),
    [("email", {"telegram", "sms"}), ("brand", set()), ("all", set())],
)
async def test_a_button_holds_at_once(
    site: aiohttp.ClientSession, ctx: Context, anna: Agreed, action: str, left: set[str]
) -> None:
    other = await agreed(ctx, await shop("vasilek"), customer=anna.customer)
    for _ in range(2):
        async with site.post(link(ctx, anna), data={"action": action}) as answer:
            assert answer.status == 200
            assert "Готово" in await answer.text()
    assert await on(anna) == left
    assert bool(await on(other)) == (action != "all")
    said = await ConsentRecord.filter(action=ConsentAction.WITHDRAWN)
    assert {record.how for record in said} == {"page:email"}
    assert len(said) == (2 if action == "all" else 1), "pressed twice, said once"


async def test_the_mail_program_s_own_button(
    site: aiohttp.ClientSession, ctx: Context, anna: Agreed
) -> None:
    """RFC 8058: one POST, no page in between."""
    body = "List-Unsubscribe=One-Click"
    async with site.post(link(ctx, anna), data=body, headers=FORM) as answer:
        assert answer.status == 200
    assert await on(anna) == {"telegram", "sms"}
    assert (await ConsentRecord.get(action=ConsentAction.WITHDRAWN)).how == "page:one_click"


async def test_afterwards_the_page_says_so(
    site: aiohttp.ClientSession, ctx: Context, anna: Agreed
) -> None:
    async with site.post(link(ctx, anna), data={"action": "brand"}):
        pass
    async with site.get(link(ctx, anna), params={"lang": "en"}) as answer:
        assert "Advertising is off already" in await answer.text()


async def test_a_made_up_link_does_nothing(
    site: aiohttp.ClientSession, ctx: Context, anna: Agreed
) -> None:
    """Another person's number, another brand, a cut signature, something else altogether."""
    good = link(ctx, anna).removeprefix("/c/")
    customer, brand, signature = good.split("-")
    made_up = [
        f"{int(customer) + 1}-{brand}-{signature}",
        f"{customer}-{int(brand) + 1}-{signature}",
        good[:-1],
        f"{customer}-{brand}-{'0' * 64}",
        "hello",
    ]
    for token in made_up:
        assert read_leave(ctx.vault, token) is None
        async with site.post(f"/c/{token}", data={"action": "all"}) as answer:
            assert answer.status == 404
    assert await on(anna) == {"telegram", "email", "sms"}
    assert read_leave(ctx.vault, good) == LeaveLink(anna.customer.id, anna.brand.id)


async def test_an_unknown_action_shows_the_page(
    site: aiohttp.ClientSession, ctx: Context, anna: Agreed
) -> None:
    async with site.post(link(ctx, anna), data={"action": "everything"}) as answer:
        assert "Не присылать рекламу?" in await answer.text()
    assert await on(anna) == {"telegram", "email", "sms"}
