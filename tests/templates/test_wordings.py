"""What a brand's texts are made of: variables, plurals, links, and how values are read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.wordings.kinds import Kind, one_line, shown
from catalog.wordings.parts import (
    Plural,
    TextRefused,
    Url,
    Variable,
    names_of,
    parts_of,
    urls_of,
)
from catalog.wordings.plurals import form_of

RU = ("балл", "балла", "баллов")


def test_a_text_is_taken_apart() -> None:
    text = "{name}, у вас {points} {points|балл|балла|баллов} {{и}} ещё: https://a.ru/b?c=1."
    assert parts_of(text, "ru") == (
        Variable("name"), ", у вас ", Variable("points"), " ", Plural("points", RU),
        " {и} ещё: ", Url("https://a.ru/b?c=1"), ".",
    )  # fmt: skip
    assert names_of(parts_of(text, "ru")) == {"name", "points"}
    assert parts_of("{{{name}}}", "en") == ("{", Variable("name"), "}")
    assert parts_of("", "ru") == ()
    assert parts_of("} одна {{", "ru") == ("} одна {",)


@pytest.mark.parametrize(
    "text",
    [
        "{", "a { b", "{}", "{ name }", "{Name}", "{имя}", "{name", "{points|балл|балла}",
        "{points|||}", "{points| |a|b}", "{1a}", "{a-b}", "{name.first}", "{" + "a" * 65 + "}",
    ],
)  # fmt: skip
def test_what_is_no_variable_is_refused(text: str) -> None:
    with pytest.raises(TextRefused, match=r"expected a (variable|plural) such as"):
        parts_of(text, "ru")


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("(https://a.ru/b)", ["https://a.ru/b"]),
        ("https://a.ru/b(c) и https://a.ru/b(c)", ["https://a.ru/b(c)"]),
        ("«https://a.ru/страница», да", ["https://a.ru/страница"]),
        ("https://a.ru!!! http://b.ru?x=1&y=2...", ["https://a.ru", "http://b.ru?x=1&y=2"]),
        ("HTTPS://A.RU/x\nдальше", ["HTTPS://A.RU/x"]),
        ("https:// и //a.ru и mailto:a@b.ru", []),
    ],
)
def test_links_end_where_their_address_does(text: str, urls: list[str]) -> None:
    assert list(urls_of(parts_of(text, "ru"))) == urls


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        (0, ["1", "21", "101", "121", "1001", "-1", "1000000000001"]),
        (1, ["2", "3", "4", "22", "102", "1004", "-2", "0.5", "1.5", "11.01", "2.50"]),
        (2, ["0", "5", "9", "10", "11", "12", "13", "14", "19", "20", "25", "100", "111", "112",
             "114", "1011", "1012", "-11", "5.00"]),
    ],
)  # fmt: skip
def test_russian_words_go_with_their_number(form: int, numbers: list[str]) -> None:
    assert {number: form_of("ru", Decimal(number)) for number in numbers} == dict.fromkeys(
        numbers, form
    )


def test_english_words_go_with_their_number() -> None:
    found = {number: form_of("en", Decimal(number)) for number in ("1", "-1", "1.00")}
    assert set(found.values()) == {0}
    assert {form_of("en", Decimal(each)) for each in ("0", "2", "11", "21", "1.5")} == {1}


@pytest.mark.parametrize(
    ("kind", "kept", "ru", "en"),
    [
        (Kind.MONEY, "1250.50", "1\u00a0250,50", "1,250.50"),
        (Kind.MONEY, "1250.00", "1\u00a0250", "1,250"),
        (Kind.MONEY, "1250.5", "1\u00a0250,50", "1,250.50"),
        (Kind.NUMBER, "-1234567.125", "-1\u00a0234\u00a0567,125", "-1,234,567.125"),
        (Kind.NUMBER, "12.50", "12,5", "12.5"),
        (Kind.NUMBER, "0", "0", "0"),
        (Kind.NUMBER, "много", "много", "много"),
        (Kind.DATE, "2026-02-03", "03.02.2026", "3 Feb 2026"),
        (Kind.DATE, "2026-02-30", "2026-02-30", "2026-02-30"),
        (Kind.TEXT, "0017", "0017", "0017"),
        (Kind.TEXT, "2026-02-03", "2026-02-03", "2026-02-03"),
    ],
)
def test_values_are_read_by_people(kind: Kind, kept: str, ru: str, en: str) -> None:
    assert (shown(kind, kept, "ru"), shown(kind, kept, "en")) == (ru, en)


def test_a_value_is_one_line_of_what_can_be_seen() -> None:
    assert one_line(" Анна\n\tМария\u2028\u202e\u200bК ") == "Анна МарияК".replace("яК", "я К")
    assert shown(Kind.TEXT, "а" * 50, "ru", 40) == "а" * 39 + "…"
    assert shown(Kind.TEXT, "а" * 40, "ru", 40) == "а" * 40


@given(st.text())
def test_any_text_with_its_braces_doubled_says_itself(text: str) -> None:
    parts = parts_of(text.replace("{", "{{").replace("}", "}}"), "ru")
    assert "".join(part.address if isinstance(part, Url) else str(part) for part in parts) == text


@given(st.text(alphabet="{}|abc \u00e9https:/.).»", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parts = parts_of(text, "ru")
    except TextRefused:
        return
    assert all(urls_of(parts_of(url, "ru")) == (url,) for url in urls_of(parts)), "whole addresses"
