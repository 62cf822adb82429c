"""The tests' Telegram: the sandbox in this process, and people who write to the bot.

async with Telegram(tmp_path) as telegram:
    anna = telegram.person("Анна")
    await anna.start()
    await anna.until("Выберите город")
    await anna.tap("Москва")
"""

from pathlib import Path
from typing import Any, Self

import aiohttp

from bot.sandbox.limits import Limits
from bot.sandbox.people import add_person, all_people
from bot.sandbox.server import DEV_TOKEN, Sandbox
from tests.support.chat.person import Json, Person


class Telegram:
    """A running sandbox. Rates are off unless `limits` says otherwise."""

    def __init__(
        self, data_dir: Path, *, token: str = DEV_TOKEN, limits: Limits | None = None, **more: Any
    ) -> None:
        self._settings = {
            "token": token, "limits": limits or Limits().without_rates(), **more,
        }  # fmt: skip
        self.data_dir = data_dir
        self.token = token
        self.sandbox = Sandbox(data_dir, **self._settings)
        self.http: aiohttp.ClientSession | None = None
        self._people: dict[int, Person] = {}

    async def __aenter__(self) -> Self:
        self.http = aiohttp.ClientSession()
        await self.sandbox.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._forget()
        await self.sandbox.stop()
        assert self.http is not None
        await self.http.close()

    @property
    def url(self) -> str:
        """What KARMAN_BOT_API_URL must be."""
        return self.sandbox.url

    @property
    def bot_id(self) -> int:
        return self.sandbox.box.bot_id

    async def restart(self) -> None:
        """Stop, and start again on the same state and port. People must be asked for anew."""
        port = int(self.url.rpartition(":")[2])
        self._forget()
        await self.sandbox.stop()
        self.sandbox = Sandbox(self.data_dir, **self._settings)
        await self.sandbox.start(port=port)

    def _forget(self) -> None:
        for person in self._people.values():
            person.leave()
        self._people.clear()

    def person(self, first_name: str) -> Person:
        """One of the invented people (Анна, Борис, Carol, Дина) or one added later."""
        found = next(p for p in all_people(self.sandbox.box) if p.first_name == first_name)
        return self.known(found.id)

    def add_person(self, first_name: str, language_code: str = "ru", **more: Any) -> Person:
        return self.known(add_person(self.sandbox.box, first_name, None, language_code, **more).id)

    def known(self, person_id: int) -> Person:
        """Whoever the sandbox knows by this Telegram id."""
        if person_id not in self._people:
            self._people[person_id] = Person(self.sandbox.box, self.page, person_id)
        return self._people[person_id]

    async def group(self, title: str, *members: Person) -> int:
        """A group with the bot in it; returns the chat's id."""
        body = {"title": title, "members": [member.id for member in members]}
        return int((await self.page("POST", "/sandbox/groups", json=body))["id"])

    async def outside(self) -> Json:
        """`{"mail": […], "sms": […]}`, newest first."""
        return dict(await self.page("GET", "/sandbox/outside"))

    async def page(self, verb: str, path: str, *, status: int = 200, **more: Any) -> Any:
        """A call of the page API; fails when the status is another one."""
        assert self.http is not None
        async with self.http.request(verb, self.url + path, **more) as answer:
            body = await answer.text()
            assert answer.status == status, f"{verb} {path}: {answer.status} {body}"
            return await answer.json()

    async def ask(self, method: str, **params: Any) -> Json:
        """A Bot API call as JSON; returns the whole answer, refused or not."""
        assert self.http is not None
        url = f"{self.url}/bot{self.token}/{method}"
        async with self.http.post(url, json=params) as answer:
            return dict(await answer.json())

    async def call(self, method: str, **params: Any) -> Any:
        """A Bot API call that must succeed; returns the result."""
        answer = await self.ask(method, **params)
        assert answer["ok"], f"{method}: {answer}"
        return answer["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        """A Bot API call that must be refused; returns `"400 Bad Request: …"`."""
        answer = await self.ask(method, **params)
        assert not answer["ok"], f"{method} was accepted: {answer['result']}"
        return f"{answer['error_code']} {answer['description']}"
