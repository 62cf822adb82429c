"""Борис draws his card: every mistake is told at its place, before anybody's phone shows it."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from catalog.entries.design.design import DesignEntry
from catalog.entries.mistakes import mistakes_of, pointer
from catalog.entries.program import ProgramEntry
from catalog.entries.values.around import Around, OfCard
from catalog.looks.card_design import USUAL_FRONT, InPlace, Place, design_read
from models.barcode_format import BarcodeFormat
from tests.catalog.entries.test_json import PROGRAM

BOTH = {"ru": "Баллы", "en": "Points"}
LOGO, STRIP, GONE = "a" * 64, "b" * 64, "c" * 64
CARD = OfCard(BarcodeFormat.EAN13, frozenset({"visits"}), frozenset({"Silver", "Gold"}))
AROUND = Around(
    ZoneInfo("UTC"),
    card=CARD,
    segments=frozenset({"asleep"}),
    pictures={LOGO: (512, 512), STRIP: (1125, 432)},
)
COLOURS = {"primary": "#1f6f50", "secondary": "#F4C95D"}
BALANCE = {"place": "header", "shows": "balance"}
TEXT = {"shows": "text", "label": BOTH, "text": BOTH}
WHOLE: dict[str, Any] = {
    **COLOURS,
    "ink": "#FFFFFF",
    "label": "#F4C95D",
    "logo": LOGO,
    "strip": STRIP,
    "front": [
        {**BALANCE, "label": BOTH, "change": {"ru": "Теперь {value}", "en": "Now {value}"}},
        {"place": "secondary", "shows": "own", "own": "visits"},
        {"place": "auxiliary", **TEXT},
    ],
    "back": [TEXT, {"shows": "number"}],
    "links": [
        {"label": BOTH, "url": "https://lavka.example/a?b=c"},
        {"label": BOTH, "url": "tel:+7-843-000-00-00"},
        {"label": BOTH, "url": "mailto:tea@lavka.example"},
    ],
    "locations": [{"lat": 55.79, "lon": "49.11", "text": BOTH}],
    "stores": False,
    "in_place": "code128",
    "variants": [
        {"name": "Gold", "tiers": ["Gold"], "primary": "#101010", "front": []},
        {"name": "Asleep", "segment": "asleep", "secondary": "#FFFFFF"},
    ],
}


def told(given: Any, around: Around | None = AROUND) -> dict[str, str]:
    """What is wrong, by its place."""
    try:
        DesignEntry.model_validate(given, context=around)
    except ValidationError as found:
        return {
            pointer(each.way): f"{each.what}; {each.expected}"
            for each in mistakes_of(DesignEntry, found, "the body")
        }
    return {}


def test_two_colours_are_a_design() -> None:
    entry = DesignEntry.model_validate(COLOURS)
    assert entry.kept() == {"primary": "#1F6F50", "secondary": "#F4C95D"}
    assert design_read(1, entry.kept()).look.front == USUAL_FRONT


def test_what_is_kept_is_read_as_it_was_entered() -> None:
    entry = DesignEntry.model_validate(WHOLE, context=AROUND)
    again = DesignEntry.model_validate(entry.kept(), context=AROUND)
    assert (again, again.kept()) == (entry, entry.kept())
    read = design_read(4, entry.kept())
    assert (read.number, read.in_place, read.stores) == (4, InPlace.CODE128, False)
    assert [each.place for each in read.look.front] == [
        Place.HEADER, Place.SECONDARY, Place.AUXILIARY,
    ]  # fmt: skip
    assert (read.locations[0].latitude, read.locations[0].longitude) == (55.79, 49.11)
    assert (read.look.words, read.look.names) == ("#FFFFFF", "#F4C95D")
    gold = read.look_for("Gold")
    assert (gold.front, gold.primary, gold.strip) == ((), "#101010", STRIP)


def test_all_mistakes_come_at_once() -> None:
    found = told(
        {
            **COLOURS,
            "ink": "#1F6F51",
            "label": "#222222",
            "logo": STRIP,
            "strip": GONE,
            "front": [BALANCE, {"place": "back", "shows": "text"}],
            "links": [{"label": BOTH, "url": "javascript:alert(1)"}],
            "locations": [{"lat": 91, "lon": 49}],
            "in_place": "pdf417",
            "variants": [{"name": "A", "segment": "asleeep"}, {"name": "A", "tiers": ["Gold"] * 2}],
        }
    )
    assert found["/ink"].startswith("ink has a contrast of 1.0 on #1F6F50; a colour")
    assert found["/label"].startswith("label has a contrast of 2.6 on #1F6F50")
    assert found["/logo"] == "logo is 1125×432; a square"
    assert "which is unknown; a picture that was uploaded before" in found["/strip"]
    assert found["/front/1/place"].startswith("front.place is 'back'; one of auxiliary")
    assert found["/front/1/text"] == "front.text is missing; what stands there"
    assert found["/links/0/url"].startswith("links.url is 'javascript:alert(1)'; https://")
    assert found["/locations/0/lat"].startswith("locations.lat is the number 91")
    assert found["/in_place"] == "in_place is 'pdf417'; one of code128, picture, qr"
    assert "did you mean 'asleep'?" in found["/variants/0/segment"]
    assert found["/variants/1/name"] == "variants.name is 'A' again; each name once"
    assert found["/variants/1/tiers/1"] == "'Gold' stands twice in tiers; each once"


def fields(*places: str) -> list[dict[str, Any]]:
    return [{"place": place, **TEXT} for place in places]


@pytest.mark.parametrize(
    ("more", "place", "what"),
    [
        ({"front": fields(*["header"] * 4)}, "/front", "has 4 fields in header"),
        ({"front": fields("primary", "primary")}, "/front", "has 2 fields in primary"),
        (
            {"front": fields(*["secondary"] * 3, "auxiliary", "auxiliary")},
            "/front",
            "has 5 fields in secondary and auxiliary",
        ),
        ({"front": [BALANCE, BALANCE]}, "/front/1/shows", "is 'balance' again"),
        ({"front": [BALANCE], "back": [{"shows": "balance"}]}, "/back/0/shows", "again"),
        ({"back": [{"shows": "holder"}]}, "/back/0/shows", "is 'holder' again"),
        ({"back": [{"shows": "own"}]}, "/back/0/own", "is missing"),
        ({"back": [{"shows": "expires", "own": "visits"}]}, "/back/0/own", "without shows: own"),
        ({"back": [{"shows": "own", "own": "visit"}]}, "/back/0/own", "is 'visit', which is unk"),
        ({"back": [{"shows": "text", "text": BOTH}]}, "/back/0/label", "is missing"),
        ({"back": [{**TEXT, "change": BOTH}]}, "/back/0/change", "words with {value}"),
        (
            {"back": [{**TEXT, "change": {"ru": "%@ {value}", "en": "{value}"}}]},
            "/back/0/change",
            "is '%@ {value}'",
        ),
        ({"rotating": True}, "/rotating", "the barcode is ean13; no, or a program with pdf417"),
        ({"in_place": "picture", "strip": STRIP}, "/strip", "beside in_place: picture"),
        ({"in_place": "picture", "front": fields("primary")}, "/front/0/place", "is 'primary'"),
        ({"links": [{"label": BOTH, "url": "http://a.ru"}]}, "/links/0/url", "https://"),
        ({"links": [{"label": BOTH, "url": "https://a:b@c.ru"}]}, "/links/0/url", "https://"),
        ({"locations": [{"lat": 1, "lon": 1}] * 11}, "/locations", "has 11 places"),
    ],
)
def test_each_rule(more: dict[str, Any], place: str, what: str) -> None:
    assert what in told(COLOURS | more).get(place, ""), told(COLOURS | more)


@pytest.mark.parametrize(
    ("variants", "place", "what"),
    [
        ([{"name": "A"}], "/variants/0/segment", "is missing; tiers or a segment"),
        ([{"name": "A", "tiers": ["Brass"]}], "/variants/0/tiers/0", "one of Gold, Silver"),
        (
            [{"name": "A", "tiers": ["Gold"]}, {"name": "B", "tiers": ["Gold"]}],
            "/variants/1/tiers/0",
            "is 'Gold' again",
        ),
        (
            [{"name": "A", "segment": "asleep"}, {"name": "B", "segment": "asleep"}],
            "/variants/1/segment",
            "is 'asleep' again",
        ),
        # The design's own label on the variant's ground.
        (
            [{"name": "A", "tiers": ["Gold"], "primary": "#FFFFFF", "ink": "#000000"}],
            "/variants/0/primary",
            "gives the label #F4C95D a contrast of 1.6; 3.0 or more, or label beside it",
        ),
        ([{"name": "A", "tiers": ["Gold"], "label": "#1F6F50"}], "/variants/0/label", "1.0"),
        # The design's own back beside the variant's front.
        (
            [{"name": "A", "tiers": ["Gold"], "front": [{"place": "header", "shows": "number"}]}],
            "/variants/0/front/0/shows",
            "is 'number' again",
        ),
        (
            [{"name": "A", "tiers": ["Gold"], "front": fields(*["header"] * 4)}],
            "/variants/0/front",
            "has 4 fields",
        ),
    ],
)
def test_variants_agree_with_the_whole(
    variants: list[dict[str, Any]], place: str, what: str
) -> None:
    found = told(WHOLE | {"variants": variants})
    assert what in found.get(place, ""), found


def test_a_picture_of_the_barcode_is_for_what_apple_cannot_draw() -> None:
    given = COLOURS | {"in_place": "picture", "strip": STRIP}
    drawn = Around(ZoneInfo("UTC"), card=OfCard(BarcodeFormat.QR))
    assert told(given, drawn) == {}
    assert told(COLOURS | {"rotating": True}, drawn) == {}


def test_a_program_is_checked_with_its_design() -> None:
    design = {**COLOURS, "back": [{"shows": "own", "own": "visits"}], "variants": [
        {"name": "A", "tiers": ["Gold"]},
    ]}  # fmt: skip
    own = [{"key": "visits", "label": BOTH, "type": "number"}]
    tiers = {"by": "spent", "months": 1, "levels": [{"name": "Gold", "least": 0}]}
    rules = {"processor": "ledger", "ledger": {"tiers": tiers}, "card_fields": own}
    assert ProgramEntry.model_validate(PROGRAM | rules | {"design": design})
    with pytest.raises(ValidationError) as found:
        ProgramEntry.model_validate(PROGRAM | {"design": design, "processor": "ledger"})
    places = {pointer(each.way) for each in mistakes_of(ProgramEntry, found.value, "it")}
    assert places == {"/design/back/0/own", "/design/variants/0/tiers/0"}
    # Tiers of another system are not known here.
    elsewhere = PROGRAM | {"design": design, "card_fields": own}
    assert ProgramEntry.model_validate(elsewhere).design.variants
