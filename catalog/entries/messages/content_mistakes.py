"""What may be wrong with a wording beyond its single texts: variables, links, lengths."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from pydantic_core import PydanticCustomError

from catalog.entries.values.suggest import one_of
from catalog.entries.values.wrong import missing, shown, wrong
from catalog.wordings.address import is_address, other_scheme
from catalog.wordings.kinds import COUNTED, number_of
from catalog.wordings.lengths import CAPTION, MESSAGE, longest
from catalog.wordings.parts import Part, Plural, TextRefused, Url, names_of, parts_of
from catalog.wordings.variables import Declared

Way = tuple[int | str, ...]
Complaint = tuple[Way, PydanticCustomError]
# Ten parts of Cyrillic.
MOST_SMS = 670


@dataclass(frozen=True, slots=True)
class Spoken:
    """A wording in one language: its texts by their names, and its fallbacks by variable."""

    language: str
    texts: Mapping[str, str]
    fallbacks: Mapping[str, str]

    def parts(self) -> dict[str, tuple[Part, ...]]:
        """Of the texts that can be read."""
        found = {}
        for name, text in self.texts.items():
            try:
                found[name] = parts_of(text, self.language)
            except TextRefused:
                continue
        return found


def of_address(spoken: Spoken) -> Iterator[Complaint]:
    """Links lead into the web, encrypted, and are the same for everybody."""
    for name, text in spoken.texts.items():
        way: Way = (spoken.language, name)
        if scheme := other_scheme(text):
            yield (
                way,
                wrong(f"has a link that begins with {scheme}", "links that begin with https://"),
            )
    for name, parts in spoken.parts().items():
        yield from _of_links((spoken.language, name), parts)


def _of_links(way: Way, parts: tuple[Part, ...]) -> Iterator[Complaint]:
    for part, after in pairwise((*parts, "")):
        if not isinstance(part, Url):
            continue
        if not isinstance(after, str):
            yield way, wrong("has a variable in a link", "links that are the same for everybody")
        elif part.address.lower().startswith("https://") and not is_address(part.address):
            expected = "an address such as https://lavka.example/sale"
            yield way, wrong(f"has the link {shown(part.address)}", expected)


def of_variables(spoken: Spoken, declared: Mapping[str, Declared]) -> Iterator[Complaint]:
    """Each is known, a plural is of a number, and whoever lacks it gets something instead."""
    for name, text in spoken.texts.items():
        try:
            parts = parts_of(text, spoken.language)
        except TextRefused as refused:
            yield (spoken.language, name), wrong(refused.what, refused.expected)
            continue
        yield from _of_known((spoken.language, name), parts, declared)
    yield from _of_gaps(spoken, declared)


def _of_known(
    way: Way, parts: tuple[Part, ...], declared: Mapping[str, Declared]
) -> Iterator[Complaint]:
    for name in sorted(names_of(parts)):
        if name not in declared:
            yield way, wrong(f"has the variable {shown(name)}", one_of(declared, name))
    for part in parts:
        known = declared.get(part.name) if isinstance(part, Plural) else None
        if known is not None and known.kind not in COUNTED:
            yield way, wrong(f"has a plural of {shown(known.key)}", "a plural of a number")


def _of_gaps(spoken: Spoken, declared: Mapping[str, Declared]) -> Iterator[Complaint]:
    parts = [part for each in spoken.parts().values() for part in each]
    counted = {part.name for part in parts if isinstance(part, Plural)}
    for name in sorted(names_of(tuple(parts)) & set(declared)):
        way: Way = ("fallbacks", name, spoken.language)
        instead = spoken.fallbacks.get(name, "")
        if not instead and not declared[name].certain:
            yield way, missing("what is said to whoever does not have it")
        elif instead and name in counted and number_of(instead) is None:
            yield way, wrong(f"is {shown(instead)}", "a number, because a word goes with it")


def of_lengths(
    spoken: Spoken, declared: Mapping[str, Declared], label: int, *, picture: bool
) -> Iterator[Complaint]:
    """With the longest that anybody's values can be. `label`: what the label of advertising
    takes."""
    parts = spoken.parts()
    lengths = {name: longest(each, declared, spoken.fallbacks) for name, each in parts.items()}
    most = CAPTION if picture else MESSAGE
    if lengths.get("text", 0) + label > most:
        room = f"at most {most - label} beside the label of advertising"
        yield (spoken.language, "text"), wrong(f"may become {lengths['text']} characters", room)
    for name, bound in _bounds(label).items():
        if lengths.get(name, 0) > bound:
            became = f"may become {lengths[name]} characters"
            yield (spoken.language, name), wrong(became, f"at most {bound}")


def _bounds(label: int) -> dict[str, int]:
    return {"button": 64, "subject": 200, "sms": MOST_SMS - label}
