"""/privacy answers with the policy of whoever runs the installation."""

from pathlib import Path

import aiohttp
import pytest

from backend.platform.context import Context
from backend.platform.settings import Settings, SettingsRefused, load_settings
from backend.web.run import listening
from tests.support.chat.telegram import Telegram

POLICY = "# Правила дома\n\nМы храним **мало** & недолго.\n\n" + "Ещё о том же. " * 300


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    file = tmp_path / "policy.md"
    file.write_text(POLICY)
    ours = {"operator_name": "ООО «Дом»", "policy_file": file, "listen": "127.0.0.1:0"}
    return settings.model_copy(update=ours)


async def test_the_bot_names_the_operator_and_shows_the_policy(
    telegram: Telegram, street: Context
) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await anna.send("/privacy")
    await anna.until("Оператор: ООО «Дом»")
    assert "Мои данные" in " ".join(anna.buttons)
    await anna.tap("Политика целиком")
    await anna.until("Правила дома")
    assert "Мы храним мало & недолго." in anna.text
    await anna.tap("›")
    await anna.until("Ещё о том же")


async def test_the_page_shows_the_same(settings: Settings, database: str, ctx: Context) -> None:
    async with (
        listening(settings, ctx) as address,
        aiohttp.ClientSession(address) as session,
        session.get("/privacy?lang=ru") as answer,
    ):
        text = await answer.text()
    assert "<h2>Правила дома</h2>" in text
    assert "ООО «Дом»" in text
    assert "/deletemydata" in text


def test_a_policy_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="KARMAN_POLICY_FILE: expected a Markdown file"):
        load_settings(policy_file=tmp_path / "nowhere.md")
