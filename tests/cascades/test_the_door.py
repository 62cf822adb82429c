"""The gateway calls by itself, at an address that nobody else knows."""

import argparse
import hashlib
from collections.abc import AsyncIterator

import aiohttp
import pytest

from backend.cascades.door import report_path
from backend.cli.verbs.partners.sms import show
from backend.platform.settings import Settings
from backend.web.run import listening
from models.message import DeliveryState, Reported
from tests.cascades.conftest import EMAIL, SMS, Cascades

KEY = "KEY-1"


@pytest.fixture
async def site(cascades: Cascades) -> AsyncIterator[aiohttp.ClientSession]:
    settings = Settings(listen="127.0.0.1:0", sms_gateway="smsru", sms_api_id=KEY)
    async with (
        listening(settings, cascades.ctx) as address,
        aiohttp.ClientSession(address) as session,
    ):
        yield session


def said(sms_id: str, status: int) -> dict[str, str]:
    line = f"sms_status\n{sms_id}\n{status}\n1764320000"
    return {"data[0]": line, "hash": hashlib.sha256((KEY + line).encode()).hexdigest()}


async def test_what_the_gateway_says_stands_on_the_delivery(
    cascades: Cascades, site: aiohttp.ClientSession, capsys: pytest.CaptureFixture[str]
) -> None:
    message = await cascades.message(await cascades.campaign(SMS, EMAIL), await cascades.somebody())
    await cascades.ends(message, DeliveryState.DELIVERED, "000-17")
    path = report_path(cascades.ctx.vault)
    strangers = (
        ("/hooks/sms/" + "0" * 64, said("000-17", 103), 404),
        (path, {**said("000-17", 103), "hash": "0" * 64}, 403),
        (path, said("000-99", 103), 200),
        (path, {f"data[{n}]": "x" for n in range(301)}, 422),
        (path, {"data[0]": "x" * 70_000}, 413),
    )
    for where, given, status in strangers:
        async with site.post(where, data=given) as answer:
            assert answer.status == status
    assert (await cascades.last(message)).reported is None
    for _ in range(2):
        async with site.post(path, data=said("000-17", 104)) as answer:
            assert (answer.status, await answer.text()) == (200, "100")
    assert (await cascades.last(message)).reported is Reported.UNDELIVERED
    parts = aiohttp.FormData(said("000-17", 103), default_to_multipart=True)
    async with site.post(path, data=parts) as answer:
        assert answer.status == 200
    assert (await cascades.last(message)).reported is Reported.DELIVERED
    await show(argparse.Namespace(), cascades.ctx)
    assert "1 delivered" in capsys.readouterr().out
