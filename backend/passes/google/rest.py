"""Google's wallet over REST: classes and objects are kept there as they are here.

Whatever was sent twice, or by two at once, ends as the last one said: what is there already is
changed, what is not there is added.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from aiohttp import ClientError, ClientSession

from backend.passes.google.access_token import AccessTokens
from backend.passes.google.answer import Answer, after
from backend.passes.google.pace import Pace
from backend.passes.google.patch import patch_of
from backend.platform.failures import TryLater
from backend.platform.watch.metrics import GOOGLE
from backend.platform.world.http import whole

_ROOT = "/walletobjects/v1"
_CLASS, _OBJECT = f"{_ROOT}/loyaltyClass", f"{_ROOT}/loyaltyObject"
MOST_BYTES = 1024 * 1024
_NOT_THERE, _THERE = 404, 409
# Whoever is not there is added, whoever is there by then is changed after all.
_TRIES = 3


class LitEnough(Exception):
    """The card has lit up its phone as often as Google lets it in a day."""


class GoogleApi:
    """In the name of one issuer. All its calls raise TryLater, NeedsSettings and GiveUp."""

    def __init__(self, http: ClientSession, api_url: str, tokens: AccessTokens, pace: Pace) -> None:
        self._http, self._url, self._tokens, self._pace = http, api_url, tokens, pace

    async def ask_issuer(self, issuer: str) -> None:
        """Whether cards may be made in its name."""
        answer = await self._ask("GET", f"{_ROOT}/issuer/{issuer}")
        if not answer.good:
            raise answer.failure()

    async def keep_class(self, made: Mapping[str, Any]) -> None:
        await self._kept(_CLASS, "PUT", made, made)

    async def add_class(self, made: Mapping[str, Any]) -> None:
        """One that is there stays as it is."""
        await self._added(_CLASS, made)

    async def add_object(self, made: Mapping[str, Any]) -> None:
        """The same."""
        await self._added(_OBJECT, made)

    async def keep_object(self, made: Mapping[str, Any], *, notify: bool = False) -> dict[str, Any]:
        """As Google has it now, with its messages."""
        return await self._kept(_OBJECT, "PATCH", patch_of(made, notify=notify), made)

    async def end_object(self, made: Mapping[str, Any]) -> None:
        """Nothing stays of it but what `made` says."""
        await self._kept(_OBJECT, "PUT", made, made)

    async def set_messages(self, object_id: str, messages: list[Any]) -> None:
        answer = await self._ask("PATCH", f"{_OBJECT}/{object_id}", {"messages": messages})
        if not answer.good:
            raise answer.failure()

    async def add_message(self, object_id: str, message: Mapping[str, Any]) -> None:
        """Raises LitEnough too, for one that lights up the phone."""
        path = f"{_OBJECT}/{object_id}/addMessage"
        answer = await self._ask("POST", path, {"message": message})
        if answer.lit_enough:
            raise LitEnough
        if not answer.good:
            raise answer.failure()

    async def _added(self, kind: str, made: Mapping[str, Any]) -> None:
        answer = await self._ask("POST", kind, made)
        if not answer.good and answer.status != _THERE:
            raise answer.failure()

    async def _kept(
        self, kind: str, verb: str, change: Mapping[str, Any], whole: Mapping[str, Any]
    ) -> dict[str, Any]:
        there = f"{kind}/{whole['id']}"
        for _ in range(_TRIES):
            answer = await self._ask(verb, there, change)
            if answer.status == _NOT_THERE:
                answer = await self._ask("POST", kind, whole)
            if answer.good:
                return answer.read()
            if answer.status != _THERE:
                raise answer.failure()
        raise TryLater("Google says that it is there, and that it is not")

    async def _ask(self, verb: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        token = await self._tokens.current()
        answer = await self._sent(verb, path, body, token)
        if answer.status == 401:
            self._tokens.refused(token)
            answer = await self._sent(verb, path, body, await self._tokens.current())
        GOOGLE.labels(str(answer.status)).inc()
        return answer

    async def _sent(
        self, verb: str, path: str, body: Mapping[str, Any] | None, token: str
    ) -> Answer:
        await self._pace.turn()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        try:
            async with self._http.request(
                verb,
                self._url + path,
                params={"strict": "true"},
                data=None if body is None else orjson.dumps(body),
                headers=headers,
                allow_redirects=False,
            ) as answer:
                read = await whole(answer.content, MOST_BYTES)
                return Answer(answer.status, read, after(answer.headers.get("Retry-After")))
        except (ClientError, TimeoutError) as away:
            GOOGLE.labels("away").inc()
            raise TryLater(f"Google is away: {type(away).__name__}") from None
