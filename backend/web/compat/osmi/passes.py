"""Passes: made, read, linked, changed, moved, deleted."""

from collections.abc import AsyncIterator
from typing import Any

import orjson
from aiohttp import web

from backend.cards.assign.addresses import link_of
from backend.cards.passes.change_pass import change_pass, end_pass, move_pass
from backend.cards.passes.find_pass import Pass, card_serials, find_pass, waiting_serials
from backend.cards.passes.make_pass import PassOrder, make_pass
from backend.cards.passes.stands import Stands
from backend.web.compat.call import JSON, Call, Work
from backend.web.compat.fields import part, text
from backend.web.compat.osmi.push import push_to
from backend.web.compat.osmi.templates import meant, template_of
from backend.web.compat.osmi.values import Told, read_values, shown_values
from backend.web.compat.wrong import Wrong
from catalog.entries.number import number_mistake, value_of
from models.barcode_format import BarcodeFormat
from models.card import CardStatus
from models.message_purpose import MessagePurpose

DONE = {"RCODE": 0, "RMESSAGE": "OK"}
_PAGE = 500
_WHOSE = (
    "whose is it? expected a value with the phone or the e-mail, or a login whose settings say "
    "links: bearer (docs/compat-osmi.md)"
)
_DELETED = "Карта больше не действует."


async def every(call: Call) -> web.StreamResponse:
    """However many there are, a page is held at a time."""
    response = web.StreamResponse(headers={"Content-Type": JSON, "Cache-Control": "no-store"})
    await response.prepare(call.request)
    await response.write(b'{"cards":[')
    first = True
    async for serials in _pages(call):
        told = orjson.dumps(serials)[1:-1]
        await response.write(told if first else b"," + told)
        first = False
    await response.write(b"]}")
    await response.write_eof()
    return response


async def _pages(call: Call) -> AsyncIterator[list[str]]:
    for page in (waiting_serials, card_serials):
        last = 0
        while found := await page(call.scope, last, _PAGE):
            last = found[-1][0]
            yield [serial for _, serial in found]


async def one(call: Call) -> dict[str, Any]:
    return shown(call, await find_pass(call.scope, call.path["serial"]))


def shown(call: Call, found: Pass) -> dict[str, Any]:
    card = found.card
    there = card is not None and card.removed_at is None
    blocked = card is not None and card.status is CardStatus.BLOCKED
    status = "blocked" if blocked else "registered" if there else "created"
    carried = found.serial if card is None else card.barcode_value
    if card is None and found.assignment is not None:
        carried = found.assignment.barcode_value
    return {
        "general": {
            "serialNo": found.serial,
            "template": template_of(call, found),
            "status": status,
        },
        "values": shown_values(call, found),
        "barcode": {
            "show": True,
            "showSignature": True,
            "message": carried,
            "signature": found.serial,
            "format": found.program.barcode_format.value,
        },
        "link": _link(call, found),
    }


def _link(call: Call, found: Pass) -> str:
    if found.assignment is not None and found.assignment.state in ("waiting", "claimed"):
        return link_of(call.ctx.vault, call.base_url, found.assignment.nonce)
    return "" if found.card is None else f"{call.base_url}/do/open_card-{found.card.id}"


async def link(call: Call) -> dict[str, Any]:
    found = await find_pass(call.scope, call.path["serial"])
    address = _link(call, found)
    if not address:
        raise Wrong(404, "404", "the card has no link any more")
    pictured = found.assignment is not None
    return {"link": address, **({"qr": f"{address}.png"} if pictured else {})}


async def make(call: Call) -> dict[str, Any]:
    program, tier = await meant(call, call.path["template"])
    told = read_values(call, program) if _with_values(call) else Told(Stands())
    email = told.email if "@" in told.email else ""
    if not told.phone and not email and call.settings.links != "bearer":
        raise Wrong(422, "422", _WHOSE)
    serial = call.path["serial"]
    order = PassOrder(
        program=program,
        template=call.path["template"],
        serial=serial,
        carried=_carried(call, serial, program.barcode_format),
        stands=told.stands.over(Stands(tier=tier)) if tier else told.stands,
        phone=told.phone,
        email=email,
    )
    await make_pass(call.ctx, call.scope, order)
    found = await find_pass(call.scope, serial)
    return {**DONE, "serial": serial, "link": _link(call, found), **_left_out(told)}


def _with_values(call: Call) -> bool:
    """Without it a body is not looked at, as there."""
    return call.query.get("withValues", "").lower() == "true"


def _carried(call: Call, serial: str, kind: BarcodeFormat) -> str:
    """What the barcode carries; it has to fit the program's barcode. Raises Wrong."""
    barcode = part(call.body, "barcode") if _with_values(call) else {}
    given = text(barcode, "message", 512)
    carried = value_of(serial, given)
    mistake = number_mistake(serial, carried, kind)
    if mistake is not None:
        told = f"the serial, or the barcode's message, is no {kind.value}: expected {mistake[1]}"
        raise Wrong(400, "400", told)
    return carried


def _left_out(told: Told) -> dict[str, Any]:
    return {"ignored": list(told.ignored)} if told.ignored else {}


def changing(*, push: bool) -> Work:
    async def work(call: Call) -> dict[str, Any]:
        serial = call.path["serial"]
        found = await find_pass(call.scope, serial)
        told = read_values(call, found.program)
        await change_pass(call.ctx, call.scope, serial, told.stands)
        said = await _said(call, serial, "\n".join(told.lines), push=push)
        return {**DONE, **_left_out(told), **said}

    return work


def moving(*, push: bool) -> Work:
    async def work(call: Call) -> dict[str, Any]:
        serial, template = call.path["serial"], call.path["template"]
        program, tier = await meant(call, template)
        await move_pass(call.ctx, call.scope, serial, template, program, tier)
        told = f"Ваш уровень: {tier}" if tier else ""
        return {**DONE, **await _said(call, serial, told, push=push)}

    return work


def deleting(*, push: bool) -> Work:
    async def work(call: Call) -> dict[str, Any]:
        serial = call.path["serial"]
        said = await _said(call, serial, _DELETED, push=push)
        await end_pass(call.ctx, call.scope, serial)
        return {**DONE, **said}

    return work


async def _said(call: Call, serial: str, words: str, *, push: bool) -> dict[str, Any]:
    """What the owner is told of it, and how that stands."""
    if not words or not (push or call.query.get("push", "").lower() == "true"):
        return {}
    (told,) = await push_to(call, [serial], words[:1000], MessagePurpose.SERVICE)
    return {"push": told}
