"""«My data»: what is held, as a file; and the way out, confirmed twice."""

import re

from bot import taps
from bot.screens.parts import back_button, cut, escape, home_button, pager
from bot.screens.screen import Button, Rows, Screen, Style
from bot.words import Translator

_PAGE = 3000


def my_data(words: Translator, note: str = "") -> Screen:
    """`note` is a wording's key: what has just happened."""
    text = words.html("mydata-title")
    rows: Rows = (
        (Button(words("mydata-export"), tap=taps.ExportMyData().pack()),),
        (Button(words("mydata-policy"), tap=taps.Privacy().pack()),),
        (Button(words("mydata-delete"), tap=taps.DeleteMyData().pack(), style=Style.DANGER),),
        (back_button(words, taps.OpenSettings().pack()), home_button(words)),
    )
    return Screen(f"{words.html(note)}\n\n{text}" if note else text, rows)


def deletion_explained(words: Translator, customer_id: int, cards: int) -> Screen:
    """The first question. `cards`: how many there are."""
    on = taps.DeleteMyData(step=1, customer=customer_id).pack()
    rows: Rows = (
        (Button(words("mydata-export-first"), tap=taps.ExportMyData().pack()),),
        (Button(words("mydata-delete-go-on"), tap=on, style=Style.DANGER),),
        (back_button(words, taps.MyData().pack()), home_button(words)),
    )
    return Screen(words.html("mydata-delete-explained", cards=cards), rows)


def deletion_sure(words: Translator, customer_id: int) -> Screen:
    """The second question."""
    yes = taps.DeleteMyData(step=2, customer=customer_id).pack()
    rows: Rows = (
        (Button(words("mydata-delete-no"), tap=taps.MyData().pack()),),
        (Button(words("mydata-delete-yes"), tap=yes, style=Style.DANGER),),
    )
    return Screen(words.html("mydata-delete-sure"), rows)


def deleted(words: Translator) -> Screen:
    again = Button(words("mydata-start-again"), tap=taps.Home().pack())
    return Screen(words.html("mydata-deleted"), ((again,),))


def policy_page(words: Translator, text: str, page: int) -> Screen:
    """The operator's policy, a page of it; its Markdown is shown as plain paragraphs."""
    pages = _pages(text)
    page = min(max(page, 0), len(pages) - 1)

    def to(number: int) -> str:
        return taps.Policy(page=number).pack()

    turning = pager(words, page, len(pages), to)
    back = (back_button(words, taps.Privacy().pack()), home_button(words))
    return Screen(_as_html(pages[page]), (*((turning,) if turning else ()), back))


def _pages(text: str) -> list[str]:
    """Cut between paragraphs; a paragraph that fits no page is cut short."""
    pages = [""]
    for paragraph in text.split("\n\n"):
        piece = cut(paragraph, _PAGE)
        if pages[-1] and len(pages[-1]) + len(piece) > _PAGE:
            pages.append("")
        pages[-1] = f"{pages[-1]}\n\n{piece}".strip()
    return pages


def _as_html(markdown: str) -> str:
    text = escape(markdown)
    text = re.sub(r"(?m)^#{1,6}\s+(.+)$", r"<b>\1</b>", text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    return re.sub(r"(?m)^[*-]\s+", "• ", text)
