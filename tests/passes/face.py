"""Anna's card of the gingerbread shop, as every wallet is given it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from backend.passes.face import Barcode, News, PassFace, Pictures, Shown, ShownLink
from catalog.bilingual import Bilingual
from catalog.looks.card_design import USUAL_FRONT, Place, Shows, design_of_colours
from models.barcode_format import BarcodeFormat

_VALUES = {
    Shows.BALANCE: (Bilingual("Баллы", "Points"), Bilingual("120", "120")),
    Shows.HOLDER: (Bilingual("Владелец", "Holder"), Bilingual("Анна Ёлкина", "Анна Ёлкина")),
    Shows.TIER: (Bilingual("Уровень", "Tier"), Bilingual("Gold", "Gold")),
    Shows.NUMBER: (Bilingual("Номер", "Number"), Bilingual("4600000000015", "4600000000015")),
}


def anna(**otherwise: Any) -> PassFace:
    """`otherwise`: fields of PassFace that differ."""
    front = tuple(
        Shown(each.place, each.shows, each.key, *_VALUES[each.shows]) for each in USUAL_FRONT
    )
    about = Shown(
        Place.BACK,
        Shows.TEXT,
        "text_1",
        Bilingual("О программе", "About"),
        Bilingual("Балл за рубль.", "A point a rouble."),
    )
    face = PassFace(
        serial="5cQ0v1rZ2mYkqB7hW3nT9xLs",
        program="pryanik-club",
        design=1,
        organization="ООО «Пряник»",
        brand=Bilingual("Пряник", "Pryanik"),
        program_name=Bilingual("Карта «Пряник»", "Pryanik card"),
        look=design_of_colours("#1F6F50", "#F4C95D").look,
        pictures=Pictures(),
        barcode=Barcode(BarcodeFormat.EAN13, "4600000000015", "4600000000015"),
        front=front,
        back=(about,),
        links=(ShownLink(Bilingual("Сайт", "Site"), "https://pryanik.example"),),
        news=News("Пряник дня: -30 %"),
        balance=Decimal("120.00"),
        tier="Gold",
        holder="Анна Ёлкина",
        opens="https://t.me/karman_bot?start=card_17",
    )
    return replace(face, **otherwise)
