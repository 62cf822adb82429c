"""The page for people: every operation, without JavaScript, under the strict policy."""

import pytest

from backend.web.api.docs import curl_of
from backend.web.api.operations import OPERATIONS
from tests.support.caller import Caller
from tests.support.chat.browsing import chromium


async def test_every_operation_is_on_the_page(stranger: Caller) -> None:
    told = await stranger.get("/api/docs", accept="text/html")
    assert told.status == 200
    for each in OPERATIONS:
        assert f'id="{each.name}"' in told.text
        assert each.summary in told.text
    assert "<script" not in told.text
    assert 'style="' not in told.text
    assert "unsafe" not in told.headers["Content-Security-Policy"]


def test_a_curl_says_all_that_the_operation_needs() -> None:
    for each in OPERATIONS:
        curl = curl_of(each)
        assert ("Idempotency-Key" in curl) == (each.method == "POST")
        assert ("If-Match" in curl) == (each.stands is not None)
        assert "{" not in curl.split("\n")[0], "every hole is filled"


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.sample("sqlite")
async def test_it_is_read_in_a_browser(stranger: Caller, width: int) -> None:
    site = str(stranger.session._base_url).rstrip("/")
    wrong = list[str]()
    async with chromium(viewport={"width": width, "height": 900}) as page:
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        await page.goto(f"{site}/api/docs?lang=en")
        assert await page.locator("details").count() == len(OPERATIONS)
        await page.locator("#post_programs summary").click()
        shown = page.locator("#post_programs pre").first
        assert "Idempotency-Key" in await shown.inner_text()
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        assert wrong == []
