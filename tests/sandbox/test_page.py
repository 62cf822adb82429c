"""The chat page in a real Chromium against the real sandbox server and a small scripted bot."""

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import FilePayload, Locator, Page, expect

from bot.sandbox.page_api.routes import WEBHOOKS
from tests.sandbox.page_world import PHONE, World, open_world
from tests.sandbox.partner_double import LINK, signed, with_partner

pytestmark = pytest.mark.browser


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as there:
        yield there


async def say(page: Page, text: str) -> None:
    await page.get_by_label("Сообщение", exact=True).fill(text)
    await page.keyboard.press("Enter")


def bubble(page: Page, words: str) -> Locator:
    return page.locator(".bubble", has_text=words).last


async def test_anna_starts_and_taps(world: World) -> None:
    async with world.look() as page:
        await expect(page.get_by_text("Карты лояльности в одном кармане")).to_be_visible()
        await page.get_by_role("button", name="Начать").click()
        hello = bubble(page, "Здравствуйте!")
        await expect(hello.locator("strong")).to_have_text("Здравствуйте!")
        await page.get_by_role("button", name="Ещё раз").click()
        await expect(page.locator(".toast", has_text="Готово")).to_be_visible()
        await expect(bubble(page, "Меню обновлено").locator(".edited")).to_have_text("изменено")
        await expect(page.locator(".key.is-busy")).to_have_count(0)
        await page.get_by_role("button", name="Осторожно").click()
        alert = page.get_by_role("dialog")
        await expect(alert).to_contain_text("Так нельзя")
        await alert.get_by_role("button", name="Хорошо").click()
        await expect(alert).to_have_count(0)


async def test_words_of_the_bot_never_become_markup(world: World) -> None:
    async with world.look() as page:
        await page.get_by_role("button", name="Начать").click()
        await say(page, "привет")
        await expect(bubble(page, "Вы сказали")).to_contain_text("<img src=x onerror=alert(1)>")
        assert await page.locator(".bubble img").count() == 0
        await page.get_by_label("Сообщение", exact=True).press("ArrowUp")
        await say(page, "привет ещё раз")
        await expect(bubble(page, "привет ещё раз").locator(".edited")).to_be_visible()
        await page.get_by_role("button", name="/help").click()
        await expect(bubble(page, "Вы сказали: /help")).to_be_visible()


async def test_photo_opens_large_and_shows_as_json(world: World) -> None:
    async with world.look() as page:
        await page.get_by_role("button", name="Начать").click()
        await say(page, "фото")
        photo = bubble(page, "Карта «Полдень»").get_by_role("button", name="Увеличить фото")
        await photo.click()
        large = page.locator(".viewer img")
        await expect(large).to_have_js_property("naturalWidth", 640)
        await page.keyboard.press("Escape")
        await expect(large).to_have_count(0)
        await bubble(page, "Карта «Полдень»").click(button="right", position={"x": 30, "y": 260})
        await page.get_by_role("menuitem", name="Показать JSON").click()
        assert world.bot.photo_id in (await page.locator("pre.json").inner_text())


async def test_anna_shares_her_own_number(world: World) -> None:
    async with world.look() as page:
        await page.get_by_role("button", name="Начать").click()
        await say(page, "номер")
        await page.get_by_role("button", name="Поделиться номером").click()
        sheet = page.get_by_role("dialog")
        await expect(sheet).to_contain_text("+7 916 123-45-01")
        await sheet.get_by_role("button", name="Поделиться", exact=True).click()
        await expect(bubble(page, "Записал 79161234501")).to_be_visible()
        await expect(page.locator(".reply-keyboard")).to_be_hidden()
    shared = [u["message"] for u in world.bot.heard if "contact" in u.get("message", {})]
    assert shared[0]["contact"]["user_id"] == shared[0]["from"]["id"]


async def test_anna_sends_a_place_and_an_album(world: World) -> None:
    async with world.look() as page:
        await page.get_by_role("button", name="Начать").click()
        await page.get_by_role("button", name="Прикрепить").click()
        await page.get_by_role("menuitem", name="Геопозиция").click()
        await page.get_by_role("button", name="Казань").click()
        await page.get_by_role("button", name="Отправить").last.click()
        await expect(bubble(page, "55.7961, 49.1064")).to_be_visible()
        picture = io.BytesIO()
        Image.new("RGB", (300, 300), "#c0563b").save(picture, "JPEG")
        album: list[FilePayload] = [
            {"name": name, "mimeType": "image/jpeg", "buffer": picture.getvalue()}
            for name in ("1.jpg", "2.jpg")
        ]
        await page.get_by_role("button", name="Прикрепить").click()
        async with page.expect_file_chooser() as chooser:
            await page.get_by_role("menuitem", name="Фото").click()
        await (await chooser.value).set_files(album)
        await expect(page.locator(".album .photo")).to_have_count(2)


async def test_inline_results_are_offered_and_sent(world: World) -> None:
    async with world.look() as page:
        await page.get_by_role("button", name="Начать").click()
        await page.get_by_label("Сообщение", exact=True).fill("@karman_sandbox_bot кофе")
        await page.get_by_role("option", name="Полдень").click()
        sent = bubble(page, "Советую: кофе")
        await expect(sent).to_contain_text("через @karman_sandbox_bot")
        await expect(page.locator(".panel.inline")).to_be_hidden()


async def test_switching_people_blocking_and_coming_back(world: World) -> None:
    async with world.look() as page:
        await page.get_by_role("button", name="Начать").click()
        await expect(bubble(page, "Здравствуйте!")).to_be_visible()
        await page.get_by_role("button", name="Борис").click()
        await expect(page.get_by_role("button", name="Начать")).to_be_visible()
        await expect(page.locator(".bubble")).to_have_count(0)
        await page.get_by_role("button", name="Анна").click()
        await expect(bubble(page, "Здравствуйте!")).to_be_visible()
        await page.get_by_role("button", name="Заблокировать бота").click()
        await page.get_by_role("button", name="Разблокировать", exact=True).click()
        await page.get_by_role("button", name="Начать").click()
        await expect(page.locator(".bubble", has_text="Здравствуйте!")).to_have_count(2)
    members = [
        u["my_chat_member"]["new_chat_member"] for u in world.bot.heard if "my_chat_member" in u
    ]
    assert [member["status"] for member in members] == ["kicked", "member"]


async def test_quick_switching_ends_with_the_last_chosen(world: World) -> None:
    async with world.look() as page:
        await page.get_by_role("button", name="Начать").click()
        await expect(bubble(page, "Здравствуйте!")).to_be_visible()
        for name in ("Борис", "Дина", "Борис", "Анна"):
            await page.get_by_role("button", name=name).click(no_wait_after=True)
        await expect(bubble(page, "Здравствуйте!")).to_be_visible()
        await say(page, "привет")
        await expect(bubble(page, "Вы сказали: привет")).to_be_visible()
        await expect(page.locator(".toast.is-bad")).to_have_count(0)


async def test_letters_and_sms_arrive_as_text(world: World) -> None:
    async with world.look() as page:
        letter = {
            "to": "anna@example.com", "subject": "Подтвердите адрес",
            "text": "Откройте https://example.com/confirm\njavascript:alert(1) <b>нет</b>",
        }  # fmt: skip
        await world.bot.http.post(f"{world.url}/sandbox/outside/mail", json=letter)
        await page.get_by_role("button", name="Подтвердите адрес").click()
        links = page.locator(".letter-text a")
        await expect(links).to_have_count(1)
        await expect(links).to_have_attribute("href", "https://example.com/confirm")
        await expect(page.locator(".letter-text")).to_contain_text("<b>нет</b>")
        sms = {"to": "+79161234501", "text": "Код входа в кабинет 4021"}
        await world.bot.http.post(f"{world.url}/sandbox/outside/sms", json=sms)
        await page.get_by_role("tab", name="СМС").click()
        await expect(page.locator(".short")).to_contain_text("4021")


async def test_start_link_in_the_address_reaches_the_bot(world: World) -> None:
    async with world.look(query="lang=en&start=offer_7-poster") as page:
        await expect(bubble(page, "/start offer_7-poster")).to_be_visible()
        assert "start=" not in page.url


async def test_a_whole_link_may_be_pasted_where_a_payload_is_asked(world: World) -> None:
    async with world.look() as page:
        await page.get_by_role("button", name="Открыть ссылку со start").click()
        field = page.get_by_label("t.me/karman_sandbox_bot?start=")
        await field.fill("https://t.me/another_bot?start=o12")
        await page.get_by_role("button", name="Открыть", exact=True).click()
        await expect(page.get_by_role("alert")).to_contain_text("не ссылка на karman_sandbox_bot")
        await field.fill("https://t.me/karman_sandbox_bot?start=o12-shop")
        await page.get_by_role("button", name="Открыть", exact=True).click()
        await expect(bubble(page, "/start o12-shop")).to_be_visible()


async def test_an_invitation_for_a_group_asks_which_one(world: World) -> None:
    """A new group is made on the way, and the bot hears the payload there."""
    async with world.look() as page:
        await page.get_by_role("button", name="Открыть ссылку со start").click()
        field = page.get_by_label("t.me/karman_sandbox_bot?start=")
        await field.fill("https://t.me/karman_sandbox_bot?startgroup=family")
        await page.get_by_role("button", name="Открыть", exact=True).click()
        await page.get_by_role("dialog").get_by_role("button", name="Новая группа").click()
        await page.get_by_label("Название").fill("Семья")
        await page.get_by_role("button", name="Создать").click()
        await expect(bubble(page, "/start@karman_sandbox_bot family")).to_be_visible()
        await expect(bubble(page, "Здравствуйте!")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_coloured_button_stays_legible_under_the_mouse(world: World, scheme: str) -> None:
    colours = "(el) => { const s = getComputedStyle(el); return [s.color, s.backgroundColor]; }"
    async with world.look() as page:
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        await page.get_by_role("button", name="Начать").click()
        button = page.get_by_role("button", name="Ещё раз")
        await button.hover()
        await page.wait_for_timeout(300)
        ink, ground = await button.evaluate(colours)
    assert (ink, ground) == ("rgb(255, 255, 255)", "rgb(28, 127, 79)")


async def test_phone_window_has_the_chat_and_a_drawer(world: World) -> None:
    async with world.look(PHONE) as page:
        await page.get_by_role("button", name="Начать").click()
        await expect(bubble(page, "Здравствуйте!")).to_be_visible()
        widths = await page.evaluate(
            "[document.documentElement.scrollWidth, innerWidth, "
            "document.querySelector('.messages').scrollWidth - "
            "document.querySelector('.messages').clientWidth]"
        )
        assert json.dumps(widths) == "[390, 390, 0]"
        await expect(page.locator("#people")).not_to_be_visible()
        await page.get_by_role("button", name="Люди и чаты").click()
        await page.get_by_role("button", name="Борис").click()
        await expect(page.get_by_role("button", name="Начать")).to_be_visible()
        await expect(page.locator("#people")).not_to_be_visible()


async def test_a_link_to_share_is_written_into_the_chat_that_is_picked(world: World) -> None:
    """Telegram's own «send to…» of t.me/share/url."""
    async with world.look() as page:
        await page.get_by_role("button", name="Начать").click()
        shared = await page.evaluate(
            """async (address) => (await import("/static/app/links.js")).sharedText(address)""",
            "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fb%3Fstart%3Dx&text=%D0%9C%D0%BE%D1%8F",
        )
        assert shared == "https://t.me/b?start=x\nМоя"
        other = """async () => (await import("/static/app/links.js")).sharedText("https://t.me/bot?start=x")"""
        assert await page.evaluate(other) is None


async def test_a_partner_asks_the_api_and_is_told(world: World) -> None:
    """What a call has told stands in the next ones; a webhook is shown as it came."""
    async with with_partner(world.sandbox) as api, world.look() as page:
        await page.get_by_role("tab", name="Партнёр").click()
        await expect(page.get_by_text("Программа партнёра: ООО «Лавка»")).to_be_visible()
        accrue = page.locator("[data-call=callAccrue]")
        await expect(accrue.get_by_role("button", name="Выполнить")).to_be_disabled()
        await page.locator("[data-call=callCards]").get_by_role("button", name="Выполнить").click()
        await accrue.get_by_role("button", name="Выполнить").click()
        await expect(accrue.locator(".chip")).to_contain_text("201")
        asked = [(each["method"], each["path"]) for each in api.heard]
        accrued = ("POST", "/api/v1/cards/7/ledger/accrue")
        assert asked == [("GET", "/api/v1/cards?limit=200"), accrued]
        assert json.loads(api.heard[1]["body"])["amount"] == "150.00"
        assert api.heard[1]["idempotency"]
        await expect(accrue.locator(".call-link a")).to_have_attribute("href", LINK)
        hostile = "<img src=x onerror=alert(1)>"
        body = json.dumps({"type": "card.registered", "data": {"x": hostile}})
        there = f"{world.url}{WEBHOOKS}"
        await world.bot.http.post(there, data=body, headers=signed(body))
        told = page.locator("[data-webhook='card.registered']")
        await expect(told.locator(".chip")).to_have_text("подпись верна")
        await told.get_by_role("button").click()
        await expect(told.locator("pre")).to_contain_text("<img src=x onerror=alert(1)>")
        assert await told.locator("img").count() == 0


async def test_without_a_partner_there_is_no_such_tab(world: World) -> None:
    async with world.look() as page:
        await expect(page.get_by_role("tab")).to_have_count(3)
