"""A wording made ready for one language and one channel: read and escaped once, filled in for each
person."""

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backend.links.links import Shortens
from catalog.wordings.kinds import Kind, number_of, shown
from catalog.wordings.parts import Part, Plural, Url, Variable, parts_of
from catalog.wordings.plurals import form_of as plural_of
from catalog.wordings.variables import Declared
from models.channel import ChannelName

Values = Mapping[str, str]
# Given a person's values and the links of their message.
Filled = Callable[[Values, Shortens | None], str]
Spell = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Filler:
    """`fallbacks` stand for what somebody does not have."""

    language: str
    declared: Mapping[str, Declared]
    fallbacks: Mapping[str, Mapping[str, str]]

    def part(self, part: Part, spell: Spell, linked: Spell) -> str | Filled:
        if isinstance(part, str):
            return spell(part)
        if isinstance(part, Url):
            address = part.address
            return lambda _values, links: linked(links.of(address) if links else address)
        if isinstance(part, Plural):
            return self._plural(part, spell)
        return self._variable(part, spell)

    def _variable(self, part: Variable, spell: Spell) -> Filled:
        name, language = part.name, self.language
        # Of a kind that nobody has kept it is a text.
        known = self.declared.get(name) or Declared(name, Kind.TEXT, "", "")
        instead = spell(self._instead(name))

        def fill(values: Values, _links: Shortens | None) -> str:
            kept = values.get(name, "")
            return spell(shown(known.kind, kept, language, known.room)) or instead

        return fill

    def _plural(self, part: Plural, spell: Spell) -> Filled:
        name, language = part.name, self.language
        forms = [spell(each) for each in part.forms]
        instead = number_of(self._instead(name))

        def fill(values: Values, _links: Shortens | None) -> str:
            number = number_of(values.get(name, ""))
            number = instead if number is None else number
            return forms[-1] if number is None else forms[plural_of(language, number)]

        return fill

    def _instead(self, name: str) -> str:
        return str(self.fallbacks.get(name, {}).get(self.language, ""))


@dataclass(frozen=True, slots=True)
class Text:
    """Whole where nothing in it is of a person or of a message."""

    pieces: tuple[str | Filled, ...]

    def of(self, values: Values, links: Shortens | None) -> str:
        if len(self.pieces) == 1 and isinstance(self.pieces[0], str):
            return self.pieces[0]
        return "".join(
            piece if isinstance(piece, str) else piece(values, links) for piece in self.pieces
        )


@dataclass(frozen=True, slots=True)
class Form:
    """`html` for channels with markup; the others are plain."""

    html: Text
    plain: Text
    button: Text
    subject: Text


def form_of(filler: Filler, channel: str, said: str, button: str, subject: str) -> Form:
    linked = _in_a_letter if channel == ChannelName.EMAIL else escaped
    parts = parts_of(said, filler.language)
    return Form(
        html=_text(filler, parts, escaped, linked),
        plain=_text(filler, parts, str, str),
        button=_text(filler, parts_of(button, filler.language), str, str),
        subject=_text(filler, parts_of(subject, filler.language), str, str),
    )


def escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _in_a_letter(address: str) -> str:
    """Mail programs make no links of words."""
    return f'<a href="{html.escape(address)}">{escaped(address)}</a>'


def _text(filler: Filler, parts: tuple[Part, ...], spell: Spell, linked: Spell) -> Text:
    pieces: list[str | Filled] = []
    for part in parts:
        piece = filler.part(part, spell, linked)
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return Text(tuple(pieces) or ("",))
