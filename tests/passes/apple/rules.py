"""The rules of the format, as a strict reader of it: what a phone refuses, and what it would show
otherwise than it was meant."""

import hashlib
import io
import json
import re
import zipfile
from typing import Any

from PIL import Image

STYLES = {"storeCard", "coupon", "generic", "eventTicket", "boardingPass"}
FORMATS = {"QR", "PDF417", "Aztec", "Code128"}
PLACES = ("headerFields", "primaryFields", "secondaryFields", "auxiliaryFields", "backFields")
TOP = {
    "formatVersion", "passTypeIdentifier", "serialNumber", "teamIdentifier", "organizationName",
    "description", "backgroundColor", "foregroundColor", "labelColor", "sharingProhibited",
    "webServiceURL", "authenticationToken", "storeCard", "logoText", "barcodes",
    "suppressStripShine", "locations", "expirationDate", "voided",
}  # fmt: skip
FIELD = {"key", "label", "value", "changeMessage", "attributedValue", "dataDetectorTypes"}
LARGEST = {"icon": (29, 29), "logo": (160, 50), "strip": (375, 144)}
_COLOUR = re.compile(r"rgb\((\d{1,3}), (\d{1,3}), (\d{1,3})\)")
_STRING = re.compile(r'"((?:[^"\\]|\\["\\nr])*)" = "((?:[^"\\]|\\["\\nr])*)";\n')
_ESCAPES = {'\\"': '"', "\\\\": "\\", "\\n": "\n", "\\r": "\r"}


class Read:
    """A pass that keeps every rule; AssertionError otherwise."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            names = archive.namelist()
            assert len(names) == len(set(names))
            self.files = {name: archive.read(name) for name in names}
        self.said: dict[str, Any] = json.loads(self.files["pass.json"])
        self.strings = {name: self._strings(name) for name in ("en", "ru")}
        self._manifest()
        self._top()
        self._fields()
        self._images()

    def shown(self, language: str, text: str) -> str:
        """What a phone in that language shows."""
        return self.strings[language].get(text, text)

    def field(self, key: str) -> dict[str, Any]:
        card = self.said["storeCard"]
        return next(each for place in PLACES for each in card[place] if each["key"] == key)

    def _manifest(self) -> None:
        listed = json.loads(self.files["manifest.json"])
        told = {
            name: hashlib.sha1(content).hexdigest()
            for name, content in self.files.items()
            if name not in {"manifest.json", "signature"}
        }
        assert listed == told

    def _top(self) -> None:
        said = self.said
        assert said.keys() <= TOP
        assert said["formatVersion"] == 1
        assert said.keys() & STYLES == {"storeCard"}
        assert said["passTypeIdentifier"].startswith("pass.")
        for name in ("serialNumber", "teamIdentifier", "organizationName", "description"):
            assert isinstance(said[name], str)
            assert said[name]
        assert said["webServiceURL"].startswith("https://")
        assert len(said["authenticationToken"]) >= 16
        for name in ("backgroundColor", "foregroundColor", "labelColor"):
            numbers = _COLOUR.fullmatch(said[name])
            assert numbers
            assert all(int(each) <= 255 for each in numbers.groups())
        assert len(said.get("locations", ())) <= 10
        for place in said.get("locations", ()):
            assert -90 <= place["latitude"] <= 90
            assert -180 <= place["longitude"] <= 180
        self._barcodes()

    def _barcodes(self) -> None:
        for each in self.said.get("barcodes", ()):
            assert each["format"].removeprefix("PKBarcodeFormat") in FORMATS
            each["message"].encode(each["messageEncoding"])
            if each["format"].endswith("Code128"):
                assert each["message"].isascii()

    def _fields(self) -> None:
        card = self.said["storeCard"]
        assert set(card) == set(PLACES)
        every = [each for place in PLACES for each in card[place]]
        assert len({each["key"] for each in every}) == len(every)
        assert len(card["headerFields"]) <= 3
        assert len(card["primaryFields"]) <= 1
        below = len(card["secondaryFields"]) + len(card["auxiliaryFields"])
        first = next(iter(self.said.get("barcodes", ())), {"format": ""})
        square = first["format"].endswith(("QR", "Aztec"))
        assert below <= (4 if square else 8)
        for each in every:
            assert each.keys() <= FIELD
            assert each["value"]
            assert "%@" in each.get("changeMessage", "%@")
        for place in PLACES[:-1]:
            assert all("dataDetectorTypes" not in each for each in card[place])

    def _images(self) -> None:
        assert {"icon.png", "icon@2x.png", "icon@3x.png"} <= self.files.keys()
        for name, content in self.files.items():
            if not name.endswith(".png"):
                continue
            kind, _, scale = name.removesuffix(".png").partition("@")
            times = int(scale.removesuffix("x") or 1)
            with Image.open(io.BytesIO(content)) as picture:
                assert picture.format == "PNG"
                width, height = LARGEST[kind]
                assert picture.width <= width * times
                assert picture.height <= height * times
                if kind != "logo":
                    assert picture.size == (width * times, height * times)
            # A kind of picture is there in every size or not at all.
            assert all(f"{kind}{each}.png" in self.files for each in ("", "@2x", "@3x"))

    def _strings(self, language: str) -> dict[str, str]:
        text = self.files.get(f"{language}.lproj/pass.strings", b"").decode()
        found = {_plain(raw): _plain(said) for raw, said in _STRING.findall(text)}
        assert "".join(each.group() for each in _STRING.finditer(text)) == text
        return found


def _plain(text: str) -> str:
    return re.sub(r'\\["\\nr]', lambda sign: _ESCAPES[sign.group()], text)
