"""HTML becomes text and entities; links, commands and the like are found by themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.content.formatting import format_text
from bot.sandbox.content.html_entities import parse_html
from bot.sandbox.content.text import find_entities
from bot.sandbox.errors import ApiError


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>да</b>", "да", [("bold", 0, 2)]),
        ("😀<i>да</i>", "😀да", [("italic", 2, 2)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("&lt;b&gt; &amp; &quot;&#1071;&#x42F;", '<b> & "ЯЯ', []),
        ("&nbsp;", "&nbsp;", []),
        ("<code>4607</code>", "4607", [("code", 0, 4)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<B>x</B>", "x", [("bold", 0, 1)]),
        ("<a>слово</a>", "слово", []),
    ],
)
def test_tags(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    clean, found = parse_html(source)
    assert clean == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


def test_links_and_languages() -> None:
    _, found = parse_html('<a href="https://a.ru/?x=1&amp;y=2">да</a>')
    assert found == [
        {"type": "text_link", "offset": 0, "length": 2, "url": "https://a.ru/?x=1&y=2"}
    ]
    _, found = parse_html('<pre><code class="language-python">x</code></pre>')
    assert found == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


def test_white_space_is_trimmed_and_entities_follow() -> None:
    made = format_text("  <b> жирно </b> ", "HTML", None)
    assert made.text == "жирно"
    assert [(e["offset"], e["length"]) for e in made.entities] == [(0, 5)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("/start abc", ["bot_command"]),
        ("см. https://a.ru/x и shop.ru", ["url", "url"]),
        ("anna@example.com", ["email"]),
        ("@anna_sandbox", ["mention"]),
        ("+7 916 123-45-01", ["phone_number"]),
        ("#скидки", ["hashtag"]),
        ("и/или 1/2", []),
    ],
)
def test_found_by_themselves(text: str, kinds: list[str]) -> None:
    assert [entity["type"] for entity in find_entities(text)] == kinds


@given(st.text(alphabet="<>/&;#abi =\"'x😀я", max_size=40))
def test_no_text_breaks_the_parser(source: str) -> None:
    try:
        clean, found = parse_html(source)
    except ApiError:
        return  # refused with Telegram's words: anything else would fail the test
    size = len(clean.encode("utf-16-le")) // 2
    assert all(0 < e["length"] <= size - e["offset"] for e in found)
