"""Packs that try to get out, blow up or confuse; and packs broken at random."""

import os
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from catalog.pack.problems import MOST_PER_FILE, PackProblem, PackRefused
from catalog.pack.read import read_pack

BRAND = "accounts/lavka/brands/lavka/brand.yaml"
OFFER = "accounts/lavka/brands/lavka/offers/welcome.yaml"
PROGRAM = "accounts/lavka/programs/lavka-card/program.yaml"
NUMBERS = "accounts/lavka/programs/lavka-card/numbers.csv"
Find = Callable[[], list[PackProblem]]


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    "way", ["../../../../../secret.jpg", "/etc/passwd", "../offers/welcome.jpg", ".", "a\\b.jpg"]
)
def test_a_picture_outside_the_pack_is_never_opened(pack: Path, problems: Find, way: str) -> None:
    (pack.parent / "secret.jpg").write_bytes(b"\xff\xd8 secret")
    replace(pack / OFFER, "[welcome.jpg]", f"['{way}']")
    assert any("is missing" in each.what and way in each.file for each in problems())


def test_symbolic_links_are_refused_wherever_they_lead(pack: Path, problems: Find) -> None:
    logo = pack / "accounts/lavka/brands/lavka/logo.png"
    real = pack.parent / "logo.png"
    logo.rename(real)
    logo.symlink_to(real)
    (pack / "accounts/lavka/extra").symlink_to(pack.parent, target_is_directory=True)
    links = [each.file for each in problems() if "symbolic link" in each.what]
    assert links == ["accounts/lavka/brands/lavka/logo.png", "accounts/lavka/extra"]


def test_a_pipe_does_not_hang_the_reader(pack: Path, problems: Find) -> None:
    (pack / BRAND).unlink()
    os.mkfifo(pack / BRAND)
    assert any("not an ordinary file" in each.what for each in problems())


def test_an_alias_bomb_costs_nothing(pack: Path, problems: Find) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    (pack / BRAND).write_text("\n".join(lines), encoding="utf-8")
    (only,) = [each for each in problems() if each.file == BRAND]
    assert (only.line, only.what) == (2, "has the alias *a0")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[" * 100_000, "levels"),
        ("name: !!python/object/apply:os.system ['true']", "the tag"),
        ("a: 1\n--- \nb: 2\n", "not plain YAML"),
        ("- one\n- two\n", "is a list"),
        ("\x07: x", "not plain YAML"),
        ("? [a, b]\n: c", "unknown key"),
    ],
)
def test_yaml_that_is_more_than_plain(pack: Path, problems: Find, text: str, what: str) -> None:
    (pack / BRAND).write_text(text, encoding="utf-8")
    assert any(each.file == BRAND and what in each.what for each in problems())


AS_TYPED = [
    (BRAND, "category: groceries", "category: no", 4, "category is 'no'"),
    (BRAND, "category: groceries", "category: 2026-01-01", 4, "category is '2026-01-01'"),
    (BRAND, "category: groceries", "category: !!bool yes", 4, "has the tag"),
    (BRAND, "category: groceries", "category: &a groceries", None, ""),
    (BRAND, "category: groceries", "category: groceries\n? {a: b}\n: c", 5, "unknown key"),
    (BRAND, "category: groceries", "category: groceries\n~: c", 5, "unknown key '~'"),
    (BRAND, "category: groceries", "category: groceries\n5: c", 5, "unknown key '5'"),
    (BRAND, "category: groceries", "category:\n  groceries", None, ""),
    (BRAND, "category: groceries", "category:\n\n  x", 6, "category is 'x'"),
    (BRAND, "category: groceries", "category:\n\n", 4, "category is missing"),
    (BRAND, "category: groceries", "category: groceries\ncategory: auto", 5, "first on line 4"),
    (BRAND, "category: groceries", 'category: "\\0"', 4, "category has control characters"),
    (BRAND, "category: groceries", 'category: "\\x7f\\ud800"', 4, ""),
    (BRAND, "category: groceries", "category: \0", 4, "not plain YAML"),
    (
        BRAND,
        "category: groceries",
        "colours: {primary: 1, primary: 2}",
        4,
        "colours.primary is given",
    ),
    (BRAND, "category: groceries", "colours:\n  primary: '#000000'\n  x: ~", 6, "'colours.x'"),
    (PROGRAM, "min_age: 18", "min_age: 0x12", 12, "min_age is '0x12'"),
    (PROGRAM, "min_age: 18", "min_age: 18.0", 12, "min_age is '18.0'"),
    (PROGRAM, "min_age: 18", "min_age: " + "9" * 5000, 12, "min_age is '999"),
    (PROGRAM, "required: no", "required: off", 14, "required is 'off'"),
    (PROGRAM, "required: no", "required: NO", None, ""),
    (PROGRAM, "required: no", "required: 0", 14, "required is '0'"),
    (PROGRAM, "- key: phone", "- ~", 10, "an item of questionnaire is the text '~'"),
    (PROGRAM, "- key: phone", "-", 10, "an item of questionnaire is empty"),
    (OFFER, "2026-01-01", "2026-01-01 10:00:00 +3", 11, "starts is '2026-01-01 10:00:00 +3'"),
    (OFFER, "2026-01-01", "0001-01-01", 11, "starts is '0001-01-01'"),
    (OFFER, "2026-01-01", "9999-12-31T23:59-23:59", 11, "starts is"),
    (OFFER, "[kazan]", "[kazan, no, 5, ~, [x]]", 10, "'no' in cities is unknown"),
    (OFFER, "[kazan]", "[kazan, 'kazan']", 10, "'kazan' stands twice in cities, first on line 10"),
    (OFFER, "[kazan]", "{kazan: yes}", 10, "cities is a group of keys"),
    (OFFER, "position: 10", "position: 1_0", 14, "position is '1_0'"),
    (OFFER, "position: 10", "position: 010", None, ""),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "what"), AS_TYPED)
def test_values_are_what_was_typed_and_mistakes_stand_at_their_line(
    pack: Path, problems: Find, file: str, old: str, new: str, line: int | None, what: str
) -> None:
    replace(pack / file, old, new)
    found = [each for each in problems() if each.file == file]
    if line is None:
        assert found == []
    assert line is None or any(each.line == line and what in each.what for each in found), found
    assert all(len(each.what) < 400 for each in found)


def test_sixty_thousand_unknown_keys_are_a_hundred_and_a_count(pack: Path, problems: Find) -> None:
    with (pack / BRAND).open("a", encoding="utf-8") as out:
        out.writelines(f"k{n}:\n" for n in range(30_000))
    started = time.process_time()
    found = [each for each in problems() if each.file == BRAND]
    assert time.process_time() - started < 20
    assert len(found) == MOST_PER_FILE + 1
    assert (found[0].line, found[0].what) == (7, "unknown key 'k0'")
    assert found[-1].what == "29900 more mistakes in this file"


def test_a_long_text_is_counted_and_not_repeated(pack: Path, problems: Find) -> None:
    replace(pack / BRAND, "groceries", "x" * 200_000)
    (only,) = [each for each in problems() if each.file == BRAND]
    assert (only.line, only.what) == (4, "category has 200000 characters")


def test_a_document_that_no_database_would_keep(pack: Path, problems: Find) -> None:
    file = "accounts/lavka/documents/personal-data.ru.md"
    replace(pack / file, "Срок", "\0")
    replace(pack / file, "# Согласие", "# Согласие" + " и ещё" * 40)
    assert [(each.line, each.what) for each in problems() if each.file == file] == [
        (5, "has a title of 281 characters"),
        (5, "has the character NUL"),
    ]


def test_a_file_in_the_windows_code_page(pack: Path, problems: Find) -> None:
    (pack / BRAND).write_bytes("# бренд\nname: Лавка\n".encode("cp1251"))
    (only,) = [each for each in problems() if each.file == BRAND]
    assert (only.line, only.what) == (1, "is not UTF-8")


def test_a_csv_in_the_windows_code_page_and_a_binary(pack: Path, problems: Find) -> None:
    numbers = pack / NUMBERS
    numbers.write_bytes("printed_number\nномер\n".encode("cp1251") + b"\0\0\0\n")
    assert [(each.line, each.what) for each in problems() if each.file == NUMBERS] == [
        (2, "is not UTF-8"),
        (3, "has control characters"),
    ]


def test_forgotten_and_misspelt_files_are_reported(pack: Path, problems: Find) -> None:
    home = pack / "accounts/lavka/brands/lavka"
    (home / "offer").mkdir()
    (home / "offer/summer.yaml").write_text("benefit: x", encoding="utf-8")
    (pack / "README.md").write_text("hello", encoding="utf-8")
    (pack / ".DS_Store").write_bytes(b"\0")
    (only,) = problems()
    assert only.file == "accounts/lavka/brands/lavka/offer/summer.yaml"
    assert only.what == "is used by nothing"


def test_a_large_yaml_is_not_even_read(pack: Path, problems: Find) -> None:
    (pack / BRAND).write_text("# " + "x" * 300_000, encoding="utf-8")
    assert any(each.file == BRAND and "bytes" in each.what for each in problems())


def test_a_million_mistakes_are_a_hundred_and_a_count(pack: Path, problems: Find) -> None:
    lines = "\n".join(f"нет{i}" for i in range(5_000))
    (pack / NUMBERS).write_text("printed_number\n" + lines, encoding="utf-8")
    found = [each for each in problems() if each.file == NUMBERS]
    assert len(found) == MOST_PER_FILE + 1
    assert found[-1].what == "4900 more mistakes in this file"


def test_a_line_without_an_end_stays_out_of_memory(pack: Path, problems: Find) -> None:
    (pack / NUMBERS).write_bytes(b"printed_number\n" + b"9" * 30_000_000 + b"\nx\n")
    tracemalloc.start()
    found = [each.what for each in problems() if each.file == NUMBERS]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found[0] == "the line is too long"
    assert len(found) == 2
    assert peak < 20_000_000


def test_many_numbers_take_little_memory_and_twins_are_found(pack: Path) -> None:
    replace(pack / PROGRAM, "ean13", "code128")
    count = 30_000
    with (pack / NUMBERS).open("w", encoding="utf-8") as out:
        out.write("printed_number\n")
        out.writelines(f"CARD{i:09d}\n" for i in range(count))
        out.write("CARD000000007\n")
    tracemalloc.start()
    with pytest.raises(PackRefused) as refused:
        read_pack(pack)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    (only,) = refused.value.problems
    assert only.line == count + 2
    assert only.what == "number 'CARD000000007' stands twice, first on line 9"
    assert peak < 20_000_000


def test_an_empty_pool_is_a_pool(pack: Path) -> None:
    (pack / NUMBERS).write_text("printed_number;barcode_value\n", encoding="utf-8")
    numbers = read_pack(pack).accounts[0].programs[0].numbers
    assert numbers is not None
    assert (numbers.count, list(numbers.rows())) == (0, [])


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_pack_broken_at_random_is_refused_and_never_a_crash(
    pack: Path, data: st.DataObject
) -> None:
    files = sorted(file for file in pack.rglob("*") if file.is_file())
    file = data.draw(st.sampled_from(files))
    whole = file.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    junk = data.draw(st.binary(max_size=12) | st.text(max_size=12).map(str.encode))
    file.write_bytes(whole[:start] + junk + whole[end:])
    try:
        read_pack(pack)
    except PackRefused as refused:
        event(f"{len(refused.problems)} problems")
    finally:
        file.write_bytes(whole)
