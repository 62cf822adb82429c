"""From a brand's own customer to a card in the pocket: the CDP of «Лукоград» assigns a card over
HTTP, writes a letter with its QR, and the person scans it."""

import asyncio
import smtplib
from collections.abc import AsyncIterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from urllib.parse import urlsplit

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.app import make_app
from backend.web.bot_link import BotLink
from models.account import Account
from models.card import Card, CardOrigin
from models.offer import Offer
from models.program import Program
from tests.support.caller import Caller, caller
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import agree, barcode_on, fill, picture_of
from tests.support.factory.customers import customer_of
from tests.support.machine.servers import free_port

Site = TestClient[Request, Application]
BOT = "https://t.me/karman_bot"
LUKOGRAD = "lukograd-card"


class Postman:
    """Brings the letters."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(  # noqa: N802  aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
async def site(street: Context, settings: Settings) -> AsyncIterator[Site]:
    """What «Лукоград» and mail programs ask."""
    app = make_app(settings, street, bot=BotLink(BOT))
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.fixture
async def vera(site: Site, street: Context) -> Caller:
    """The engineer of «Лукоград»."""
    program = await Program.get(key=LUKOGRAD)
    return await caller(site, street, await Account.get(id=program.account_id))  # type: ignore[arg-type]


@pytest.fixture
def postman() -> Postman:
    return Postman()


async def sent(postman: Postman, letter: EmailMessage) -> EmailMessage:
    """As it lies in the mailbox."""
    port = free_port()
    controller = Controller(postman, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with smtplib.SMTP("127.0.0.1", port) as wire:
            await asyncio.to_thread(wire.send_message, letter)
    finally:
        controller.stop()
    return postman.letters[-1]


async def assign(vera: Caller, **who: str) -> dict[str, str]:
    told = await vera.post(f"/programs/{LUKOGRAD}/assignments", {"own_id": "crm-4711", **who})
    assert told.status == 200, told.text
    return dict(told.json)


async def fetched(site: Site, address: str) -> bytes:
    async with site.get(urlsplit(address).path) as answer:
        assert (answer.status, answer.content_type) == (200, "image/png")
        return await answer.read()


async def payload_of(site: Site, address: str) -> str:
    """What the page's button starts the bot with."""
    async with site.get(urlsplit(address).path) as answer:
        text = await answer.text()
    return text.partition(f'href="{BOT}?start=')[2].partition('"')[0]


@pytest.mark.sample("postgres")
async def test_from_the_letter_to_the_card(
    telegram: Telegram, site: Site, vera: Caller, postman: Postman
) -> None:
    anna = telegram.person("Анна")
    made = await assign(vera, phone=f"+{anna.phone_number.lstrip('+')}")
    letter = EmailMessage()
    letter["From"], letter["To"] = "Лукоград <crm@lukograd.example>", "anna@example.ru"
    letter["Subject"] = "Ваша карта"
    letter.set_content(f"Карта ждёт вас: {made['link']}")
    code = await fetched(site, made["qr_png"])
    letter.add_attachment(code, maintype="image", subtype="png", filename="card.png")
    (code_there,) = (await sent(postman, letter)).iter_attachments()
    assert await fetched(site, made["block"]) == code

    link = barcode_on(code_there.get_content())
    assert link == made["link"]
    await anna.start(await payload_of(site, link))
    await anna.until("Карта «Лукоград» ждёт вас")
    await anna.tap("Подтвердить телефон")
    await anna.until(lambda _screen: bool(anna.keyboard))
    await anna.press("Поделиться номером")
    await fill(anna)
    await agree(anna)
    shown = await anna.until("Карта готова")
    assert barcode_on(await picture_of(telegram, shown)) == made["barcode_value"]
    card = await Card.get()
    assert (card.origin, card.printed_number) == (CardOrigin.ASSIGNED, made["number"])

    assert len(await fetched(site, made["block"])) < 100, "nothing is left to come for"
    told = (await vera.get(f"/assignments/{made['id']}")).json
    assert (told["state"], told["card"]) == ("claimed", card.id)
    assert told["customer"] == (await customer_of(anna.id)).id
    await anna.start(await payload_of(site, link))
    await anna.until(lambda screen: bool(screen.get("photo")))


@pytest.mark.sample("postgres")
async def test_the_letter_was_passed_on(telegram: Telegram, site: Site, vera: Caller) -> None:
    """Борис opens it, and learns that it is not for him."""
    boris = telegram.person("Борис")
    made = await assign(vera, phone="+79160000000")
    await boris.start(await payload_of(site, made["link"]))
    await prove_phone(boris)
    await boris.until("оставлена на другой телефон или почту")
    assert "0000000" not in boris.text
    assert "Мои контакты" in " ".join(boris.buttons)
    await boris.start(f"k{'A' * 16}{'0' * 32}")
    await boris.until("По этой ссылке карты нет")
    assert await Card.all().count() == 0


@pytest.mark.sample("postgres")
async def test_somebody_has_a_card_of_the_shop_already(
    telegram: Telegram, site: Site, vera: Caller, street: Context
) -> None:
    """With another number: hers stays, and the shop is told why."""
    anna = telegram.person("Анна")
    made = await assign(vera, phone=f"+{anna.phone_number.lstrip('+')}")
    payload = await payload_of(site, made["link"])
    await anna.start(payload)
    await prove_phone(anna)
    await anna.until(lambda screen: "ждёт вас" not in screen.get("text", ""))
    offer = await Offer.filter(brand__program__key=LUKOGRAD).first()
    assert offer is not None
    await Card.create(
        customer=await customer_of(anna.id), program=await Program.get(key=LUKOGRAD),
        printed_number="1", barcode_value="2999999999993", barcode_format="ean13",
        origin=CardOrigin.ISSUED, created_at=street.clock(),
    )  # fmt: skip
    await anna.start(payload)
    await anna.until("У вас уже есть карта этой программы")
    told = (await vera.get(f"/assignments/{made['id']}")).json
    assert (told["state"], told["hindrance"]) == ("waiting", "other_card")


async def prove_phone(person: Person) -> None:
    await person.until("ждёт вас")
    await person.tap("Подтвердить телефон")
    await person.until(lambda _screen: bool(person.keyboard))
    await person.press("Поделиться номером")
