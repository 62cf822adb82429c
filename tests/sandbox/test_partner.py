"""The partner of the page: its calls reach the API with its key, and only signed webhooks count."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from standardwebhooks import Webhook

from bot.sandbox.page_api.partner import WEBHOOK_BYTES
from bot.sandbox.page_api.routes import WEBHOOKS
from tests.sandbox.partner_double import JSON, TOLD, Api, signed, with_partner
from tests.support.chat.telegram import Telegram


@pytest.fixture
async def page(telegram: Telegram) -> Telegram:
    return telegram


@pytest.fixture
async def api(page: Telegram) -> AsyncIterator[Api]:
    async with with_partner(page.sandbox) as there:
        yield there


async def asked(page: Telegram, status: int = 200, **call: Any) -> Any:
    return await page.page("POST", "/sandbox/partner/ask", json=call, status=status)


async def test_a_call_has_the_key_of_the_partner(page: Telegram, api: Api) -> None:
    answer = await asked(
        page, method="POST", path="/api/v1/cards?limit=1", body='{"a": 1}',
        headers={"Idempotency-Key": "one", "Authorization": "Bearer other", "X-More": "x"},
    )  # fmt: skip
    assert (answer["status"], answer["headers"]["ETag"]) == (201, '"1"')
    assert "Server" not in answer["headers"]
    assert api.heard == [
        {
            "method": "POST",
            "path": "/api/v1/cards?limit=1",
            "key": "Bearer karman_key",
            "idempotency": "one",
            "body": '{"a": 1}',
        }
    ]


@pytest.mark.parametrize(
    "call",
    [
        {"method": "GET", "path": "/sandbox/people"},
        {"method": "GET", "path": "/api/../metrics"},
        {"method": "GET", "path": "@other.example/api/"},
        {"method": "TRACE", "path": "/api/v1/cards"},
        {"method": "GET"},
        {"method": "GET", "path": "/api/v1/cards", "headers": {"If-Match": "a\r\nX: b"}},
        {"method": "GET", "path": "/api/v1/cards", "headers": []},
    ],
)
async def test_what_is_no_call_of_the_api_goes_nowhere(
    page: Telegram, api: Api, call: dict[str, Any]
) -> None:
    assert "error" in await asked(page, 400, **call)
    assert api.heard == []


async def test_an_api_that_is_away_is_said(page: Telegram, api: Api) -> None:
    await api.server.close()
    told = await asked(page, 502, method="GET", path="/api/v1/account")
    assert "did not answer" in told["error"]


async def told(page: Telegram, body: bytes, headers: dict[str, str]) -> int:
    where = page.url + WEBHOOKS
    async with (
        aiohttp.ClientSession() as http,
        http.post(where, data=body, headers=headers) as answer,
    ):
        return answer.status


async def test_a_webhook_that_is_signed_is_taken_and_shown(page: Telegram, api: Api) -> None:
    assert await told(page, TOLD.encode(), signed(TOLD)) == 204
    rotated = signed(TOLD)
    older = Webhook("whsec_" + "b2xkb2xk" * 4).sign("msg_1", datetime.now(UTC), TOLD)
    rotated["webhook-signature"] = f"{older} {rotated['webhook-signature']}"
    assert await told(page, TOLD.encode(), rotated) == 204
    shown = await page.page("GET", "/sandbox/partner/webhooks")
    assert [(each["type"], each["signed"]) for each in shown] == [("card.registered", True)] * 2
    assert shown[0]["body"] == TOLD


async def test_what_is_not_signed_is_refused(page: Telegram, api: Api) -> None:
    now = datetime.now(UTC)
    forged = [
        {},
        signed(TOLD, "whsec_" + "b3RoZXJz" * 4),
        signed(TOLD + " "),
        signed(TOLD, at=now - timedelta(minutes=6)),
        signed(TOLD, at=now + timedelta(minutes=6)),
        signed(TOLD) | {"webhook-id": "msg_2"},
        signed(TOLD) | {"webhook-timestamp": "²"},
        signed(TOLD) | {"webhook-id": "\udcff", "webhook-signature": "v1,\udcff"},
    ]
    for headers in forged:
        assert await told(page, TOLD.encode(), JSON | headers) == 401
    shown = await page.page("GET", "/sandbox/partner/webhooks")
    assert [each["signed"] for each in shown] == [False] * len(forged)


async def test_nonsense_is_shown_and_too_much_is_not_kept(page: Telegram, api: Api) -> None:
    assert await told(page, b"\xff[", JSON) == 401
    huge = b"x" * (WEBHOOK_BYTES + 1)
    assert await told(page, huge, JSON) == 413
    (only,) = await page.page("GET", "/sandbox/partner/webhooks")
    assert (only["type"], only["body"]) == ("", "\ufffd[")


async def test_a_sandbox_without_a_partner_says_so(tmp_path: Path) -> None:
    async with Telegram(tmp_path) as alone:
        assert await alone.page("GET", "/sandbox/partner") == {}
        await asked(alone, 404, method="GET", path="/api/v1/account")
        assert await told(alone, b"{}", signed("{}")) == 404
