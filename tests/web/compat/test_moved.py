"""One brand moves: its program is the same to the letter, and an address and a key are another."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from backend.consents.gate import gate_by
from backend.messages.send_messages import Lane
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import CLOCK, Context
from backend.platform.door import WORKER
from backend.webhooks.request import open_ways
from backend.webhooks.sender import Sender
from models.card import Card
from models.customer import Customer
from models.facade import FacadeKind
from tests.messages.people import HOSTS, Shop, facade
from tests.support.edge.notebook import Notebook
from tests.web.compat.conftest import ANNA, CHOSEN
from tests.web.compat.doubles import Koshelek, OsmiCards, standing
from tests.web.compat.osmi_caller import ByToken, Osmi, values
from tests.web.compat.wallet import WalletCrm
from tests.webhooks.endpoint import Endpoint
from tests.webhooks.endpoint import standing as listening
from tests.webhooks.sending import sent

STRANGER = 79990000000
Settled = Callable[[], Awaitable[None]]


async def nothing() -> None:
    return


class Hook(Endpoint):
    """The CRM's own address, which reads what it was written to read."""

    def __init__(self) -> None:
        super().__init__()
        self.states: list[tuple[str, str]] = []

    async def __call__(self, request: Any) -> Any:
        body = await request.json()
        self.states.append((body["messageId"], body["state"]))
        return aiohttp.web.json_response({})


async def a_day(crm: WalletCrm, hook: Hook, settled: Settled) -> list[str]:
    """What the CRM has seen of it: whom it has to write an SMS, and who has the push."""
    await crm.connect(CHOSEN)
    seen = []
    for msisdn in (ANNA, STRANGER):
        told = (await crm.push(msisdn)).json
        await settled()
        if told["state"] != "ENQUEUED":
            seen.append(f"sms to {msisdn}")
        elif (told["messageId"], "DELIVERED") in hook.states:
            seen.append(f"push to {msisdn}")
    return seen


async def test_from_koshelek(
    ctx: Context, shop: Shop, anna: tuple[Customer, Card], address: str,
    site: aiohttp.ClientSession,
) -> None:  # fmt: skip
    hook = Hook()
    async with listening(hook) as callback, open_ways(HOSTS) as ways:
        there = Koshelek({ANNA}, callback)
        async with standing(there.app()) as url:
            crm = WalletCrm(url, "crm", there.password, site)
            before = await a_day(crm, hook, nothing)
        issued = await facade(ctx, shop, callback=callback)
        notebook = Notebook()
        lane = Lane(ctx, GatedChannels({"telegram": notebook}, gate_by(ctx.clock)), promo=False)
        teller = Sender(ctx.acting(CLOCK, WORKER), ways)

        async def settled() -> None:
            await lane.step()
            await sent(teller)

        # The address and the key, and nothing else.
        crm.base, crm.login, crm.password = (
            f"{address}/compat/koshelek", issued.login.login, issued.secret,
        )  # fmt: skip
        after = await a_day(crm, hook, settled)
    assert before == after == [f"push to {ANNA}", f"sms to {STRANGER}"]
    assert (there.pushed, len(notebook.sent)) == ([ANNA], 1)


async def a_week(site: Osmi) -> list[object]:
    """What the shop's site has seen of it, as far as it looks."""
    seen: list[object] = []

    async def did(method: str, path: str, body: Any = None) -> Any:
        told = await site.ask(method, path, body)
        seen.append((method, path, told.status))
        return told.json

    create = "/passes/100500/romashka-club?withValues=true"
    await did("POST", create, values("120"))
    seen.append((await did("POST", create, values("120")))["RCODE"])
    await did("POST", "/passes/100501/nothing", values("0"))
    link = (await did("GET", "/passes/100500/link"))["link"]
    seen.append(link.startswith("https://"))
    await did("PUT", "/passes/100500", values("130"))
    await did("PUT", "/passes/100500/push", values("140"))
    await did("PUT", "/passes/move/100500/gold")
    seen.append((await did("GET", "/passes"))["cards"])
    await did("POST", "/marketing/pushmessage", {"serials": ["100500"], "message": "Скидки"})
    await did("DELETE", "/passes/100500")
    await did("GET", "/passes/100500/link")
    seen.append((await did("GET", "/passes"))["cards"])
    return seen


async def test_from_osmi(ctx: Context, shop: Shop, address: str) -> None:
    there = OsmiCards()
    async with standing(there.app()) as url:
        site = ByToken(f"{url}/v2t", there.token)
        before = await a_week(site)
    templates = {"gold": {"program": "romashka-club", "tier": "gold"}}
    issued = await facade(ctx, shop, FacadeKind.OSMI_TOKEN, templates=templates, links="bearer")
    site.base, site.token = f"{address}/compat/osmi/v2t", issued.secret
    assert await a_week(site) == before
