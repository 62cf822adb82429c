"""Markdown of legal texts, read for showing: as blocks of marked text, or as a piece of HTML.

The text itself is never changed: what is agreed to and hashed is the source. Raw HTML, pictures
and addresses other than http, https and mailto come out as plain words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

# More than any text of a pack or a policy has; what is beyond is not shown.
LONGEST = 200_000
_ADDRESSES = ("https://", "http://")
_CLOSES = {"strong": "bold", "em": "italic", "s": "strike"}


class Kind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Piece:
    """`marks`: bold, italic, strike, code. `link`: an http or https address, or empty."""

    text: str
    marks: frozenset[str] = frozenset()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """`marker` stands before an item («•», «3.»); `depth` is how deep its list is nested."""

    kind: Kind
    pieces: tuple[Piece, ...]
    marker: str = ""
    depth: int = 0

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False})
    return reader.enable(["table", "strikethrough"]).disable("image")


@lru_cache(maxsize=64)
def read_markdown(text: str, title: str = "") -> tuple[Block, ...]:
    """In the order of the text. A first heading that says the title again is left out."""
    blocks = tuple(_blocks(_reader().parse(text[:LONGEST])))
    if title and blocks and _says(blocks[0], title):
        return blocks[1:]
    return blocks


def _says(block: Block, title: str) -> bool:
    return block.kind is Kind.HEADING and block.text.split() == title.split()


@dataclass(slots=True)
class _Place:
    """Where in the text the walk is. `lists` holds the next number of each list, 0 for
    bullets; `marker` waits for the first words of an item."""

    lists: list[int] = field(default_factory=list)
    marker: str = ""
    quotes: int = 0
    heading: bool = False
    row: list[Piece] | None = None

    def kind(self) -> Kind:
        if self.heading:
            return Kind.HEADING
        if self.lists:
            return Kind.ITEM
        return Kind.QUOTE if self.quotes else Kind.PARAGRAPH

    def taken_marker(self) -> str:
        marker, self.marker = self.marker, ""
        return marker


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    at = _Place()
    for token in tokens:
        if token.type == "inline":
            yield from _words(at, tuple(_pieces(token.children or [])))
        elif token.type in {"fence", "code_block"}:
            code = Piece(token.content.rstrip("\n"), frozenset({"code"}))
            yield Block(Kind.CODE, (code,), at.taken_marker(), len(at.lists))
        elif token.type == "hr":
            yield Block(Kind.RULE, (Piece("———"),))
        elif token.type == "tr_close" and at.row:
            yield Block(Kind.PARAGRAPH, tuple(at.row))
            at.row = None
        else:
            _step(at, token)


def _words(at: _Place, pieces: tuple[Piece, ...]) -> Iterator[Block]:
    if at.row is None:
        if pieces:
            yield Block(at.kind(), pieces, at.taken_marker(), len(at.lists))
        return
    # A cell: a row becomes a line.
    at.row += [*((Piece(" — "),) if at.row else ()), *pieces]


def _step(at: _Place, token: Token) -> None:
    match token.type:
        case "heading_open" | "heading_close":
            at.heading = token.nesting > 0
        case "blockquote_open" | "blockquote_close":
            at.quotes += token.nesting
        case "bullet_list_open":
            at.lists.append(0)
        case "ordered_list_open":
            at.lists.append(int(token.attrGet("start") or 1))
        case "bullet_list_close" | "ordered_list_close":
            at.lists.pop()
        case "list_item_open":
            at.marker = f"{at.lists[-1]}." if at.lists[-1] else "•"
            at.lists[-1] += bool(at.lists[-1])
        case "tr_open":
            at.row = []


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    marks: list[str] = []
    link, label = "", ""
    for token in tokens:
        text = _text(token)
        if text:
            label += text
            code = ["code"] if token.type == "code_inline" else []
            yield Piece(text, frozenset([*marks, *code]), _address(link))
        elif token.tag in _CLOSES and token.nesting > 0:
            marks.append(_CLOSES[token.tag])
        elif token.tag in _CLOSES and token.nesting < 0:
            marks.remove(_CLOSES[token.tag])
        elif token.type == "link_open":
            link, label = str(token.attrGet("href") or ""), ""
        elif token.type == "link_close":
            hidden = link.removeprefix("mailto:")
            if not _address(link) and hidden and hidden != label:
                yield Piece(f" ({hidden})", frozenset(marks))
            link = ""


def _text(token: Token) -> str:
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    return token.content if token.type in {"text", "code_inline"} else ""


def _address(link: str) -> str:
    return link if link.startswith(_ADDRESSES) else ""


@lru_cache(maxsize=64)
def markdown_html(text: str, title: str = "", top: int = 2) -> str:
    """Safe HTML of the text; its largest headings are `<h{top}>`."""
    tokens = _reader().parse(text[:LONGEST])
    if title and tokens and tokens[0].type == "heading_open":
        told = "".join(_text(child) for child in tokens[1].children or [])
        tokens = tokens[3:] if told.split() == title.split() else tokens
    smallest = min((int(t.tag[1]) for t in tokens if t.type == "heading_open"), default=1)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) - smallest + top)}"
        for child in token.children or []:
            if child.type == "link_open":
                _mend_link(child)
    return str(_reader().renderer.render(tokens, _reader().options, {}))


def _mend_link(token: Token) -> None:
    href = str(token.attrGet("href") or "")
    if not href.startswith((*_ADDRESSES, "mailto:")):
        href = "#"
    token.attrSet("href", href)
    token.attrSet("rel", "nofollow noopener")
