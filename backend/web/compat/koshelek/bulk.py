"""POST /bulk/single: one message to a list of phones, a million at most.

A short list is answered like as many single pushes, with the state of each. Of a longer one only
the bulk is answered; its numbers stream into sealed pieces, and the worker makes messages of them.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aiohttp import web

from backend.access.answer_once import Given
from backend.messages.accept import BATCH, accept_for_phones, id_in_bulk
from backend.messages.cut_bulk import add_piece, begin_bulk, drop_bulk, queue_bulk
from backend.messages.sender import sender_of
from backend.messages.states import TOLD
from backend.web.compat.body import chunks, parsed_object
from backend.web.compat.call import Call, given, once
from backend.web.compat.koshelek.door import KoshelekDoor
from backend.web.compat.koshelek.push import phone_of
from backend.web.compat.koshelek.said import order_of
from backend.web.compat.koshelek.scan import Scan
from backend.web.compat.wrong import Wrong
from models.partner_message import MessageState, PartnerBulk

LARGEST = 32 * 1024 * 1024
# Answered at once.
SHORT = 1000


class Bulk:
    """The list of one call as it comes in."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._scan = Scan()
        self._digest = hashlib.sha256(call.request.path_qs.encode())
        self._held: list[str] = []
        self.row: PartnerBulk | None = None

    async def read(self) -> tuple[Call, str]:
        """The call with the rest of its body, and the digest of all of it. Raises Wrong."""
        async for chunk in chunks(self._call.request, LARGEST):
            self._digest.update(chunk)
            self._scan.feed(chunk)
            await self._keep(self._scan.take())
        self._scan.end()
        if self.row is not None:
            await self._spill(whole=True)
        rest = self._scan.rest
        return replace(self._call, data=rest, body=parsed_object(rest)), self._digest.hexdigest()

    @property
    def short(self) -> Sequence[str]:
        """Each number once."""
        return list(dict.fromkeys(self._held))

    async def _keep(self, phones: list[str]) -> None:
        self._held += phones
        if self.row is None and len(self._held) > SHORT:
            self.row = await begin_bulk(self._call.ctx, self._call.login)
        if self.row is not None:
            await self._spill(whole=False)

    async def _spill(self, *, whole: bool) -> None:
        assert self.row is not None
        while len(self._held) >= BATCH or (whole and self._held):
            piece, self._held = self._held[:BATCH], self._held[BATCH:]
            await add_piece(self._call.ctx, self.row, piece)


async def receive(door: KoshelekDoor, request: web.Request) -> web.StreamResponse:
    async def whole() -> Given:
        bulk = Bulk(await door.call(request))
        queued = False
        try:
            call, digest = await bulk.read()
            made = await once(call, lambda: _work(call, bulk), door.refused, digest)
            queued = made.status == 200 and not made.again
        finally:
            if bulk.row is not None and not queued:
                await drop_bulk(bulk.row.id)
        call.ctx.wake.set()
        return made

    return await door.answered(whole)


async def _work(call: Call, bulk: Bulk) -> Given:
    order = await order_of(call)
    if bulk.row is not None:
        await queue_bulk(bulk.row, order)
        return given({"messageId": bulk.row.public_id, "state": TOLD[MessageState.ENQUEUED]})
    made = await accept_for_phones(call.ctx, await sender_of(call.login), order, bulk.short)
    told = [
        {"msisdn": int(one.address[1:]), "messageId": one.public_id, "state": TOLD[one.state]}
        for one in made
    ]
    return given({"state": TOLD[MessageState.ENQUEUED], "messages": told})


async def state(call: Call) -> dict[str, Any]:
    """Of a list: how many messages stand how; with `msisdn`, how that one does."""
    found = call.scope.partner_bulks().filter(login_id=call.login.id)
    row = await found.filter(public_id=call.path["bulk"][:36]).first()
    if row is None:
        raise Wrong(404, "messageId", "messageId: the login has no such list")
    messages = call.scope.partner_messages().filter(bulk_id=row.id)
    if (named := call.query.get("msisdn")) is not None:
        wanted = id_in_bulk(call.ctx, row.public_id, phone_of(named))
        one = await messages.filter(public_id=wanted).first()
        if one is None:
            raise Wrong(404, "msisdn", "msisdn: not in this list, or its turn has not come")
        return {"messageId": one.public_id, "state": TOLD[one.state]}
    counted = {
        TOLD[each]: number
        for each in MessageState
        if (number := await messages.filter(state=each).count())
    }
    return {
        "messageId": row.public_id,
        "numbers": row.numbers,
        "cut": row.state.value == "done",
        "states": counted,
    }
