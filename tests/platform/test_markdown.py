"""Legal texts in Markdown: shown as they are meant, and safe whatever they are."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.platform.markdown import Kind, markdown_html, read_markdown

TEXT = """# Согласие на обработку

Я *свободно* даю **согласие**.

## Какие данные
- имя;
- номер карты,
  баланс;
  1. вложенный

3. третий
4. четвёртый

> Цитата

`код` и [сайт](https://example.org/a?b=1&c=2), [почта](mailto:a@b.example), <b>не тег</b>
"""


def test_a_text_is_read_into_blocks() -> None:
    blocks = read_markdown(TEXT, "Согласие на  обработку")
    assert [(b.kind.value, b.marker, b.depth, b.text) for b in blocks] == [
        ("paragraph", "", 0, "Я свободно даю согласие."),
        ("heading", "", 0, "Какие данные"),
        ("item", "•", 1, "имя;"),
        ("item", "•", 1, "номер карты, баланс;"),
        ("item", "1.", 2, "вложенный"),
        ("item", "3.", 1, "третий"),
        ("item", "4.", 1, "четвёртый"),
        ("quote", "", 0, "Цитата"),
        ("paragraph", "", 0, "код и сайт, почта (a@b.example), <b>не тег</b>"),
    ]
    marked = {piece.text: piece for block in blocks for piece in block.pieces}
    assert marked["свободно"].marks == {"italic"}
    assert marked["согласие"].marks == {"bold"}
    assert marked["код"].marks == {"code"}
    assert marked["сайт"].link == "https://example.org/a?b=1&c=2"
    assert read_markdown(TEXT)[0].kind is Kind.HEADING, "the title stays where nobody says it above"


def test_a_table_becomes_lines() -> None:
    blocks = read_markdown("| Что | Зачем |\n|---|---|\n| имя | **касса** |\n| город | |\n")
    assert [block.text for block in blocks] == ["Что — Зачем", "имя — касса", "город — "]


def test_html_for_the_site_is_safe() -> None:
    hostile = (
        "# Заголовок\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) "
        '[y](data:text/html,x) [z](/local) ![p](https://e.example/p.png)\n\n<img src=x onerror="1">'
    )
    made = markdown_html(hostile)
    assert "<h2>Заголовок</h2>" in made
    assert not re.search(r"<(script|img)", made)
    assert re.findall(r'href="([^"]*)"', made) == ["#", "https://e.example/p.png"]
    assert markdown_html("# Правила\n\n## Кто\nмы", "Правила", 4) == "<h4>Кто</h4>\n<p>мы</p>\n"


HOSTILE = [
    "*a " * 60_000, "[" * 200_000, "[a](" * 50_000, "![a](" * 40_000, "> " * 500 + "x",
    "- " * 100_000, "`" * 200_000, "# a\n" * 50_000, "<" * 200_000,
    "|a" * 1000 + "\n" + "|-" * 1000,
    "\n".join("  " * depth + "- a" for depth in range(400)),
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:6].strip() or "nest")
def test_a_hostile_text_is_read_in_bounded_time(text: str) -> None:
    begun = time.process_time()
    read_markdown(text)
    assert time.process_time() - begun < 10


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.seen |= {f"{tag}.{name}" for name, _ in attrs}


ALLOWED = {
    "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "strong", "em", "s", "code", "pre", "hr",
    "br", "blockquote", "a", "a.href", "a.rel", "a.title", "table", "thead", "tbody", "tr", "th",
    "td", "td.style", "th.style", "ol.start", "code.class",
}  # fmt: skip
MARKS = st.text(st.sampled_from("*_[]()<>`~#|-+!\\&;\"' \n\tаb1."), max_size=200)


@given(MARKS)
def test_no_text_makes_html_of_its_own(text: str) -> None:
    tags = _Tags()
    tags.feed(markdown_html(text))
    assert tags.seen <= ALLOWED
