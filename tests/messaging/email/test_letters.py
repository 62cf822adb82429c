"""What Анна finds in her mailbox: a button that leads somewhere, and no foreign markup."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver
from backend.messaging.email.send import EmailChannel
from backend.messaging.email.settings import letter_pages
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.handover import Handover, PersonAddress
from backend.messaging.leave_link import LeaveLink, leave_path
from backend.messaging.markup import allowed, plain
from backend.platform.context import Context
from models.card import Card
from models.customer import Customer
from models.message import Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose
from tests.support.chat.telegram import Telegram
from tests.support.clock import StoppedClock
from tests.support.edge.phones import BASE_URL, SENDER, Mailboxes, Phones, open_post
from tests.support.factory.cards import issued_card

HOSTILE = [
    '<a href="javascript:alert(1)" onclick="steal()">Открыть</a>',
    '<b style="position:fixed" onmouseover="steal()">Скидка</b>',
    '<a href=" jAvAsCrIpT:alert(1)">Открыть</a>',
    '<a href="java&#x0A;script:alert(1)">Открыть</a>',
    '<a href="data:text/html,<script>alert(1)</script>">Открыть</a>',
    "<script>alert(1)</script>Скидка",
    "<img src=x onerror=alert(1)>Скидка",
    "<svg><animate onbegin=alert(1)></svg>Скидка",
    "<b><script>alert(1)</script>Скидка</b",
    '<pre lang="x" onload=alert(1)>Скидка</pre>',
    "<blockquote cite=javascript:alert(1)>Скидка",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>Скидка',
    '<a href="//evil.example" ping="//evil.example">Открыть</a>',
    "</p></div></body><form action=//evil.example><button>Скидка</button></form>",
    "<style>*{display:none}</style>Скидка",
    '<b\u0000 onclick="x">Скидка</b>',
]
_DOES = re.compile(r"<[^>]*\b(on\w+|style|srcdoc|action|ping|cite|lang)\s*=", re.IGNORECASE)


@pytest.fixture
def mail() -> Mailboxes:
    return Mailboxes()


def draft(customer: Customer, **more: object) -> Draft:
    given = {
        "once": "letter:1",
        "customer_id": customer.id,
        "purpose": MessagePurpose.SERVICE,
        "kind": "welcome-card",
        "data": {"brand": "Кофе", "number": "1", "subject": "Карта"},
        "to": PersonAddress("anna@example.ru"),
    }
    return Draft(**(given | more))


@pytest.fixture
async def anna(ctx: Context, database: str) -> Customer:
    event = await issued_card(ctx, 1001)
    return await Customer.get(id=event.customer_id)


async def test_the_button_of_a_letter_leads_into_the_bot(
    ctx: Context, mail: Mailboxes, anna: Customer
) -> None:
    await deliver(
        ctx, open_post(email=mail), draft(anna, action=Action(ActionKind.OPEN_CARD, 17)), "email"
    )
    assert f'href="{BASE_URL}/do/open_card-17"' in mail.letters[0].html
    assert f"Показать карту:\n{BASE_URL}/do/open_card-17" in mail.letters[0].text


async def test_every_promotional_letter_can_be_left(
    ctx: Context, mail: Mailboxes, anna: Customer
) -> None:
    """«No more advertising» is the link at its foot and the mail program's own button."""
    message = await Message.create(
        once="push:1", customer_id=anna.id, purpose=MessagePurpose.PROMO, kind="promo-push",
        brand_id=(await _brand(anna)), created_at=ctx.clock(),
        data={"text": "Чай", "advertiser": "А", "inn": "1", "erid": "", "subject": "Чай",
              "action": "stop_ads 3"},
    )  # fmt: skip
    assert message.brand_id is not None
    again = draft(anna, once="push:1", purpose=MessagePurpose.PROMO)
    assert await deliver(ctx, open_post(email=mail), again, "email") is DeliveryState.DELIVERED
    page = BASE_URL + leave_path(ctx.vault, LeaveLink(anna.id, message.brand_id))
    assert mail.letters[0].unsubscribe == page
    assert page in mail.letters[0].text
    assert "/do/" not in mail.letters[0].html


async def _brand(anna: Customer) -> int:
    brand = (await Card.get(customer_id=anna.id)).brand_id
    assert brand is not None
    return brand


async def test_promo_of_no_brand_never_leaves_as_a_letter(
    ctx: Context, mail: Mailboxes, anna: Customer
) -> None:
    of_nobody = draft(anna, purpose=MessagePurpose.PROMO)
    assert await deliver(ctx, open_post(email=mail), of_nobody, "email") is DeliveryState.FAILED
    assert "unsubscribe" in (await Delivery.get()).reason
    assert mail.letters == []


async def test_what_is_secret_is_never_written_down(ctx: Context, anna: Customer) -> None:
    """The row is the same before and after, in memory as well."""
    sms, mail = Phones(), Mailboxes()
    post = open_post(sms, mail)
    code = Draft(
        "code:1", anna.id, MessagePurpose.TRANSACTION, "sms-code", {"code": "••••••"},
        secrets={"code": "123456"}, to=PersonAddress("+79161234567"),
    )  # fmt: skip
    assert await deliver(ctx, post, code, "sms") is DeliveryState.DELIVERED
    assert sms.sms[0][0] == "+79161234567"
    assert "123456" in sms.sms[0][1]
    link = draft(anna, kind="email-confirm", secrets={"path": "/e/t0ken"})
    assert await deliver(ctx, post, link, "email") is DeliveryState.DELIVERED
    assert f"{BASE_URL}/e/t0ken" in mail.letters[0].text
    for row in await Message.all():
        assert not {"123456", "+79161234567", "/e/t0ken", "anna@example.ru"} & set(_texts(row.data))
    for told in (repr(code), repr(link)):
        assert not any(hidden in told for hidden in ("123456", "+7916", "t0ken", "anna@"))


def _texts(data: dict[str, object]) -> Iterator[str]:
    return (str(value) for value in data.values())


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_markup_does_nothing_in_a_letter(text: str) -> None:
    channel = EmailChannel(Mailboxes(), BASE_URL, letter_pages(), SENDER, StoppedClock())
    written = Message(kind="email-confirm", body=f"Здравствуйте!\n\n{text}", once="letter:1")
    letter = channel.letter(Handover(written, "ru", PersonAddress("anna@example.ru")))
    body = letter.html[letter.html.index("Здравствуйте") : letter.html.index("</div>")]
    assert "Скидка" in body or "Открыть" in body, "the words themselves stay"
    assert not _DOES.search(body.replace('<p style="margin:0 0 16px">', ""))
    assert not re.search(r"script|<(img|svg|iframe|form|button)|evil", body, re.IGNORECASE)
    assert body.count("<p ") + 1 == body.count("</p>"), "and break nothing around them"
    assert "<" not in letter.text


async def test_telegram_takes_whatever_a_brand_wrote(
    ctx: Context, post: GatedChannels, telegram: Telegram, database: str
) -> None:
    """A message that Telegram cannot read would be refused for good."""
    anna = telegram.person("Анна")
    await anna.start()
    event = await issued_card(ctx, anna.id)
    hello = Draft("", event.customer_id, MessagePurpose.SERVICE, "welcome-card")
    # PostgreSQL holds no NUL.
    for number, text in enumerate(text.replace("\0", "") for text in HOSTILE):
        once = f"hello:{number}"
        await Message.create(
            once=once, customer_id=event.customer_id, purpose=MessagePurpose.SERVICE,
            kind="welcome-card", body=text, created_at=ctx.clock(),
        )  # fmt: skip
        state = await deliver(ctx, post, replace(hello, once=once), "telegram")
        assert state is DeliveryState.DELIVERED, text
        assert anna.text in {"Скидка", "Открыть"}


def test_what_telegram_shows_stays() -> None:
    kept = '<b>Кофе</b> &amp; <i>чай</i>\n<a href="https://k.example/?a=1&amp;b=2">тут</a>'
    assert allowed(kept) == kept
    assert allowed("5 < 6 & 7\u00a0> 6") == "5 &lt; 6 &amp; 7\u00a0&gt; 6"
    assert allowed("<b>не закрыт") == "<b>не закрыт</b>"
    assert plain(kept) == "Кофе & чай\nтут"
