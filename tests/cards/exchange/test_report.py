"""What the person is told about a file, in words, whatever it was."""

import pytest

from backend.cards.exchange.import_cards import Report
from backend.exchange.bounds import LONGEST_NAME
from backend.exchange.plain_csv import COLUMNS
from backend.exchange.shapes import RowProblem, Why
from backend.platform.words import Translator
from bot.screens.exchange.import_report import LINES, full_lines, report, report_file
from bot.words import load_words

WORDS = {language: Translator(load_words(), language) for language in ("ru", "en")}
FIELDS = (*COLUMNS, "symbology", "encoding", "last_used", "front", "back", "icon")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("why", Why)
def test_every_reason_has_words_for_every_field(language: str, why: Why) -> None:
    for field in ("", *FIELDS):
        problem = RowProblem(4, why, field, "значение", "Кафе")
        made = Report("csv", problems=[problem], notes=[problem])
        for line in full_lines(WORDS[language], made):
            assert "_" not in line
            assert "{" not in line


def test_a_whole_report_in_russian() -> None:
    made = Report(
        "csv",
        added=12,
        standing=["Аптека", "Лента"],
        skipped={"expired": 3},
        problems=[
            RowProblem(4, Why.EMPTY, "number", name="Пекарня"),
            RowProblem(5, Why.SPREADSHEET, "number", "7,89E+15", "Магнит"),
            RowProblem(0, Why.TWICE, "", "1234", "Кафе"),
        ],
        notes=[
            RowProblem(0, Why.NO_BARCODE, "", "CODE_93", "Клуб"),
            RowProblem(0, Why.NO_BARCODE, "barcode_value", "EAN_13", "Бар"),
            RowProblem(7, Why.ODD_VALUE, "expires", "завтра", "Ко<фе"),
        ],
    )
    assert report(WORDS["ru"], made).text.split("\n") == [
        "🎉 Перенёс 12 карт.",
        "Уже были в кармане: 2 (Аптека, Лента).",
        "Просрочены и без номера: 3.",
        "",
        "<b>Не перенёс: 3</b>",
        "• Строка 4, «Пекарня»: поле «номер» пустое",
        "• Строка 5, «Магнит»: номер 7,89E+15 округлила таблица. Сделайте столбец текстовым"
        " и впишите номер заново",
        "• «Кафе»: номер 1234 есть в файле дважды",
        "",
        "<b>Без штрихкода, на кассе покажите номер: 2</b>",
        "• «Клуб»: Code 93 рисовать не умею",
        "• «Бар»: такой номер в EAN-13 не записать",
        "",
        "<b>Перенёс с поправками: 1</b>",
        "• Строка 7, «Ко&lt;фе»: не понял и пропустил срок действия: завтра",
    ]
    assert report_file(WORDS["ru"], made) is None


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_long_report_fits_a_message_and_is_whole_in_the_file(language: str) -> None:
    words = WORDS[language]
    problems = [
        RowProblem(n, Why.SPREADSHEET, "number", "7" * 60, "К" * LONGEST_NAME)
        for n in range(1, 900)
    ]
    notes = [RowProblem(0, Why.NO_BARCODE, "", "CODE_93", f"Клуб {n}") for n in range(900)]
    made = Report("csv", 900, [f"Магазин {n}" for n in range(900)], problems, notes=notes)
    screen = report(words, made)
    assert len(screen.text) < 4096
    assert screen.text.count("\n") < 2 * LINES + 12
    file = report_file(words, made)
    assert file is not None
    assert isinstance(file.content, bytes)
    text = file.content.decode("utf-8-sig")
    assert text.count("Клуб ") == 900
    assert text.count("Магазин ") == 900


def test_a_line_is_one_line_whatever_a_name_holds() -> None:
    problem = RowProblem(0, Why.ODD_VALUE, "color", "a\nb", "Два\nслова")
    line = full_lines(WORDS["en"], Report("karman", notes=[problem]))[-1]
    assert line == "“Два слова”: the colour left out, not understood: a b"


def test_passes_and_vouchers_are_counted_as_cards() -> None:
    problem = RowProblem(3, Why.UNREADABLE, name="b.pkpass")
    lines = full_lines(WORDS["en"], Report("pkpass", problems=[problem]))
    assert lines[-1] == "Card 3, “b.pkpass”: cannot be read"
