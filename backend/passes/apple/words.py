"""Texts in two languages: what stands in pass.json, and what each language's folder makes of it.

pass.json says it in English, so that a phone in any other language shows that.
"""

from collections.abc import Mapping

from catalog.bilingual import Bilingual

# No one sees it, and nobody types it: what is to be translated is told from what is not.
_MARK = "\u2060"
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\0": ""})


class Words:
    """Collects what a pass says. `taken`: texts in one language that stand on it too; a phone
    would translate them as well if they were spelt like one that is to be translated."""

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self._taken = taken
        self.said: dict[str, Bilingual] = {}
        self.plain: set[str] = set()

    def of(self, both: Bilingual) -> str:
        """What stands in pass.json."""
        if both.ru == both.en:
            return self.alone(both.en)
        raw = both.en
        while raw in self._taken or self.said.setdefault(raw, both) != both:
            raw += _MARK
        return raw

    def alone(self, text: str) -> str:
        """A text that is the same in every language."""
        self.plain.add(text)
        return text

    def collide(self) -> bool:
        """Whether a text that is not to be translated would be."""
        return not self.plain.isdisjoint(self.said)


def strings(said: Mapping[str, Bilingual]) -> dict[str, bytes]:
    """A file for each language; none where nothing is to be translated."""
    if not said:
        return {}
    return {
        "en.lproj/pass.strings": _file({raw: both.en for raw, both in said.items()}),
        "ru.lproj/pass.strings": _file({raw: both.ru for raw, both in said.items()}),
    }


def _file(lines: Mapping[str, str]) -> bytes:
    return "".join(f'"{_spelt(raw)}" = "{_spelt(text)}";\n' for raw, text in lines.items()).encode()


def _spelt(text: str) -> str:
    return text.translate(_ESCAPED)
