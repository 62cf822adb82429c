"""Bringing cards from another wallet, and taking them along."""

from backend.cards.export_cards import ExportFormat
from backend.cards.import_cards import Report
from bot import taps
from bot.screens.parts import back_button, cards_button, cut, escape, home_button
from bot.screens.screen import Button, File, Rows, Screen
from bot.words import Translator

LINES = 15
LONGEST_LINE = 160


def import_prompt(words: Translator) -> Screen:
    rows = ((back_button(words, taps.AddCard().pack()), home_button(words)),)
    return Screen(words.html("import-prompt"), rows)


def import_refused(words: Translator, code: str) -> Screen:
    key = f"import-refused-{code.replace('_', '-')}"
    return Screen(words.html(key), ((home_button(words),),), fresh=True)


def ask_password(words: Translator, key: str) -> Screen:
    """`key`: import-password, import-password-wrong or export-password."""
    return Screen(words.html(key), ((home_button(words),),), fresh=True)


def progress(words: Translator, done: int, total: int) -> str:
    return words.html("import-progress", done=done, total=total)


def report(words: Translator, made: Report) -> Screen:
    lines = [words.html("import-done", added=made.added)]
    if made.standing:
        lines.append(words.html("import-standing", count=made.standing))
    if made.skipped:
        lines.append(words.html("import-skipped", count=sum(made.skipped.values())))
    if made.problems:
        lines += ["", words.html("import-problems", count=len(made.problems))]
        lines += [escape(line) for line in problem_lines(words, made)[:LINES]]
    if len(made.problems) > LINES:
        lines.append(words.html("import-problems-file"))
    rows = ((cards_button(words), home_button(words)),)
    return Screen("\n".join(lines), rows, fresh=True)


def report_file(words: Translator, made: Report) -> File | None:
    """Every line that could not be read, when they are too many for a message."""
    if len(made.problems) <= LINES:
        return None
    text = "\n".join(problem_lines(words, made)) + "\n"
    return File("karman-import.txt", text.encode("utf-8-sig"))


def problem_lines(words: Translator, made: Report) -> list[str]:
    found = []
    for problem in made.problems:
        what = cut(problem.what, LONGEST_LINE)
        where = words("import-line", line=str(problem.line)) + ": " if problem.line else ""
        found.append(f"{where}{what}")
    return found


def export_choice(words: Translator) -> Screen:
    rows: Rows = (
        *(
            (Button(words(f"export-{kind.value}"), tap=taps.ExportAs(format=kind.value).pack()),)
            for kind in ExportFormat
        ),
        (
            Button(
                words("export-locked"),
                tap=taps.ExportAs(format=ExportFormat.CATIMA.value, locked=True).pack(),
            ),
        ),
        (back_button(words, taps.OpenSettings().pack()), home_button(words)),
    )
    return Screen(words.html("export-title"), rows)


def exported(words: Translator) -> Screen:
    return Screen(words.html("export-done"), ((cards_button(words), home_button(words)),))
