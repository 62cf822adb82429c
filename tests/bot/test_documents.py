"""A legal text in the chat: the title once, no raw marks, pages that Telegram takes."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from backend.platform.markdown import LONGEST
from backend.platform.words import Translator
from bot.sandbox.content.html_entities import parse_html
from bot.sandbox.content.text import utf16_length
from bot.screens.choices.document import ROOM, document_page, document_pages
from bot.words import load_words
from models.consent_document import ConsentDocument
from tests.support.source import ROOT

LIMIT, MOST_MARKS = 4096, 100
WORDS = load_words()
TEXT = """# Правила программы

## Кто ведёт
ООО «Ромашка».

- **имя**;
- город.

[Сайт](https://example.org/?a=1&b="2") & <b>
"""


def a_document(text: str) -> ConsentDocument:
    values = SimpleNamespace(
        id=7, version=3, title="Правила программы", text=text, sha256="ab" * 32,
        effective_from=datetime(2026, 8, 31, 14, 0, tzinfo=UTC),
        account=SimpleNamespace(timezone="Asia/Vladivostok"),
    )  # fmt: skip
    return cast("ConsentDocument", values)


def test_a_document_is_rendered_with_its_title_once() -> None:
    words = Translator(WORDS, "ru")
    shown = document_page(words, a_document(TEXT), 0)
    assert shown.text == (
        "<b>Правила программы</b>\n\n<b>Кто ведёт</b>\nООО «Ромашка».\n\n"
        "• <b>имя</b>;\n• город.\n\n"
        '<a href="https://example.org/?a=1&amp;b=%222%22">Сайт</a> &amp; &lt;b&gt;\n\n'
        "<i>Версия 3 от 1 сентября 2026 · SHA-256 abababababab</i>"
    )
    assert len(shown.rows) == 1, "one page needs no pager"


def test_every_document_of_the_demo_is_shown_without_raw_marks() -> None:
    found = sorted(ROOT.glob("demo/accounts/*/**/*.md"))
    assert len(found) > 50
    for path in found:
        body = path.read_text(encoding="utf-8").split("---\n", 2)[2].strip()
        title = re.match(r"# (.*)", body)
        assert title is not None
        told = "\n".join(parse_html(page)[0] for page in document_pages(body, title[1].strip()))
        assert not re.search(r"(?m)^\s*(#|[-*] )|\*\*", told), path
        assert title[1].strip() not in told.splitlines()[0]


def accepted(pages: list[str]) -> None:
    for page in pages:
        clean, entities = parse_html(page)
        assert utf16_length(clean) <= ROOM
        assert len(entities) <= MOST_MARKS - 5


def test_a_long_text_is_cut_into_pages_and_nothing_is_lost() -> None:
    parts = [f"## Раздел {n}\n" + f"Слово{n} и *ещё* одно. " * 60 for n in range(30)]
    pages = document_pages("\n\n".join(parts))
    accepted(pages)
    assert len(pages) > 10
    told = " ".join(parse_html(page)[0] for page in pages)
    for n in range(30):
        assert told.count(f"Слово{n} ") == 60
    assert not any(page.rstrip().endswith("</b>") for page in pages), "no heading alone at the end"


def test_words_without_spaces_and_thousands_of_marks_fit_as_well() -> None:
    accepted(document_pages("😀" * 9000))
    accepted(document_pages("**a** " * 5000))
    accepted(document_pages("# " + "заголовок " * 2000))
    accepted(document_pages("- **a**\n" * 5000))


MARKS = st.text(st.sampled_from("*_[]()<>`~#|-+!\\&;\"' \n\tаb1.😀"), max_size=300)


@given(MARKS)
def test_telegram_takes_whatever_the_text_is(text: str) -> None:
    accepted(document_pages(text))
    screen = document_page(Translator(WORDS, "en"), a_document(text or "x"), 99)
    clean, _ = parse_html(screen.text)
    assert 0 < utf16_length(clean) <= LIMIT
    assert len(text) < LONGEST
