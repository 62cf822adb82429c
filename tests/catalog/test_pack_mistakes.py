"""Борис edits a pack and makes a mistake; the message names file, line and remedy."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from catalog.pack.problems import PackProblem, PackRefused
from catalog.pack.read import read_pack

HOME = "accounts/lavka"
PROGRAM = f"{HOME}/programs/lavka-card/program.yaml"
NUMBERS = f"{HOME}/programs/lavka-card/numbers.csv"
BRAND = f"{HOME}/brands/lavka/brand.yaml"
OFFER = f"{HOME}/brands/lavka/offers/welcome.yaml"
STORES = f"{HOME}/brands/lavka/stores.csv"
ACCOUNT = f"{HOME}/account.yaml"
CONSENT = f"{HOME}/documents/personal-data.ru.md"
ADS_EN = f"{HOME}/documents/advertising.en.md"
Find = Callable[[], list[PackProblem]]
POOL = "processor: pool"
COLOUR = 'primary: "#1F6F50"'
LEVELS = "{by: spent, months: 12, levels: [{name: A, least: 5}, {name: B, least: 5}]}"


def ledger(rules: str) -> str:
    return f"processor: ledger\nledger: {{{rules}}}"


def own(field: str) -> str:
    return f"{POOL}\ncard_fields: [{{{field}, label: {{ru: Я, en: A}}}}]"


def spoil(pack: Path, file: str, old: str, new: str) -> None:
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


MISTAKES = [
    (PROGRAM, '"#1F6F50"', "pruple", 6, "design.primary is 'pruple'", "#RRGGBB"),
    (PROGRAM, "#1F6F50", "#1F6F5", 6, "design.primary is '#1F6F5'", "#RRGGBB"),
    (PROGRAM, '"#1F6F50"', "#1F6F50", 6, "design.primary is missing", "#RRGGBB"),
    (PROGRAM, COLOUR, f"{COLOUR}\n  ink: '#F4C95D'", 7, "design.ink has a contrast of 3.9", "4.5"),
    (PROGRAM, "ean13", "ean31", 2, "barcode_format is 'ean31'", "did you mean 'ean13'?"),
    (PROGRAM, "processor: pool", "procesor: pool", 3, "unknown key 'procesor'", "'processor'?"),
    (PROGRAM, "numbers: numbers.csv\n", "", 1, "numbers is missing", "CSV"),
    (PROGRAM, "- key: phone", "- key: fone", 10, "no standard field", "did you mean 'phone'?"),
    (PROGRAM, "- key: phone", "- key: given_name", 10, "asked twice, first on line 9", "once"),
    (PROGRAM, "min_age: 18", "min_age: old", 12, "min_age is 'old'", "whole number from 1"),
    (PROGRAM, "type: choice", "type: chioce", 16, "type is 'chioce'", "did you mean 'choice'?"),
    (PROGRAM, "key: green", "key: black", 20, "is 'black' again", "each answer once"),
    (PROGRAM, ", en: Green", "", 20, "en is missing", "text"),
    (PROGRAM, "required: no", "required: maybe", 14, "required is 'maybe'", "yes or no"),
    (PROGRAM, POOL, own("key: tier, type: text"), 4, "key is 'tier'", "none of number"),
    (PROGRAM, POOL, own("key: a, type: money"), 4, "currency is missing", "RUB"),
    (PROGRAM, POOL, own("key: a, type: text, currency: RUB"), 4, "is for money alone", "no"),
    (PROGRAM, POOL, ledger("welcom: 5"), 4, "unknown key 'ledger.welcom'", "'welcome'?"),
    (PROGRAM, POOL, ledger("lot_days: 0"), 4, "ledger.lot_days is", "whole number from 1"),
    (PROGRAM, POOL, ledger("birthday: {}"), 4, "birthday.points is missing", "how many"),
    (PROGRAM, POOL, ledger(f"tiers: {LEVELS}"), 4, "levels do not rise", "higher least"),
    (PROGRAM, POOL, f"{POOL}\nledger: {{}}", 4, "without processor: ledger", "one of both"),
    (BRAND, "groceries", "grocery", 4, "category is 'grocery'", "did you mean 'groceries'?"),
    (BRAND, "lavka-card", "lavka-kard", 5, "program is 'lavka-kard'", "mean 'lavka-card'?"),
    (BRAND, ", en: Lavka", "", 1, "name.en is missing", "English text"),
    (BRAND, "name: {ru: Лавка, en: Lavka}", "name: Лавка", 1, "the text 'Лавка'", "ru and en"),
    (BRAND, "website: https", "website: ftp", 6, "website is", "https://"),
    (BRAND, "category: ", "category: x\ncategory: ", 5, "given twice, first on line 4", "once"),
    (OFFER, "[kazan]", "[kasan]", 10, "'kasan' in cities is unknown", "did you mean 'kazan'?"),
    (OFFER, "[kazan]", "[moskva]", 10, "'moskva' in cities is unknown", "did you mean 'moscow'?"),
    (OFFER, "[kazan]", "[Казань]", 10, "'Казань' in cities is unknown", "did you mean 'kazan'?"),
    (OFFER, "[kazan]", "[zzzzzz]", 10, "'zzzzzz' in cities is unknown", "a known key"),
    (OFFER, "[kazan]", "evrywhere", 10, "cities is 'evrywhere'", "everywhere, or a list"),
    (OFFER, "2030-12-31", "2025-12-31", 12, "ends is before starts", "same day or later"),
    (OFFER, "2026-01-01", "2026-02-30", 11, "starts is '2026-02-30'", "a date like"),
    (OFFER, "published", "publshed", 13, "status is 'publshed'", "did you mean 'published'?"),
    (OFFER, "Пряник в подарок", "Пряник " * 20, 1, "benefit.ru has", "at most 80"),
    (OFFER, "position: 10", "position: top", 14, "position is 'top'", "whole number"),
    (STORES, "kazan-2,kazan,", "kazan-2,kazn,", 3, "city 'kazn' is unknown", "'kazan'?"),
    (STORES, "55.7903,49.1125", "49.1125,55.7903", 2, "km from Kazan", "the other way round"),
    (STORES, "55.7903,49.1125", "59.9386,30.3141", 2, "km from Kazan", "a place in Kazan"),
    (STORES, "24/7", "always", 3, "hours are 'always'", "Mo-Fr 09:00-20:00"),
    (STORES, "kazan-2", "kazan-1", 3, "stands twice, first on line 2", "each once"),
    (STORES, "lat,lon", "lat,long", 1, "unknown column 'long'", "did you mean 'lon'?"),
    (STORES, ",55.7512", "", 3, "has 5 columns", "6, as in the first line"),
    (STORES, '"Казань, ул.', '"Казань, "ул.', 2, "quote that is not closed", "pairs"),
    (ACCOUNT, "0000012341", "0000012342", 3, "inn is '0000012342'", "right check digits"),
    (ACCOUNT, "privacy@lavka.example", "lavka", 4, "privacy_email is 'lavka'", "address like"),
    (ACCOUNT, "Europe/Moscow", "Moscow", 5, "timezone is 'Moscow'", "IANA"),
    (CONSENT, "version: 1", "version: one", 2, "version is 'one'", "whole number"),
    (CONSENT, "effective_from: 2026-01-01\n", "", 2, "effective_from is missing", "a date"),
    (CONSENT, "# Согласие", "Согласие", 5, "has no title", "# Consent"),
    (CONSENT, "ООО «Лавка»", "Ларёк", 5, "does not name the operator", "ООО «Лавка»"),
    (CONSENT, "---\nversion", "version", 1, "no lines above the text", "---"),
    (ADS_EN, "version: 1", "version: 2", 1, "differs from the Russian document", "version"),
    (ADS_EN, "email]", "emial]", 4, "'emial' in channels is unknown", "did you mean 'email'?"),
    (NUMBERS, ",4600000000022", ",4600000000023", 3, "is no ean13 number", ""),
    (NUMBERS, "4600000000022", "4600000000015", 3, "stands twice, first on line 2", "once"),
    (NUMBERS, "4600 0000 0002 2,4600000000022", '"4,6E+12",', 3, "rounded", "as text"),
    (NUMBERS, "barcode_value", "barcode", 1, "unknown column 'barcode'", "'barcode_value'?"),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "what", "expected"), MISTAKES)
def test_a_mistake_is_named_with_its_line_and_remedy(
    pack: Path,
    problems: Find,
    file: str,
    old: str,
    new: str,
    line: int,
    what: str,
    expected: str,
) -> None:
    spoil(pack, file, old, new)
    found = [each for each in problems() if (each.file, each.line) == (file, line)]
    assert any(what in each.what and expected in each.expected for each in found), problems()


def test_all_mistakes_come_at_once_sorted_by_place(pack: Path, problems: Find) -> None:
    spoil(pack, PROGRAM, '"#1F6F50"', "pruple")
    spoil(pack, PROGRAM, "ean13", "ean31")
    spoil(pack, BRAND, "groceries", "grocery")
    spoil(pack, ACCOUNT, "0000012341", "1")
    (pack / OFFER).with_suffix(".jpg").unlink()
    found = problems()
    assert [(each.file, each.line) for each in found if "number" not in each.what] == [
        (ACCOUNT, 3),
        (BRAND, 4),
        (OFFER.replace(".yaml", ".jpg"), None),
        (PROGRAM, 2),
        (PROGRAM, 6),
    ]
    assert str(found[0]).startswith(f"{ACCOUNT}:3: inn is '1'; expected 10 or 12 digits")


def test_a_broken_yaml_is_one_problem_and_not_a_dozen(pack: Path, problems: Find) -> None:
    (pack / BRAND).write_text("name: {ru: Лавка\ncategory: x\n", encoding="utf-8")
    (only,) = [each for each in problems() if each.file == BRAND]
    assert "not plain YAML" in only.what
    assert only.line is not None


@pytest.mark.parametrize("name", ["Lavka", "лавка", "la vka", "l" * 25])
def test_a_folder_that_is_no_key(pack: Path, problems: Find, name: str) -> None:
    (pack / "accounts/lavka/brands/lavka").rename(pack / "accounts/lavka/brands" / name)
    assert any("is no key" in each.what for each in problems())


def test_two_accounts_cannot_have_one_brand(pack: Path) -> None:
    twin = pack / "accounts/twin"
    for file in list((pack / HOME).rglob("*.*")):
        copy = twin / file.relative_to(pack / HOME)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    with pytest.raises(PackRefused) as refused:
        read_pack(pack)
    assert [each.file for each in refused.value.problems] == [
        "accounts/twin/brands/lavka",
        "accounts/twin/brands/lavka/offers",
        "accounts/twin/programs/lavka-card",
    ]


def test_pictures_of_a_design_are_files_beside_it(pack: Path, problems: Find) -> None:
    """Those of a variant too, whatever else is wrong; and each is measured."""
    home = pack / PROGRAM
    wide = f"{COLOUR}\n  strip: s.png\n  variants: [{{name: A, tiers: [A], logo: l.png}}]"
    spoil(pack, PROGRAM, COLOUR, wide)
    Image.new("RGB", (1125, 900)).save(home.with_name("s.png"))
    told = [(each.file, each.what) for each in problems()]
    places = [f"{HOME}/programs/lavka-card/{name}" for name in ("l.png", "s.png")]
    assert told == [(places[0], "is missing"), (places[1], "is 1125×900")]
    Image.new("RGB", (1125, 432)).save(home.with_name("s.png"))
    Image.new("RGB", (256, 256)).save(home.with_name("l.png"))
    (account,) = read_pack(pack).accounts
    (program,) = account.programs
    design = program.entry.design
    assert {each.sha256 for each in program.pictures} == {design.strip, design.variants[0].logo}
    spoil(pack, PROGRAM, "ean13", "ean31")
    assert not [each for each in problems() if each.what == "is used by nothing"]


def test_an_empty_folder_and_no_folder(tmp_path: Path) -> None:
    with pytest.raises(PackRefused, match="accounts: is missing"):
        read_pack(tmp_path)
    with pytest.raises(PackRefused, match="is not a folder"):
        read_pack(tmp_path / "nowhere")


def test_a_birthday_bonus_asks_for_the_birthday(pack: Path, problems: Find) -> None:
    bonus = ledger("birthday: {points: 5}")
    spoil(pack, PROGRAM, POOL, bonus)
    assert problems() == []
    spoil(pack, PROGRAM, "  - key: birth_date\n    min_age: 18\n", "")
    (found,) = problems()
    assert (found.line, found.expected) == (4, "birth_date in the questionnaire")
