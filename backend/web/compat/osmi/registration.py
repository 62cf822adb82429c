"""Registrations: what owners have answered, under the names by which OSMI tells it."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import orjson
from aiohttp import web

from backend.cards.passes.change_pass import take_registrations
from backend.cards.passes.registrations import Registration, registrations
from backend.web.compat.call import JSON, Call
from backend.web.compat.fields import items
from backend.web.compat.osmi.templates import meant
from models.program import Program

_PAGE = 200
MOST_SERIALS = 1000
# As its callers read them.
_NAMES: Mapping[str, str] = {
    "given_name": "Имя",
    "surname": "Фамилия",
    "patronymic": "Отчество",
    "gender": "Пол",
    "birth_date": "Дата_рождения",
    "city": "Город",
    "phone": "Телефон",
    "email": "Email",
}
_GENDERS = {"male": "М", "female": "Ж"}


async def data(call: Call) -> web.StreamResponse:
    """A group is a template: a program."""
    program, _ = await meant(call, call.path["group"])
    response = web.StreamResponse(headers={"Content-Type": JSON, "Cache-Control": "no-store"})
    await response.prepare(call.request)
    await response.write(b'{"registrations":[')
    first = True
    async for told in _every(call, program):
        await response.write((b"" if first else b",") + orjson.dumps(_shown(told)))
        first = False
    await response.write(b"]}")
    await response.write_eof()
    return response


async def _every(call: Call, program: Program) -> AsyncIterator[Registration]:
    again, last = call.query.get("withDeleted", "").lower() == "true", 0
    while True:
        last, found = await registrations(call.ctx, call.scope, program, last, _PAGE, again=again)
        for each in found:
            yield each
        if not last:
            return


def _shown(told: Registration) -> dict[str, Any]:
    """Whoever carries a card has agreed to the terms; a phone that is told is confirmed."""
    shown: dict[str, Any] = {"serialNo": told.serial}
    for name, value in told.answers.items():
        whole = _GENDERS.get(str(value), value) if name == "gender" else value
        shown[_NAMES.get(name, name)] = whole if isinstance(whole, str) else str(whole)
    if "Телефон" in shown:
        shown["Телефон_проверен"] = "Да"
    return {**shown, "Оферта_принята": "Да"}


async def delete_data(call: Call) -> dict[str, Any]:
    """Their copy is theirs from then on: the same is not told again, but with `withDeleted`. What
    the person has here stays the person's."""
    named = items(call.body, "registrations", MOST_SERIALS)
    taken = await take_registrations(call.ctx, call.scope, [str(each) for each in named])
    return {"RCODE": 0, "RMESSAGE": "OK", "deleted": taken}
