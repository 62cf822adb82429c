"""A template said to one person: by language, channel and what is known of them."""

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.links.links import Links
from backend.links.token import read_token
from backend.messaging.action import Action, ActionKind
from backend.messaging.markup import allowed
from backend.messaging.said import Button
from backend.platform.secrets.vault import Vault
from backend.templates.content import Content
from backend.templates.template_said import Law, TemplateSaid

LAW = Law("ООО «Ромашка» & Ко", "7707083893", "2Vtzqw")
KEPT: dict[str, Any] = {
    "ru": {
        "text": "{name}, у вас {points} {points|балл|балла|баллов} до {until} <b>{tier}</b>",
        "button": "Смотреть, {name}",
        "letter": "Здравствуйте, {name}!\n\nПодробнее: https://shop.example/a?b=1&c=2.",
        "sms": "{points} {points|балл|балла|баллов}: https://shop.example/sms",
    },
    "picture": "0" * 64,
    "opens": {"url": "https://shop.example/sale"},
    "fallbacks": {
        "name": {"ru": "Друг"}, "points": {"ru": "0"}, "tier": {"ru": "—"}, "until": {"ru": "лета"}
    },
    "kinds": {"until": "date"},
}  # fmt: skip
EVERYTHING = {"name": "Анна", "points": "1252", "tier": "Золото <3", "until": "2026-12-31"}


def said(values: Any = None, **given: Any) -> TemplateSaid:
    content = Content.read(given.pop("kept", KEPT))
    return TemplateSaid(content, given.pop("language", "ru"), values=values or {}, **given)


def test_what_is_known_is_filled_in_and_what_is_not_has_its_fallback() -> None:
    assert said(EVERYTHING).html() == (
        "Анна, у вас 1\u00a0252 балла до 31.12.2026 &lt;b&gt;Золото &lt;3&lt;/b&gt;"
    )
    assert said().text() == "Друг, у вас 0 баллов до лета <b>—</b>"
    assert said({"name": " \n", "points": "21"}).text().startswith("Друг, у вас 21 балл до"), (
        "a blank is nothing"
    )
    assert said().subject() == "Смотреть, Друг"
    assert Content.read(KEPT).variables() == {"name", "points", "tier", "until"}


def test_each_channel_has_its_form_and_the_other_language_falls_back() -> None:
    letter = said(EVERYTHING, channel="email", language="en")
    address = "https://shop.example/a?b=1&amp;c=2"
    assert letter.html() == (
        f'Здравствуйте, Анна!\n\nПодробнее: <a href="{address}">{address}</a>.'
    )
    assert [allowed(part) for part in letter.html().split("\n\n")] == letter.html().split("\n\n")
    assert said({"points": "1"}, channel="sms").text() == "1 балл: https://shop.example/sms"
    short = KEPT | {"ru": {"text": "Скидка", "button": "Где"}}
    assert said(kept=short, channel="sms").text() == "Скидка https://shop.example/sale"
    assert said(kept=short, channel="telegram").text() == "Скидка"
    assert said(kept=short, channel="email").subject() == "Где"
    bare = {"en": {"text": "Sale\ntoday"}}
    assert said(kept=bare, channel="email").subject() == "Sale"
    assert said(kept=bare).buttons() == []


def test_advertising_carries_its_label_and_its_switch() -> None:
    whole = said(EVERYTHING, law=LAW, stops=7)
    assert whole.html().endswith(
        "\n\n<i>Реклама. ООО «Ромашка» &amp; Ко, ИНН 7707083893 · erid: 2Vtzqw</i>"
    )
    assert whole.text().endswith(" Реклама. ООО «Ромашка» & Ко, ИНН 7707083893 · erid: 2Vtzqw")
    assert [each.action for each in whole.buttons()] == [None, Action(ActionKind.STOP_ADS, 7)]
    assert said(EVERYTHING, law=LAW, channel="sms").text().endswith("erid: 2Vtzqw")


@pytest.mark.parametrize(
    ("opens", "card", "button"),
    [
        ({"offer": "tea", "id": 5}, 0, Action(ActionKind.OPEN_OFFER, 5)),
        ({"card": True}, 9, Action(ActionKind.OPEN_CARD, 9)),
        ({"card": True}, 0, None),
        ({}, 9, None),
    ],
)
def test_the_button_opens_an_offer_or_the_card(opens: Any, card: int, button: Any) -> None:
    found = said(EVERYTHING, kept=KEPT | {"opens": opens}, card=card).buttons()
    assert found == ([Button("Смотреть, Анна", button)] if button else [])


def test_links_of_a_message_are_short_and_its_picture_is_ours(vault: Vault) -> None:
    ids = {"https://shop.example/sale": 3, "https://shop.example/sms": 4}
    links = Links("https://k.example", vault, ids, 42)
    whole = said(EVERYTHING, links=links)
    assert whole.picture() == f"https://k.example/media/{'0' * 64}"
    (button,) = whole.buttons()
    assert read_token(vault, button.url.removeprefix("https://k.example/l/")) == (3, 42)
    words = said(EVERYTHING, links=links, channel="sms").text()
    assert read_token(vault, words.rpartition("/l/")[2]) == (4, 42)
    letter = said(EVERYTHING, links=links, channel="email").html()
    assert "https://shop.example/a?b=1&amp;c=2" in letter, "what has no short link stands"
    assert said(kept=KEPT | {"picture": "https://p.example/1.png"}).picture().endswith("1.png")
    assert Content.read(KEPT).urls() == (
        "https://shop.example/sale", "https://shop.example/a?b=1&c=2", "https://shop.example/sms",
    )  # fmt: skip


class Telegram(HTMLParser):
    """Refuses what Telegram does not read: other tags, attributes, signs and unclosed ones."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "i"
        assert not attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert "<" not in data
        assert "&" not in data
        self.words += data

    def handle_entityref(self, name: str) -> None:
        self.words += {"lt": "<", "gt": ">", "amp": "&"}[name]

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")

    def handle_charref(self, name: str) -> None:
        raise AssertionError("a sign by its number")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError("a declaration")

    def handle_pi(self, data: str) -> None:
        raise AssertionError("an instruction")


HOSTILE = (
    "<script>alert(1)</script>", "<a href='tg://x'>", "&lt;b&gt;", "<!--", "&#60;", "]]>",
    "</i><b>", "{name}", "{{", "%s", "https://x.example/<b>&\"'",
)  # fmt: skip
MARKUP = st.one_of(
    st.text(),
    st.text(alphabet="<>&;\"'/!-{}ab#x1=:\u202e\u0000 \n"),
    st.sampled_from(HOSTILE),
)


@given(MARKUP, MARKUP, MARKUP)
def test_no_text_and_no_value_breaks_what_channels_read(words: str, name: str, law: str) -> None:
    doubled = words.replace("{", "{{").replace("}", "}}")
    kept = {"ru": {"text": f"{doubled} {{name}}"}, "fallbacks": {"name": {"ru": "Друг"}}}
    for channel in ("telegram", "email"):
        whole = said({"name": name}, kept=kept, law=Law(law, "1"), channel=channel)
        read = Telegram()
        markup = whole.html()
        if channel == "email":
            assert allowed(markup).count("<i>") == 1
            assert "<script" not in markup
            continue
        read.feed(markup)
        read.close()
        assert read.open == []
        assert read.words.startswith(words)
        assert "\n" not in whole.text()
