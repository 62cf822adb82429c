"""A Mindbox of the tests, written from the documentation: it refuses what Mindbox refuses.

Stricter than the real one in two things: a write without transactionId is a mistake, and so is a
field that its operation does not take.
"""

import gzip
import json
import re
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from aiohttp import web

from tests.partners.faults import Fault, Faults
from tests.partners.mindbox.fields import Invalid, Protocol, check_body
from tests.partners.mindbox.operations import DO
from tests.partners.mindbox.project import READS, EndpointRules, Kind, Project

MOST_BYTES = 200 * 1024 * 1024


class Refused(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def failed(status: int, name: str, message: str) -> web.Response:
    told = {"status": name, "errorMessage": message, "errorId": str(uuid4())}
    return web.json_response(told | {"httpStatusCode": str(status)}, status=status)


def _says() -> dict[Fault, Any]:
    return {
        Fault.ERROR_500: lambda: failed(500, "InternalServerError", "Временная недоступность"),
        Fault.TOO_MANY: lambda: web.Response(status=429, text="Too Many Requests"),
    }


@dataclass
class MindboxDouble:
    """`per_minute`, `per_day` of an operation at an endpoint. `seen`: every request that was let in
    (way, query, body); `raw`: as it came over the wire."""

    project: Project
    per_minute: int = 8_000
    per_day: int = 10_000_000
    per_hour: int = 60
    faults: Faults = field(default_factory=lambda: Faults(says=_says()))
    seen: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    raw: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    lost: int = 0
    _minute: dict[tuple[str, str], deque[float]] = field(default_factory=dict)
    _day: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def answer(self, request: web.Request) -> web.Response:
        try:
            told = await self._done(request, request.match_info["way"])
        except Refused as refused:
            text = str(refused)
            known = failed(refused.status, "ProtocolError", text) if text else None
            return known or web.Response(status=refused.status, text="Too Many Requests")
        except Protocol as wrong:
            return failed(400, "ProtocolError", str(wrong))
        except Invalid as invalid:
            told = {"status": "ValidationError", "validationMessages": _messages(invalid)}
        return web.json_response(told)

    async def nowhere(self, request: web.Request) -> web.Response:
        """Whoever asks for what is not there too often is not heard for a while."""
        self.lost += 1
        return web.Response(status=404 if self.lost < 50 else 429)

    async def _done(self, request: web.Request, way: str) -> dict[str, Any]:
        query = dict(request.query)
        raw = await request.read()
        self.raw.append((request.raw_path, dict(request.headers), raw))
        rules = self._endpoint(request, query)
        operation = query.get("operation", "")
        kind = rules.operations.get(operation)
        if kind is None or (kind is Kind.IMPORT_CARDS) != (way == "bulk"):
            raise Refused(400, f"Операция {operation} не найдена")
        self._count(query["endpointId"], operation)
        body = raw if way == "bulk" else self._json(request, raw)
        self.seen.append((way, query, body))
        transaction = self._transaction(query, reads=kind in READS)
        key = (query["endpointId"], operation, transaction)
        if transaction and key in self.project.done:
            return {"status": "TransactionAlreadyProcessed"}
        told = self._import(request, query, raw) if way == "bulk" else self._act(kind, body)
        self.project.calls[operation] += 1
        if transaction:
            self.project.done.add(key)
        return {"status": "Success"} | ({} if way == "async" else told)

    def _act(self, kind: Kind, body: Any) -> dict[str, Any]:
        check_body(self.project, kind, body)
        return DO[kind](self.project, body)

    def _endpoint(self, request: web.Request, query: dict[str, str]) -> EndpointRules:
        rules = self.project.endpoints.get(query.get("endpointId", ""))
        if rules is None:
            raise Refused(400, "Точка интеграции не найдена")
        if set(query) - {"endpointId", "operation", "deviceUUID", "transactionId", "csvCodePage"}:
            raise Refused(400, "Неизвестный параметр запроса")
        given = request.headers.get("Authorization")
        if given is None:
            raise Refused(401, "Отсутствуют данные для авторизации")
        if given not in {f"SecretKey {rules.secret}", f'Mindbox secretKey="{rules.secret}"'}:
            raise Refused(403, "Неправильные данные авторизации")
        if request.headers.get("Accept") != "application/json":
            raise Refused(400, "Ожидается Accept: application/json")
        return rules

    def _json(self, request: web.Request, raw: bytes) -> Any:
        if request.content_type != "application/json":
            raise Refused(400, "Ожидается Content-Type: application/json")
        try:
            return json.loads(raw.decode())
        except ValueError:
            raise Refused(400, "Тело запроса не является корректным JSON") from None

    def _transaction(self, query: dict[str, str], *, reads: bool) -> str:
        for name in ("transactionId", "deviceUUID"):
            if name in query and not _is_guid(query[name]):
                raise Refused(400, f"{name} не является GUID")
        if not reads and "transactionId" not in query:
            raise Refused(400, "Не передан transactionId")
        return query.get("transactionId", "")

    def _count(self, endpoint: str, operation: str) -> None:
        """Raises Refused beyond the minute's or the day's limit: they look different."""
        key, now = (endpoint, operation), self.project.clock().timestamp()
        minute = self._minute.setdefault(key, deque())
        span, most = (3600, self.per_hour) if "Import" in operation else (60, self.per_minute)
        while minute and now - minute[0] >= span:
            minute.popleft()
        if len(minute) >= most:
            raise Refused(429, "")
        if self._day[key] >= self.per_day:
            raise Refused(429, "Превышен лимит вызова одной операции в день")
        minute.append(now)
        self._day[key] += 1

    def _import(self, request: web.Request, query: dict[str, str], raw: bytes) -> dict[str, Any]:
        if request.headers.get("Content-Type") != "text/csv;charset=utf-8":
            raise Refused(400, "Ожидается Content-Type: text/csv;charset=utf-8")
        if query.get("csvCodePage") != "65001" or len(raw) > MOST_BYTES:
            raise Refused(400, "Кодовая страница или размер файла не поддерживаются")
        # aiohttp has unpacked what the header says is packed.
        lines = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode().splitlines()
        rows = [line.split(";") for line in lines[1:]]
        if lines[0] != "Number;Type" or any(len(row) != 2 for row in rows):
            raise Refused(400, "Ожидаются колонки Number;Type")
        if {row[1] for row in rows} - self.project.card_types:
            raise Refused(400, "Тип карты не найден")
        for number, kind in rows:
            if number not in self.project.cards:
                self.project.add_cards(kind, number)
        self.project.imports += 1
        return {}


def _messages(invalid: Invalid) -> list[dict[str, str]]:
    return [
        {"message": message} | ({"location": location} if location else {})
        for message, location in invalid.messages
    ]


def _is_guid(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text))


@asynccontextmanager
async def mindbox_standing(double: MindboxDouble) -> AsyncIterator[str]:
    """The double on a socket of loopback; the value is its host, as it is configured."""
    app = web.Application(middlewares=[double.faults.middleware], client_max_size=MOST_BYTES)
    app.router.add_post("/v3/operations/{way:sync|async|bulk}", double.answer)
    app.router.add_route("*", "/{path:.*}", double.nowhere)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
