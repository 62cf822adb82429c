"""A kept design: what is left out, and what a variant says in place of the whole."""

from catalog.looks.card_design import (
    USUAL_FRONT,
    InPlace,
    Place,
    Shows,
    design_of_colours,
    design_read,
)

KEPT = {
    "primary": "#111111",
    "secondary": "#EEEEEE",
    "logo": "a" * 64,
    "front": [{"place": "header", "shows": "own", "own": "visits"}],
    "back": [{"shows": "text", "label": {"ru": "О", "en": "A"}, "text": {"ru": "т", "en": "t"}}],
    "in_place": "code128",
    "variants": [
        {"name": "gold", "tiers": ["Gold"], "primary": "#C0A000", "logo": None},
        {"name": "guests", "segment": "guests", "strip": "b" * 64},
    ],
}


def test_colours_alone_are_a_design() -> None:
    design = design_of_colours("#1F6F50", "#F4C95D")
    assert (design.number, design.look.front, design.in_place) == (0, USUAL_FRONT, InPlace.QR)
    assert design.look_for("Gold", {"guests"}) is design.look
    assert design.stores
    assert not design.segments()


def test_a_variant_says_only_what_differs() -> None:
    design = design_read(3, KEPT)
    gold = design.look_for("Gold", {"guests"})
    assert (gold.primary, gold.secondary, gold.logo) == ("#C0A000", "#EEEEEE", "a" * 64)
    assert [(each.place, each.shows, each.key) for each in gold.front] == [
        (Place.HEADER, Shows.OWN, "own_visits")
    ]
    assert design.look_for("Silver", {"guests"}).strip == "b" * 64
    assert design.look_for("Silver") is design.look
    assert design.look_for("", ()) is design.look
    assert design.segments() == {"guests"}
    assert design.back[0].place is Place.BACK
    assert (design.look.variant, gold.variant) == ("", "gold")


def test_texts_have_keys_of_their_own() -> None:
    text = {"shows": "text", "label": {"ru": "О", "en": "A"}, "text": {"ru": "т", "en": "t"}}
    front = [{**text, "place": "header"}, {**text, "place": "header"}]
    design = design_read(1, {**KEPT, "front": front, "back": [text, text]})
    keys = [each.key for each in (*design.look.front, *design.back)]
    assert keys == ["text_header_0", "text_header_1", "text_back_0", "text_back_1"]
