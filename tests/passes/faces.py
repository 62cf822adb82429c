"""Faces of cards as designs, tiers and people may make them, for property tests of every wallet."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import strategies as st

from backend.passes.face import (
    Barcode,
    News,
    PassFace,
    Pictures,
    Shown,
    ShownLink,
    ShownLocation,
)
from catalog.bilingual import Bilingual
from catalog.looks.card_design import (
    MOST_BACK,
    MOST_LINKS,
    MOST_LOCATIONS,
    InPlace,
    Look,
    PassField,
    Place,
    Shows,
)
from models.barcode_format import BarcodeFormat

# Letters of every language, without what no text of a database holds.
texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\x7f"),
    min_size=1,
    max_size=40,
)
both = st.builds(Bilingual, texts, texts)
colours = st.from_regex(r"#[0-9A-F]{6}", fullmatch=True)
_moments = st.integers(10**9, 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
_DIGITS = {
    BarcodeFormat.EAN13: 13,
    BarcodeFormat.EAN8: 8,
    BarcodeFormat.UPCA: 12,
    BarcodeFormat.ITF: 14,
}
_FRONT = (Place.HEADER,) * 3 + (Place.PRIMARY,) + (Place.SECONDARY,) * 2 + (Place.AUXILIARY,) * 2


@st.composite
def barcodes(draw: st.DrawFn) -> Barcode:
    kind = draw(st.sampled_from(BarcodeFormat))
    digits = _DIGITS.get(kind) or draw(st.integers(4, 20))
    if kind is BarcodeFormat.ITF:
        digits = draw(st.sampled_from((8, 14, 18)))
    value = draw(st.text("0123456789", min_size=digits, max_size=digits))
    if kind in {BarcodeFormat.QR, BarcodeFormat.AZTEC, BarcodeFormat.DATAMATRIX}:
        value = draw(texts)
    return Barcode(kind, value, draw(texts), draw(st.sampled_from(InPlace)))


@st.composite
def fronts(draw: st.DrawFn) -> tuple[PassField, ...]:
    kinds = draw(st.lists(st.sampled_from(Shows), max_size=len(_FRONT)))
    places = draw(st.permutations(_FRONT))
    made: dict[str, PassField] = {}
    for number, (shows, place) in enumerate(zip(kinds, places, strict=False)):
        own = f"own_{number}" if shows is Shows.OWN else ""
        text = draw(both) if shows is Shows.TEXT else None
        field = PassField(
            place, shows, own, draw(st.none() | both), text, draw(st.none() | both), number
        )
        made.setdefault(field.key, field)
    return tuple(made.values())


@st.composite
def backs(draw: st.DrawFn) -> tuple[Shown, ...]:
    kinds = draw(
        st.lists(st.sampled_from((Shows.TEXT, Shows.OWN, Shows.EXPIRES)), max_size=MOST_BACK)
    )
    return tuple(
        Shown(Place.BACK, shows, f"{shows}_back_{n}", draw(both), draw(both))
        for n, shows in enumerate(kinds)
    )


@st.composite
def faces(draw: st.DrawFn) -> PassFace:
    front = draw(fronts())
    look = Look(
        draw(colours), draw(colours), draw(st.none() | colours), draw(st.none() | colours),
        front=front, variant=draw(st.just("") | texts),
    )  # fmt: skip
    whole = Decimal(draw(st.integers(-(10**12), 10**12)))
    return PassFace(
        serial=draw(st.from_regex(r"[A-Za-z0-9_-]{24}", fullmatch=True)),
        program=draw(st.from_regex(r"[a-z][a-z0-9-]{0,62}", fullmatch=True)),
        design=draw(st.integers(0, 10**6)),
        organization=draw(texts),
        brand=draw(both),
        program_name=draw(both),
        look=look,
        pictures=Pictures(
            logo_at="https://karman.example/media/" + "a" * 64,
            strip_at=draw(st.sampled_from(("", "https://karman.example/media/" + "b" * 64))),
        ),
        barcode=draw(st.none() | barcodes()),
        front=tuple(
            Shown(
                each.place, each.shows, each.key, each.label or draw(both), draw(both), each.change
            )
            for each in front
            # What a card does not have stands nowhere.
            if each.shows is Shows.TEXT or draw(st.booleans())
        ),
        back=draw(backs()),
        links=draw(
            st.lists(
                st.builds(ShownLink, both, st.sampled_from(("https://a.example/é", "tel:+7495"))),
                max_size=MOST_LINKS,
            ).map(tuple)
        ),
        locations=draw(
            st.lists(
                st.builds(
                    ShownLocation, st.floats(-90, 90), st.floats(-180, 180), st.none() | both
                ),
                max_size=MOST_LOCATIONS,
            ).map(tuple)
        ),
        news=draw(st.none() | st.builds(News, texts)),
        balance=draw(st.sampled_from((None, whole, whole / 100, whole * 10**6))),
        tier=draw(st.just("") | texts),
        holder=draw(st.just("") | texts),
        expires=draw(st.none() | _moments),
        voided=draw(st.booleans()),
        rotating=draw(st.booleans()),
        opens=draw(st.sampled_from(("", "https://t.me/karman_bot?start=card_17"))),
    )
