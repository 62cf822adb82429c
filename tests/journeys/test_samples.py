"""Анна looks at what «Лукоград» tries out, before others do."""

from aiohttp.test_utils import TestClient, TestServer

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.app import make_app
from backend.web.bot_link import BotLink
from models.account import Account
from models.program import Program
from models.template import SampleReader
from tests.support.caller import caller
from tests.support.chat.telegram import Telegram
from tests.support.factory.customers import customer_of

BOT = "https://t.me/karman_bot"
ENTRY = {
    "key": "tea",
    "name": "Чай",
    "purpose": "service",
    "content": {"ru": {"text": "{name}, чай <готов>"}, "fallbacks": {"name": {"ru": "Друг"}}},
}


async def test_from_the_invitation_to_the_last_test(
    telegram: Telegram, town: Context, settings: Settings
) -> None:
    anna = telegram.person("Анна")
    account = await Account.get(id=(await Program.get(key="lukograd-card")).account_id)
    app = make_app(settings, town, bot=BotLink(BOT))
    async with TestClient(TestServer(app)) as site:
        vera = await caller(site, town, account)  # type: ignore[arg-type]
        assert (await vera.post("/templates", ENTRY)).status == 201
        invited = await vera.post("/test-recipients", None)
        path = "/t/" + invited.json["link"].rpartition("/t/")[2]
        answer = await site.get(path, allow_redirects=False)
        payload = answer.headers["Location"].removeprefix(f"{BOT}?start=")
        assert (await site.get(path[:-1] + "g", allow_redirects=False)).status == 404

        await anna.start(payload)
        await anna.until("приглашает вас смотреть пробы")
        assert await SampleReader.all().count() == 0, "a link does nothing by itself"
        await anna.tap("Смотреть пробы")
        await anna.until("вы согласились их смотреть")
        someone = (await customer_of(anna.id)).id
        listed = (await vera.get("/test-recipients")).json["items"]
        assert [each["customer"] for each in listed] == [someone]
        sent = await vera.post("/templates/tea/test", {"customer": someone})
        assert (sent.status, sent.json["state"]) == (202, "queued")
        await anna.until("Друг, чай <готов>")
        await anna.tap("Больше не присылать пробы")
        await anna.until("больше не присылает вам пробы")
        again = await vera.post("/templates/tea/test", {"customer": someone})
        assert again.code == "reader_not_found"
        assert (await vera.delete(f"/test-recipients/{someone}")).code == "reader_not_found"
        wrong = await vera.post("/templates/tea/test", {"customer": 1, "phone": "+79161234567"})
        assert [each["pointer"] for each in wrong.json["errors"]] == ["/customer"]
