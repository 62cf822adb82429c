"""A consent document: one Markdown file a language, with version and date above the text."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from catalog.bilingual import Bilingual
from catalog.pack.fields import Fields, Place
from catalog.pack.folder import Folder
from catalog.pack.moments import EXPECTED, moment
from catalog.pack.problems import Problems
from catalog.pack.shapes import AdChannel, Change, Document, DocumentText
from catalog.pack.suggest import one_of
from catalog.pack.yaml_nodes import compose
from models.consent_document import ConsentPurpose

_LARGEST = 200_000
_SHORTEST = 200
_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_TITLE = re.compile(r"# (\S.*)\n")
_KEYS = ("version", "effective_from", "change")
_NOWHERE = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which document to read: `stem` is the path without `.ru.md`; `names` the operator."""

    stem: str
    purpose: ConsentPurpose
    operator: Bilingual
    where: ZoneInfo


@dataclass(frozen=True, slots=True)
class _Side:
    version: int
    effective_from: datetime
    change: Change
    channels: tuple[AdChannel, ...]
    text: DocumentText


def read_document(wanted: Wanted, folder: Folder, problems: Problems) -> Document:
    ru = _side(wanted, "ru", wanted.operator.ru, folder, problems)
    en = _side(wanted, "en", wanted.operator.en, folder, problems)
    if ru and en and _head(ru) != _head(en):
        expected = f"the version, dates and channels of {wanted.stem}.ru.md"
        problems.add(f"{wanted.stem}.en.md", 1, "differs from the Russian document", expected)
    first = ru or en or _Side(0, _NOWHERE, Change.PURPOSE, (), DocumentText("", ""))
    return Document(
        purpose=wanted.purpose,
        version=first.version,
        change=first.change,
        effective_from=first.effective_from,
        channels=first.channels,
        ru=first.text,
        en=(en or first).text,
    )


def _head(side: _Side) -> tuple[object, ...]:
    return side.version, side.effective_from, side.change, side.channels


def _side(
    wanted: Wanted, language: str, operator: str, folder: Folder, problems: Problems
) -> _Side | None:
    file = f"{wanted.stem}.{language}.md"
    expected = f"the {wanted.purpose.value} document in {language}"
    whole = folder.read_text(file, largest=_LARGEST, expected=expected)
    if whole is None:
        return None
    front = _FRONT.match(whole)
    if front is None:
        expected = "version and effective_from between two lines of ---"
        problems.add(file, 1, "has no lines above the text", expected)
        return None
    place = Place(file, problems, first_line=2)
    keys = (*_KEYS, "channels") if wanted.purpose is ConsentPurpose.ADVERTISING else _KEYS
    fields = Fields(compose(front[1], file, problems, first_line=2), place, keys)
    text = _text(whole[front.end() :], file, front[0].count("\n") + 1, operator, problems)
    return _Side(
        version=_version(fields),
        effective_from=_from(fields, wanted.where),
        change=fields.word("change", Change, Change.PURPOSE),
        channels=_channels(fields, wanted.purpose),
        text=text,
    )


def _version(fields: Fields) -> int:
    if not fields.has("version"):
        fields.missing("version", "1 for the first version, then 2, 3, …")
    return fields.integer("version", smallest=1, largest=100_000) or 1


def _from(fields: Fields, where: ZoneInfo) -> datetime:
    if not fields.has("effective_from"):
        fields.missing("effective_from", EXPECTED)
    return moment(fields, "effective_from", where) or _NOWHERE


def _channels(fields: Fields, purpose: ConsentPurpose) -> tuple[AdChannel, ...]:
    if purpose is not ConsentPurpose.ADVERTISING:
        return ()
    if not fields.has("channels"):
        fields.missing("channels", "a list of " + ", ".join(AdChannel))
    known = set(AdChannel)
    names = fields.texts(
        "channels", check=lambda got: "" if got in known else one_of(AdChannel, got)
    )
    return tuple(AdChannel(name) for name in names if name in known)


def _text(body: str, file: str, line: int, operator: str, problems: Problems) -> DocumentText:
    text = body.strip("\n") + "\n"
    title = _TITLE.match(text)
    if title is None:
        problems.add(file, line, "has no title", "a first line like '# Consent to …'")
    if len(text) < _SHORTEST:
        expected = f"the whole text, {_SHORTEST} characters or more"
        problems.add(file, line, f"has {len(text)} characters", expected)
    if operator and operator not in " ".join(text.split()):
        expected = f"the legal name as in account.yaml: {operator}"
        problems.add(file, line, "does not name the operator", expected)
    return DocumentText(title[1].strip() if title else "", text)
