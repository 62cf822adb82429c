"""What became of a file of another wallet: for the chat, and in full for a file."""

from collections.abc import Iterator

from backend.cards.exchange.import_cards import Report
from backend.exchange.shapes import RowProblem, Why
from backend.exchange.symbologies import spelled
from backend.platform.words import Translator
from bot.screens.parts import cards_button, cut, escape, home_button
from bot.screens.screen import File, Screen

LINES = 12
NAMES = 5
LONGEST_LINE = 160
# These count cards, not lines.
_OF_CARDS = frozenset({"karman", "voucher_vault", "pkpass"})
_WITH_FIELD = frozenset(
    {Why.EMPTY, Why.TOO_LONG, Why.UNREADABLE, Why.SHORTENED, Why.NO_BARCODE},
)


def report(words: Translator, made: Report) -> Screen:
    """Counts first; then what was not taken, and what was taken but changed."""
    lines = [words.html("import-done", added=made.added), *map(escape, _told(words, made))]
    room = LINES
    for title, told in _parts(words, made):
        lines += ["", f"<b>{escape(title)}</b>", *(f"• {escape(line)}" for line in told[:room])]
        if len(told) > room:
            lines.append(words.html("import-more", count=len(told) - room))
        room = max(2, room - len(told))
    if _overflows(words, made):
        lines += ["", words.html("import-problems-file")]
    return Screen("\n".join(lines), ((cards_button(words), home_button(words)),), fresh=True)


def report_file(words: Translator, made: Report) -> File | None:
    """Every line, when they are too many for a message."""
    if not _overflows(words, made):
        return None
    text = "\r\n".join([words("import-done", added=made.added), *full_lines(words, made)]) + "\r\n"
    return File("karman-import.txt", text.encode("utf-8-sig"))


def full_lines(words: Translator, made: Report) -> list[str]:
    """The whole report without its first line."""
    lines = [_skipped(words, why, count) for why, count in made.skipped.items()]
    for title, told in _parts(words, made):
        lines += ["", title, *told]
    if made.standing:
        names = (" ".join(name.split()) for name in made.standing)
        lines += ["", words("import-standing-all", count=len(made.standing)), *names]
    return lines


def _told(words: Translator, made: Report) -> Iterator[str]:
    if made.standing:
        names = ", ".join(cut(name, 40) for name in made.standing[:NAMES])
        more = len(made.standing) - NAMES
        if more > 0:
            names = words("import-names-more", names=names, count=more)
        yield words("import-standing", count=len(made.standing), names=names)
    for why, count in made.skipped.items():
        yield _skipped(words, why, count)


def _skipped(words: Translator, why: str, count: int) -> str:
    return words(f"import-skipped-{why}", count=count)


def _parts(words: Translator, made: Report) -> Iterator[tuple[str, list[str]]]:
    bare = [note for note in made.notes if note.why is Why.NO_BARCODE]
    changed = [note for note in made.notes if note.why is not Why.NO_BARCODE]
    for key, found in (
        ("import-problems", made.problems),
        ("import-bare", bare),
        ("import-changed", changed),
    ):
        if found:
            told = [_line(words, problem, made.source) for problem in found]
            yield words(key, count=len(found)), told


def _line(words: Translator, problem: RowProblem, source: str) -> str:
    """«Строка 4, «Аптека»: …»."""
    where = []
    if problem.line:
        key = "import-item" if source in _OF_CARDS else "import-line"
        where.append(words(key, line=str(problem.line)))
    if problem.name:
        where.append(words("import-card", name=cut(" ".join(problem.name.split()), 40)))
    why = _why(words, problem)
    return cut(": ".join(filter(None, (", ".join(where), why))), LONGEST_LINE)


def _why(words: Translator, problem: RowProblem) -> str:
    key = f"import-why-{problem.why.replace('_', '-')}"
    if problem.field and problem.why in _WITH_FIELD:
        key += "-field"
    field = words(f"import-field-{problem.field.replace('_', '-')}") if problem.field else ""
    value = " ".join(problem.value.split())
    if problem.why is Why.NO_BARCODE:
        value = spelled(value)
    return words(key, field=field, value=cut(value, 40))


def _overflows(words: Translator, made: Report) -> bool:
    return sum(len(told) for _, told in _parts(words, made)) > LINES
