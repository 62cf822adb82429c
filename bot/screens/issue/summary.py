"""The answers once more, before the consents: each can be changed."""

from dataclasses import dataclass

from backend.platform.words import Translator
from bot.screens.parts import cut
from bot.screens.screen import Button, Screen, Style
from bot.taps.issue import AnswersRight, BackFrom, ChangeAnswer, DropThis

LABEL_LETTERS = 28
# Telegram takes 4096 UTF-16 units and 100 buttons: ten shops may ask a great deal together.
MOST_LINES = 60
NAMES_LETTERS, VALUES_LETTERS = 1200, 1000


@dataclass(frozen=True, slots=True)
class Line:
    """One field: its place among the fields of the cards, its name, its answer (empty when
    there is none)."""

    place: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Summary:
    """`cards`: named in words. `controllers`: how many ask for consents after this."""

    application: int
    step: int
    lines: list[Line]
    cards: str
    count: int
    controllers: int


def summary(words: Translator, shown: Summary) -> Screen:
    head = words.html("summary-title") + "\n"
    head += words.html("question-brands", count=shown.count, brands=cut(shown.cards, 400))
    answered = [line for line in shown.lines if line.value][:MOST_LINES]
    lines = [_line(words, line, len(answered)) for line in answered]
    left = [line.name for line in shown.lines if not line.value]
    if left:
        lines.append(words.html("summary-left", names=cut("; ".join(left), 300)))
    parts = [head, "\n".join(lines), words.html("summary-about")]
    if shown.controllers > 1:
        parts.append(words.html("summary-controllers", count=shown.controllers))
    return Screen("\n\n".join(parts), _rows(words, shown))


def _line(words: Translator, line: Line, among: int) -> str:
    """A question of the brand's own ends with its own mark. `among` how many lines."""
    name = cut(line.name, min(100, NAMES_LETTERS // among))
    key = "summary-line-asked" if name.endswith(("?", "…")) else "summary-line"
    return words.html(key, name=name, value=cut(line.value, min(200, VALUES_LETTERS // among)))


def _rows(words: Translator, shown: Summary) -> tuple[tuple[Button, ...], ...]:
    right = Button(
        words("summary-right"),
        tap=AnswersRight(application=shown.application).pack(),
        style=Style.SUCCESS,
    )
    change = [
        Button(
            words("summary-change", name=cut(line.name, LABEL_LETTERS)),
            tap=ChangeAnswer(application=shown.application, place=line.place).pack(),
        )
        for line in shown.lines[:MOST_LINES]
    ]
    back = BackFrom(application=shown.application, step=shown.step).pack()
    drop = DropThis(application=shown.application).pack()
    return (
        (right,),
        *(tuple(change[n : n + 2]) for n in range(0, len(change), 2)),
        (Button(words("question-back"), tap=back), Button(words("question-drop"), tap=drop)),
    )
