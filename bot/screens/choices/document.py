"""A legal text in full, rendered page by page into what Telegram shows."""

import html
from collections.abc import Callable
from zoneinfo import ZoneInfo

from backend.platform.markdown import Block, Kind, Piece, read_markdown
from backend.platform.words import Translator
from bot.screens.parts import escape, long_date, pager
from bot.screens.screen import Button, Screen
from bot.taps.issue import ConsentRead, ConsentShow
from catalog.days import day_in
from models.consent_document import ConsentDocument

# Telegram takes 4096 UTF-16 units and 100 marks in a message; the frame needs some of them.
ROOM = 3400
MARKS = 90
_TAGS = (("strike", "s"), ("italic", "i"), ("bold", "b"), ("code", "code"))
_BOLD = frozenset({"bold"})


def document_page(
    words: Translator,
    document: ConsentDocument,
    page: int,
    to: Callable[[int], str] | None = None,
    back: str = "",
    back_label: str = "consent-back",
) -> Screen:
    """The text with its version and fingerprint; the document comes with its account. `to`
    gives the tap that opens a page and `back` the one that leaves; without them it belongs to
    an application."""
    zone = ZoneInfo(document.account.timezone)
    foot = words.html(
        "consent-version",
        version=document.version,
        date=long_date(words, day_in(zone, document.effective_from)),
        digest=document.sha256[:12],
    )
    head = f"<b>{escape(document.title)}</b>"

    def here(number: int) -> str:
        return ConsentRead(document=document.id, page=number).pack()

    body, numbers = turned(words, document.text, document.title, page, to or here)
    leave = Button(words(back_label), tap=back or ConsentShow().pack())
    rows = (*((numbers,) if numbers else ()), (leave,))
    return Screen(f"{head}\n\n{body}\n\n<i>{foot}</i>", rows)


def turned(
    words: Translator, text: str, title: str, page: int, to: Callable[[int], str]
) -> tuple[str, tuple[Button, ...]]:
    """One page of Markdown as Telegram HTML, and the buttons that turn pages (none when there
    is one). A page beyond the end is the last one."""
    pages = document_pages(text, title)
    page = min(max(page, 0), len(pages) - 1)
    return pages[page], pager(words, page, len(pages), to)


def document_pages(text: str, title: str = "") -> list[str]:
    """Telegram HTML, each page at most ROOM units and MARKS marks; at least one page."""
    pages: list[list[Piece]] = [[]]
    before: Block | None = None
    heading_at = 0
    for block in read_markdown(text, title):
        pieces = _laid_out(block)
        page = pages[-1]
        gap = _gap(before, block) if page else ""
        if page and not _fits(page, pieces, gap):
            # A heading goes along with what it is about.
            pages.append([])
            if before is not None and before.kind is Kind.HEADING and heading_at:
                pages[-1] = page[heading_at:]
                del page[heading_at - 1 :]
            gap = "\n" if pages[-1] else ""
            page = pages[-1]
        if gap:
            page.append(Piece(gap))
        heading_at = len(page) if block.kind is Kind.HEADING else 0
        for piece in _cut(pieces):
            if pages[-1] and not _fits(pages[-1], [piece], ""):
                pages.append([])
            pages[-1].append(piece)
        before = block
    return ["".join(map(_html, page)).strip() for page in pages if page] or [""]


def _laid_out(block: Block) -> list[Piece]:
    """With its marker and its indentation."""
    if block.kind is Kind.HEADING:
        return [Piece(p.text, p.marks | _BOLD, p.link) for p in block.pieces]
    if block.kind is Kind.QUOTE:
        return [Piece("│ "), *block.pieces]
    indent = "\u2003" * max(0, min(block.depth, 6) - 1)
    lead = f"{indent}{block.marker} " if block.marker else "\u2003" * min(block.depth, 6)
    return [*((Piece(lead),) if lead else ()), *block.pieces]


def _gap(before: Block | None, block: Block) -> str:
    if before is None:
        return ""
    close = before.kind is Kind.HEADING or (before.kind is block.kind is Kind.ITEM)
    return "\n" if close else "\n\n"


def _fits(page: list[Piece], more: list[Piece], gap: str) -> bool:
    both = [*page, *more]
    units = sum(_units(piece.text) for piece in both) + len(gap)
    return units <= ROOM and sum(_marks(piece) for piece in both) <= MARKS


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


def _marks(piece: Piece) -> int:
    return len(piece.marks) + bool(piece.link)


def _cut(pieces: list[Piece]) -> list[Piece]:
    """None longer than a page, cut at spaces where there are any."""
    found: list[Piece] = []
    for piece in pieces:
        rest = piece.text
        while _units(rest) > ROOM:
            # Half of it even if every letter takes two units.
            room = ROOM // 2
            at = rest.rfind(" ", 1, room)
            at = at if at > room // 2 else room
            found.append(Piece(rest[:at], piece.marks, piece.link))
            rest = rest[at:]
        found.append(Piece(rest, piece.marks, piece.link))
    return found


def _html(piece: Piece) -> str:
    text = escape(piece.text)
    marks = {"code"} if "code" in piece.marks and not piece.link else piece.marks - {"code"}
    for mark, tag in _TAGS:
        if mark in marks:
            text = f"<{tag}>{text}</{tag}>"
    return f'<a href="{html.escape(piece.link)}">{text}</a>' if piece.link else text
