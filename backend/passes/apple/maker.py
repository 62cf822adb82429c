"""Signed files of passes. What is the same for the cards of a design is made once; a pass costs
little more than its signature."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha1
from typing import Any

import orjson

from backend.passes.apple.barcodes import is_picture
from backend.passes.apple.cms import Signer
from backend.passes.apple.images import Drawing, fits_strip, images_of, is_wide
from backend.passes.apple.kept import Kept
from backend.passes.apple.mould import Mould, cast_of, marked
from backend.passes.apple.pass_json import Issuer, pass_of
from backend.passes.apple.words import Words, strings
from backend.passes.apple.zipped import Entries, entries_of, zipped
from backend.passes.face import PassFace
from catalog.looks.card_design import InPlace

ONE_TYPE, SEVERAL_TYPE = "application/vnd.apple.pkpass", "application/vnd.apple.pkpasses"
# Of a bundle: Wallet takes no more at once.
MOST_TOGETHER = 10
# A copy of it costs half of a new one.
_SHA1 = sha1(usedforsecurity=False)
_PICTURES_BYTES, _SHEETS_BYTES = 48 * 1024 * 1024, 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Files:
    """Entries at the beginning of the file, and their lines of the manifest."""

    entries: Entries
    manifest: bytes
    named: bool = True

    @property
    def weight(self) -> int:
        return len(self.entries.local)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a pass whose mould is known is made of."""

    mould: Mould
    files: _Files


_pictures: Kept[_Files] = Kept(_PICTURES_BYTES, lambda files: files.weight)
_sheets: Kept[_Files] = Kept(_SHEETS_BYTES, lambda files: files.weight)


class PassMaker:
    """Of one pass type. Thread-safe: signing lets other threads run."""

    def __init__(self, issuer: Issuer, signer: Signer) -> None:
        self.issuer, self._signer = issuer, signer
        self._known: Kept[_Known] = Kept(_SHEETS_BYTES, lambda known: known.files.weight)

    def make(self, face: PassFace, token: str, at: datetime) -> bytes:
        """The file; `token` is what devices show to the web service. Quick once the design is
        known."""
        if cast := cast_of(face, token):
            key, values = cast
            known = self._known.get(key, lambda: self._learnt(face))
            said = known.mould.filled(values)
            if said is not None:
                return self._signed(known.files, said, at)
        files, said = self._whole(face, token)
        return self._signed(files, said, at)

    def _whole(self, face: PassFace, token: str) -> tuple[_Files, bytes]:
        files, said, _ = self._said(readable(face), token)
        return files, orjson.dumps(said)

    def _said(self, face: PassFace, token: str) -> tuple[_Files, dict[str, Any], Words]:
        drawing = _drawing(face)
        pictures = _pictures.get(drawing, lambda: _drawn(drawing))
        said, words = pass_of(face, token, self.issuer, named=pictures.named)
        return _with_words(drawing, pictures, words), said, words

    def _learnt(self, face: PassFace) -> _Known:
        files, said, words = self._said(*marked(face))
        return _Known(Mould(said, frozenset(words.said)), files)

    def _signed(self, files: _Files, said: bytes, at: datetime) -> bytes:
        manifest = b'{%b,"pass.json":"%b"}' % (files.manifest, _sha1(said).encode())
        signature = self._signer.sign(manifest, at)
        ours = ((b"pass.json", said), (b"manifest.json", manifest), (b"signature", signature))
        return zipped(files.entries, ours)


def bundle(passes: Sequence[bytes]) -> bytes:
    """Several passes in one file, at most MOST_TOGETHER."""
    files = {f"pass_{place}.pkpass": content for place, content in enumerate(passes, 1)}
    return zipped(entries_of(files), ())


def readable(face: PassFace) -> PassFace:
    """A barcode that does not fit on the strip stands below it as QR."""
    barcode = face.barcode
    if barcode is None or not is_picture(barcode) or fits_strip(barcode):
        return face
    return replace(face, barcode=replace(barcode, in_place=InPlace.QR))


def _drawing(face: PassFace) -> Drawing:
    look, pictures = face.look, face.pictures
    barcode = face.barcode if is_picture(face.barcode) else None
    return Drawing(
        face.brand.ru, look.primary, look.secondary, pictures.logo, pictures.strip, barcode
    )


def _drawn(drawing: Drawing) -> _Files:
    files = images_of(drawing)
    return _Files(entries_of(files), _lines(files), named=not is_wide(drawing.logo))


def _with_words(drawing: Drawing, pictures: _Files, words: Words) -> _Files:
    key = (drawing, tuple(words.said), tuple([both.ru for both in words.said.values()]))
    return _sheets.get(key, lambda: _worded(pictures, words))


def _worded(pictures: _Files, words: Words) -> _Files:
    files = strings(words.said)
    manifest = b",".join(filter(None, (pictures.manifest, _lines(files))))
    return _Files(entries_of(files, pictures.entries), manifest)


def _lines(files: Mapping[str, bytes]) -> bytes:
    told: Mapping[str, Any] = {name: _sha1(content) for name, content in files.items()}
    return orjson.dumps(told)[1:-1]


def _sha1(content: bytes) -> str:
    """What the format asks for; the signature is over SHA-256 of the manifest."""
    digest = _SHA1.copy()
    digest.update(content)
    return digest.hexdigest()
