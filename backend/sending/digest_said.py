"""A person's message of the day: of each brand's message its first line, its button, and what the
law wants to be told with it; the whole of it stands in the history on the card."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from backend.messaging.action import ActionKind
from backend.messaging.markup import plain
from backend.messaging.said import Button, Said
from backend.messaging.wording import message_words

# Of one of Telegram's, in its own signs.
MOST_SIGNS = 4096
# Of somebody's day.
MOST_LINES = 10
# Of the text of one message, and of a button.
LINE, LABEL = 200, 48
_URL = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Line:
    """One brand's message: the brand's name, and what would have been said by itself."""

    brand: str
    said: Said

    def html(self) -> str:
        """The label of advertising is the last paragraph of what is said."""
        body, _, label = self.said.html().rpartition("\n\n")
        return f"<b>{html.escape(self.brand, quote=False)}</b>\n{_gist(plain(body))}\n{label}"

    def button(self) -> Button | None:
        found = next((each for each in self.said.buttons() if not _stops(each)), None)
        if found is None:
            return None
        return replace(found, label=_cut(f"{self.brand}: {found.label}", LABEL))

    def stop(self, language: str) -> Button | None:
        found = next((each for each in self.said.buttons() if _stops(each)), None)
        if found is None:
            return None
        label = message_words().text(language, "digest.stop", brand=self.brand)
        return replace(found, label=_cut(label, LABEL))


def _stops(button: Button) -> bool:
    return button.action is not None and button.action.kind is ActionKind.STOP_ADS


def _gist(text: str) -> str:
    """Its first line, and the first address of what is left out."""
    line, _, rest = text.strip().partition("\n")
    gist = _cut(line, LINE)
    left = _URL.search(f"{line[len(gist.removesuffix('…')) :]} {rest}")
    if left is not None:
        gist = f"{gist} {left[0]}"
    return html.escape(gist, quote=False)


def _cut(text: str, most: int) -> str:
    """At the end of a sentence, or of a word, if there is one; an address is not cut."""
    if len(text) <= most:
        return text
    some = text[: most - 1]
    ends = max(some.rfind(sign) for sign in (". ", "! ", "? "))
    if ends >= most // 2:
        return some[: ends + 1]
    return f"{some[: some.rfind(' ')] if ' ' in some else some}…"


@dataclass(frozen=True, slots=True)
class DigestSaid:
    """See backend.messaging.said."""

    lines: Sequence[Line]
    language: str

    def html(self) -> str:
        title = message_words().text(self.language, "digest")
        return "\n\n".join([title, *(line.html() for line in self.lines)])

    def text(self) -> str:
        return " ".join(plain(self.html()).split())

    def subject(self) -> str:
        return ""

    def picture(self) -> str:
        return ""

    def buttons(self) -> Sequence[Button]:
        """Each brand's own switch stands below all that lead somewhere."""
        stops = dict.fromkeys(self._stops())
        return [*filter(None, (line.button() for line in self.lines)), *stops]

    def _stops(self) -> Iterator[Button]:
        for line in self.lines:
            stop = line.stop(self.language)
            if stop is not None:
                yield stop


def fit(lines: Sequence[Line], language: str) -> int:
    """How many of the first go into one message; one does, always."""
    for number in range(min(len(lines), MOST_LINES), 1, -1):
        shown = plain(DigestSaid(lines[:number], language).html())
        if len(shown.encode("utf-16-le")) // 2 <= MOST_SIGNS:
            return number
    return min(len(lines), 1)
