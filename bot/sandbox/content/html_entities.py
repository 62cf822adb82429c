"""`parse_mode=HTML`: the text without tags, its entities, and Telegram's words for mistakes."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.content.text import Json, utf16_length
from bot.sandbox.errors import ApiError, bad_request

_KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "a": "text_link", "tg-emoji": "custom_emoji",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_BARE_VALUE = re.compile(r"[A-Za-z0-9.\-]*")


@dataclass(slots=True)
class _Open:
    """A start tag that waits for its end."""

    tag: str
    argument: str
    offset: int  # UTF-16 units in the clean text


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    clean: list[str] = field(default_factory=list)
    length: int = 0  # UTF-16 units of `clean`
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def bytes_at(self, position: int) -> int:
        return len(self.source[:position].encode())

    def fail(self, reason: str, position: int) -> ApiError:
        return _refuse(f"{reason} at byte offset {self.bytes_at(position)}")

    def peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def skip_spaces(self) -> None:
        while self.peek().isspace():
            self.at += 1

    def put(self, text: str) -> None:
        self.clean.append(text)
        self.length += utf16_length(text)


def _refuse(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The clean text and its entities, outer before inner; raises ApiError 400."""
    reader = _Reader(source)
    while reader.at < len(source):
        symbol = reader.peek()
        if symbol == "<":
            if source.startswith("</", reader.at):
                _end_tag(reader)
            else:
                _start_tag(reader)
        else:
            reader.put(_character(reader))
    if reader.stack:
        tag = reader.stack[-1].tag
        raise _refuse(f'Can\'t find end tag corresponding to start tag "{tag}"')
    entities = sorted(reader.entities, key=lambda found: (found["offset"], -found["length"]))
    return "".join(reader.clean), entities


def _character(reader: _Reader) -> str:
    found = _CHARACTER.match(reader.source, reader.at)
    if found is None:
        reader.at += 1
        return reader.source[reader.at - 1]
    reader.at = found.end()
    hexadecimal, decimal, named = found.groups()
    if named:
        return _NAMED[named]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise bad_request(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code)


def _start_tag(reader: _Reader) -> None:
    begin = reader.at
    reader.at += 1
    while reader.peek() and not reader.peek().isspace() and reader.peek() != ">":
        reader.at += 1
    tag = reader.source[begin + 1 : reader.at].lower()
    if not reader.peek():
        raise reader.fail("Unclosed start tag", begin)
    if tag not in _KINDS:
        raise reader.fail(f'Unsupported start tag "{tag}"', begin)
    attributes = _attributes(reader, tag, begin)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise reader.fail('Tag "span" must have class "tg-spoiler"', begin)
    reader.stack.append(_Open(tag, _argument(tag, attributes), reader.length))


def _argument(tag: str, attributes: dict[str, str]) -> str:
    if tag == "a":
        return attributes.get("href", "")
    if tag == "code":
        name = attributes.get("class", "")
        return name.removeprefix("language-") if name.startswith("language-") else ""
    if tag == "blockquote":
        return "expandable" if "expandable" in attributes else ""
    if tag == "tg-emoji":
        return attributes.get("emoji-id", "")
    return ""


def _attributes(reader: _Reader, tag: str, begin: int) -> dict[str, str]:
    found: dict[str, str] = {}
    while True:
        reader.skip_spaces()
        if reader.peek() == ">":
            reader.at += 1
            return found
        if not reader.peek():
            raise reader.fail(f'Unclosed start tag "{tag}"', begin)
        name = _take(reader, _ATTRIBUTE_NAME)
        if not name:
            raise reader.fail(f'Empty attribute name in the tag "{tag}"', begin)
        reader.skip_spaces()
        if reader.peek() == "=":
            reader.at += 1
            found[name.lower()] = _value(reader, tag, begin)
        else:
            found[name.lower()] = ""


def _take(reader: _Reader, pattern: re.Pattern[str]) -> str:
    found = pattern.match(reader.source, reader.at)
    taken = found.group() if found else ""
    reader.at += len(taken)
    return taken


def _value(reader: _Reader, tag: str, begin: int) -> str:
    reader.skip_spaces()
    quote = reader.peek()
    if not quote:
        raise reader.fail(f'Unclosed start tag "{tag}"', begin)
    if quote not in {'"', "'"}:
        start = reader.at
        value = _take(reader, _BARE_VALUE)
        if not value or not (reader.peek() == ">" or reader.peek().isspace()):
            raise reader.fail("Unexpected end of name token", start)
        return value.lower()
    reader.at += 1
    taken: list[str] = []
    while reader.peek() != quote:
        if not reader.peek():
            raise reader.fail("Unclosed start tag", begin)
        taken.append(_character(reader))
    reader.at += 1
    return "".join(taken)


def _end_tag(reader: _Reader) -> None:
    begin = reader.at
    if not reader.stack:
        raise reader.fail("Unexpected end tag", begin)
    reader.at += 2
    while reader.peek() and not reader.peek().isspace() and reader.peek() != ">":
        reader.at += 1
    name = reader.source[begin + 2 : reader.at].lower()
    reader.skip_spaces()
    if reader.peek() != ">":
        raise reader.fail("Unclosed end tag", begin)
    reader.at += 1
    opened = reader.stack.pop()
    if name not in {"", opened.tag}:
        raise _refuse(
            f"Unmatched end tag at byte offset {reader.bytes_at(begin)}, "
            f'expected "</{opened.tag}>", found "</{name}>"'
        )
    _close(reader, opened)


def _close(reader: _Reader, opened: _Open) -> None:
    length = reader.length - opened.offset
    if length == 0:
        return
    entity: dict[str, Any] = {
        "type": _KINDS[opened.tag], "offset": opened.offset, "length": length,
    }  # fmt: skip
    if opened.tag == "a" and not _link(reader, opened, entity):
        return
    if opened.tag == "blockquote" and opened.argument:
        entity["type"] = "expandable_blockquote"
    if opened.tag == "tg-emoji":
        if not opened.argument.isdigit():
            raise _refuse("Invalid custom emoji identifier specified")
        entity["custom_emoji_id"] = opened.argument
    if opened.tag == "pre":
        _language_of_pre(reader, entity)
    if opened.tag == "code" and opened.argument:
        entity["language"] = opened.argument  # moved to the enclosing <pre>, if there is one
    reader.entities.append(entity)


def _link(reader: _Reader, opened: _Open, entity: Json) -> bool:
    """False when the address is no address: Telegram then shows the text without a link."""
    address = opened.argument or "".join(reader.clean).encode("utf-16-le")[
        opened.offset * 2 :
    ].decode("utf-16-le")
    if not re.fullmatch(r"(?:https?://|tg://|mailto:|tel:|ton://)?[^\s]+\.?[^\s]*", address):
        return False
    bare = not re.match(r"[a-z]+:", address)
    if bare and "." not in address:
        return False
    entity["url"] = f"http://{address}" if bare else address
    return True


def _language_of_pre(reader: _Reader, entity: Json) -> None:
    """`<pre><code class="language-…">` is one entity with a language."""
    inner = reader.entities[-1] if reader.entities else None
    same = inner and (inner["offset"], inner["length"]) == (entity["offset"], entity["length"])
    if inner and same and inner["type"] == "code":
        reader.entities.pop()
        if "language" in inner:
            entity["language"] = inner["language"]
