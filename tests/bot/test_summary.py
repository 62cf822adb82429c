"""The answers once more: whatever was asked and typed, Telegram takes the screen."""

import pytest

from backend.platform.words import Translator
from bot.sandbox.content.html_entities import parse_html
from bot.sandbox.content.text import utf16_length
from bot.screens.issue.summary import Line, Summary, summary
from bot.words import load_words

WORDS = load_words()


def shown(lines: list[Line]) -> Summary:
    return Summary(application=1, step=2, lines=lines, cards="«Лукоград»", count=1, controllers=10)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("asked", [0, 1, 7, 40, 200])
def test_any_number_of_long_answers_fits(language: str, asked: int) -> None:
    lines = [Line(n, f"Вопрос номер {n} <b>& " * 9, "😀" * 300) for n in range(asked)]
    screen = summary(Translator(WORDS, language), shown(lines))
    clean, _ = parse_html(screen.text)
    assert utf16_length(clean) <= 4096
    assert sum(len(row) for row in screen.rows) <= 100


def test_what_has_no_answer_is_named_in_one_line() -> None:
    lines = [Line(0, "Имя", "Анна"), Line(1, "Отчество", ""), Line(2, "Кто живёт с вами?", "Кошка")]
    screen = summary(Translator(WORDS, "ru"), shown(lines))
    clean, _ = parse_html(screen.text)
    assert "Имя: Анна\nКто живёт с вами? Кошка\nБез ответа: Отчество" in clean
    assert [button.label for row in screen.rows[1:3] for button in row][1] == "✏️ Отчество"
