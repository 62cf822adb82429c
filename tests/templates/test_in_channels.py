"""A template in a letter, an SMS and Telegram, as each channel makes it."""

from html.parser import HTMLParser
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.links.links import Links
from backend.messaging.email.letter import build
from backend.messaging.email.send import EmailChannel
from backend.messaging.email.settings import letter_pages
from backend.messaging.handover import Handover, Head, PersonAddress
from backend.messaging.sms.send import SmsChannel
from backend.messaging.telegram.send import _keyboard
from backend.platform.secrets.vault import Vault
from backend.templates.content import Content
from backend.templates.template_said import Law, TemplateSaid
from models.message_purpose import MessagePurpose
from tests.support.clock import START, StoppedClock
from tests.support.edge.phones import BASE_URL, SENDER, Mailboxes, Phones

KEPT: dict[str, Any] = {
    "ru": {"text": "Чай {name}", "button": "Где", "letter": "Чай, {name}!\n\nhttps://a.ru/b?c=1&d=2"},
    "picture": "0" * 64,
    "opens": {"url": "https://a.ru/sale"},
    "fallbacks": {"name": {"ru": "Друг"}},
}  # fmt: skip
LAW = Law("ООО «Ромашка»", "7707083893")
PAGES = letter_pages()


def letter_of(said: TemplateSaid) -> Any:
    head = Head(7, 1, MessagePurpose.PROMO, 3)
    handover = Handover(head, "ru", PersonAddress("anna@example.ru"), leave="/c/1-3-f", words=said)
    return EmailChannel(Mailboxes(), BASE_URL, PAGES, SENDER, StoppedClock()).letter(handover)


def test_a_letter_has_its_form_its_picture_and_short_links(vault: Vault) -> None:
    ids = {"https://a.ru/sale": 1, "https://a.ru/b?c=1&d=2": 2}
    links = Links(BASE_URL, vault, ids, 7)
    content = Content.read(KEPT)
    letter = letter_of(TemplateSaid(content, "ru", "email", {"name": "Аня"}, LAW, 3, links))
    button, word = links.of("https://a.ru/sale"), links.of("https://a.ru/b?c=1&d=2")
    assert letter.subject == "Где"
    assert letter.text.startswith(f"Чай, Аня!\n\n{word}\n\nРеклама. ООО «Ромашка»")
    assert f"Где:\n{button}" in letter.text
    assert f'<a href="{word}">{word}</a>' in letter.html
    assert f'<img src="{BASE_URL}/media/{"0" * 64}"' in letter.html
    assert letter.html.count(f'href="{button}"') == 1
    assert "a.ru" not in letter.html + letter.text
    bare = letter_of(TemplateSaid(content, "ru", "email", law=LAW, stops=3))
    assert "<img" not in bare.html, "whose address is not known"


async def test_an_sms_says_its_link_and_telegram_has_it_on_a_button(vault: Vault) -> None:
    links = Links("https://k.example", vault, {"https://a.ru/sale": 1}, 7)
    content, phones = Content.read(KEPT), Phones()
    head = Head(7, 1, MessagePurpose.SERVICE)
    said = TemplateSaid(content, "ru", "sms", {"name": "Аня"}, links=links)
    await SmsChannel(phones).send(Handover(head, "ru", PersonAddress("+79161234567"), words=said))
    assert phones.sms == [("+79161234567", f"Чай Аня {links.of('https://a.ru/sale')}")]
    said = TemplateSaid(content, "ru", "telegram", {}, LAW, 3, links)
    keyboard = _keyboard(Handover(head, "ru", PersonAddress("1"), words=said))
    assert keyboard is not None
    (button,), (stop,) = keyboard.inline_keyboard
    assert (button.text, button.url) == ("Где", links.of("https://a.ru/sale"))
    assert stop.callback_data == "adoff:3:telegram"


class Seen(HTMLParser):
    """Tags with their attributes, as a mail program meets them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.addresses += [str(value) for name, value in attrs if name in {"href", "src"}]


HOSTILE = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="<>&;\"'/!-ab#x=:\n\u202e ", max_size=30),
    st.sampled_from(
        [
            "<script>alert(1)</script>", "<img src=x onerror=1>", "<a href='https://evil.ru'>x</a>",
            "javascript:alert(1)", "{{7*7}}", "{% raw %}", "\r\nBcc: a@b.ru", "=?utf-8?q?x?=",
        ]
    ),
)  # fmt: skip


@settings(max_examples=60)
@given(HOSTILE, HOSTILE)
def test_no_text_and_no_value_puts_anything_into_a_letter(words: str, name: str) -> None:
    text = words.replace("{", "{{").replace("}", "}}")
    kept = {"ru": {"text": f"{text}{{name}}", "subject": text}}
    said = TemplateSaid(Content.read(kept), "ru", "email", {"name": name}, LAW, 3)
    letter = letter_of(said)
    seen = Seen()
    seen.feed(letter.html)
    assert set(seen.tags) <= {
        "html", "head", "meta", "title", "body", "div", "p", "br", "i", "a"
    }  # fmt: skip
    ours = f"{BASE_URL}/c/1-3-f"
    assert seen.addresses == [ours] or "://" in words
    message = build(letter, SENDER, START)
    assert not set(message["Subject"]) & set("\r\n\0")
    assert message["Bcc"] is None
