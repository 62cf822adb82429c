"""What Schemathesis makes no requests of: conditions, codings, odd types, keys that stand twice,
the edges of numbers and dates, cursors of other lists."""

import gzip
import random
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import requests
from requests import PreparedRequest

_LANGUAGES = (
    "ru", "*", "ru;q=0, en;q=0", "ru;q=nan", "RU_ru;Q=0.3, en;q=0.2", ";;,=", "x" * 5000,
)  # fmt: skip
_TYPES = (
    "", ";", "application/json; charset=utf-16", "APPLICATION/JSON;x", "text/plain",
    "application/merge-patch+json", "application/x-www-form-urlencoded", "ю".encode(),
)  # fmt: skip
_KEYS = ("", " ", '""', '"a', "a" * 256, "a b,c", '"\\"', "é".encode())
_CONDITIONS = ("*", "", '"x"', 'W/"x", *', ",,", '"', "é".encode(), '"x"' * 900)
_NUMBERS = (
    b"1e400", b"-0", b"-0.0", b"1" + b"0" * 30, b"1" * 5000, b"1.0", b"1e-400",
    b"18446744073709551616", b"-9223372036854775809", b"2147483648", b"0.1e1", b"NaN",
)  # fmt: skip
_TEXTS = (
    rb"\u0000", rb"\ud800", rb"a\udfffb", rb"\u202e", b"\xff", b"a" * 70_000, b"0001-01-01",
    b"9999-12-31", b"9999-12-31T23:59:59Z", b"0001-01-01T00:00:00+14:00", b"2016-12-31T23:59:60Z",
    b"2026-02-29", b"2026-03-29T02:30:00", b"+7" + b"9" * 13, b"a@" + b"b" * 250, "ﷺ".encode(),
)  # fmt: skip
_WORDS = ("%00", "%ff", "%ED%A0%80", "%F0%9F%92%A9", "a" * 4000, "-0", "1e400", "0001-01-01", "%")
_NUMBER = re.compile(rb"(?<=[:\[,])\s*-?\d+(?:\.\d+)?(?=\s*[,\]}])")
_TEXT = re.compile(rb'(?<=[:\[,] )"[^"\\]*"|(?<=[:\[,])"[^"\\]*"(?=[,\]}])')
_NAMED = re.compile(rb'("[^"\\]*"\s*:\s*)("[^"\\]*"|\d+|true|false|null|\[\]|\{\})')

Twist = Callable[[PreparedRequest, random.Random], None]


def twists(cursors: list[str]) -> dict[str, Twist]:
    """By name. `cursors` are those that were met."""

    def cursor(asked: PreparedRequest, chance: random.Random) -> None:
        _more(asked, f"cursor={chance.choice(cursors)}" if cursors else "cursor=AAAA")

    return {
        "head": _head, "condition": _condition, "language": _language, "type": _type,
        "idempotency key": _key, "packed": _packed, "damaged": _damaged, "coding": _coding,
        "chunked": _chunked, "number": _number, "text": _text, "twice": _twice, "cut": _cut,
        "word": _word, "parameter twice": _parameter, "cursor": cursor,
    }  # fmt: skip


class Twisting(requests.Session):
    """Sends as it is told, or otherwise: `twisted` says how the last one was. `who` asks: else
    half of what is generated wrongly would only lack a key."""

    def __init__(self, chance: random.Random, share: float) -> None:
        super().__init__()
        self._chance, self.share = chance, share
        self.who = ""
        self.cursors: list[str] = []
        self.twisted = ""

    def send(self, request: PreparedRequest, **kwargs: Any) -> requests.Response:
        self.twisted = ""
        request.headers.pop("Authorization", None)
        if self.who:
            request.headers["Authorization"] = self.who
        if self._chance.random() < self.share:
            self.twisted, twist = self._chance.choice(list(twists(self.cursors).items()))
            twist(request, self._chance)
        return super().send(request, **kwargs)


def _head(asked: PreparedRequest, _: random.Random) -> None:
    if asked.method == "GET":
        asked.method = "HEAD"


def _condition(asked: PreparedRequest, chance: random.Random) -> None:
    name = "If-Match" if "If-Match" in asked.headers else "If-None-Match"
    asked.headers[name] = chance.choice(_CONDITIONS)


def _language(asked: PreparedRequest, chance: random.Random) -> None:
    asked.headers["Accept-Language"] = chance.choice(_LANGUAGES)


def _type(asked: PreparedRequest, chance: random.Random) -> None:
    if asked.body:
        asked.headers["Content-Type"] = chance.choice(_TYPES)


def _key(asked: PreparedRequest, chance: random.Random) -> None:
    if asked.method == "POST":
        asked.headers["Idempotency-Key"] = chance.choice(_KEYS)


def _packed(asked: PreparedRequest, chance: random.Random) -> None:
    data = _body(asked)
    if data:
        coding = chance.choice(["gzip", "deflate"])
        asked.headers["Content-Encoding"] = coding
        _write(asked, gzip.compress(data) if coding == "gzip" else zlib.compress(data))


def _damaged(asked: PreparedRequest, chance: random.Random) -> None:
    _packed(asked, chance)
    data = bytearray(_body(asked))
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        _write(asked, bytes(data[: len(data) - chance.choice([0, 0, 1, 7])]))


def _coding(asked: PreparedRequest, chance: random.Random) -> None:
    if asked.body:
        asked.headers["Content-Encoding"] = chance.choice(["br", "zstd", "compress", "gzip,gzip"])


def _chunked(asked: PreparedRequest, chance: random.Random) -> None:
    data, size = _body(asked), chance.choice([1, 7, 4000])

    def pieces() -> Iterator[bytes]:
        for at in range(0, min(len(data), 200 * size), size):
            yield data[at : at + size]
        yield data[200 * size :] or b" "

    if data:
        asked.headers.pop("Content-Length", None)
        asked.headers["Transfer-Encoding"] = "chunked"
        asked.body = pieces()


def _number(asked: PreparedRequest, chance: random.Random) -> None:
    _replaced(asked, chance, _NUMBER, chance.choice(_NUMBERS))


def _text(asked: PreparedRequest, chance: random.Random) -> None:
    _replaced(asked, chance, _TEXT, b'"' + chance.choice(_TEXTS) + b'"')


def _twice(asked: PreparedRequest, chance: random.Random) -> None:
    found = list(_NAMED.finditer(_body(asked)))
    if found:
        one = chance.choice(found)
        _replaced(asked, chance, re.compile(re.escape(one[0])), one[0] + b"," + one[0])


def _cut(asked: PreparedRequest, chance: random.Random) -> None:
    data = _body(asked)
    _write(asked, data[: chance.randrange(len(data) + 1)])


def _word(asked: PreparedRequest, chance: random.Random) -> None:
    """In place of a parameter's value, or of one that is not there."""
    url, word = str(asked.url), chance.choice(_WORDS)
    head, _, query = url.partition("?")
    parts = query.split("&") if query else [chance.choice(["account", "fields", "limit", "cursor"])]
    at = chance.randrange(len(parts))
    parts[at] = f"{parts[at].partition('=')[0]}={word}"
    asked.url = f"{head}?{'&'.join(parts)}"[:8000]


def _parameter(asked: PreparedRequest, chance: random.Random) -> None:
    query = str(asked.url).partition("?")[2]
    _more(asked, chance.choice(query.split("&")) if query else "limit=1&limit=1")


def _more(asked: PreparedRequest, query: str) -> None:
    asked.url = f"{asked.url}{'&' if '?' in str(asked.url) else '?'}{query}"


def _replaced(
    asked: PreparedRequest, chance: random.Random, what: re.Pattern[bytes], by: bytes
) -> None:
    data = _body(asked)
    found = list(what.finditer(data))
    if found:
        one = chance.choice(found)
        _write(asked, data[: one.start()] + by + data[one.end() :])


def _body(asked: PreparedRequest) -> bytes:
    body = asked.body
    if isinstance(body, str):
        return body.encode()
    return body if isinstance(body, bytes) else b""


def _write(asked: PreparedRequest, data: bytes) -> None:
    asked.body = data
    asked.headers["Content-Length"] = str(len(data))
