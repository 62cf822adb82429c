"""A card's file, opened as a phone opens it: what it says in one language, and its pictures."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from bot.sandbox.errors import PageError

LARGEST = 4 << 20
_MOST_FILES = 100
_SAID = re.compile(r'"((?:[^"\\]|\\.)*)"\s*=\s*"((?:[^"\\]|\\.)*)"\s*;')
_ESCAPED = {"\\n": "\n", '\\"': '"', "\\\\": "\\"}


@dataclass(frozen=True, slots=True)
class OpenedPass:
    """`said` is pass.json; `words` what its texts are in the language."""

    said: Mapping[str, Any]
    words: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def text(self, value: Any) -> str:
        told = "" if value is None else str(value)
        return self.words.get(told, told)

    def fields(self, place: str) -> Sequence[tuple[str, str]]:
        """Label and value of each."""
        found = self.said.get("storeCard", {}).get(f"{place}Fields", ())
        return [(self.text(each.get("label")), self.text(each.get("value"))) for each in found]

    def picture(self, name: str) -> bytes | None:
        """The sharpest there is."""
        kept = (self.pictures.get(f"{name}{size}.png") for size in ("@3x", "@2x", ""))
        return next((each for each in kept if each is not None), None)


def open_pass(content: bytes, language: str) -> OpenedPass:
    """PageError for what is no card."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = _files(archive)
        said = orjson.loads(files["pass.json"])
        words = _words(files.get(f"{language}.lproj/pass.strings", b""))
    except (zipfile.BadZipFile, KeyError, ValueError, UnicodeDecodeError):
        raise PageError(502, "the file is no card") from None
    return OpenedPass(said, words, {n: c for n, c in files.items() if n.endswith(".png")})


def _files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    listed = archive.infolist()
    if len(listed) > _MOST_FILES or sum(each.file_size for each in listed) > LARGEST:
        raise ValueError("larger than a card is")
    return {each.filename: archive.read(each) for each in listed}


def _words(content: bytes) -> dict[str, str]:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content.decode("utf-16" if marked else "utf-8")
    return {_plain(name): _plain(value) for name, value in _SAID.findall(text)}


def _plain(text: str) -> str:
    return re.sub(r'\\[n"\\]', lambda found: _ESCAPED[found[0]], text)
