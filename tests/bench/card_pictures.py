"""Card pictures per second of CPU time beside a naive rendering with Pillow and qrcode.

The naive one is what a developer writes in an afternoon: the same card, everything drawn anew,
the gradient line by line, the logo file opened and resized, fonts loaded, qrcode for the symbol.
"""

from io import BytesIO
from itertools import cycle

import fontpkg_onest
import qrcode
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from backend.pictures.backgrounds import paint
from backend.pictures.card_picture import CardFace, draw_card
from backend.pictures.colours import palette
from backend.pictures.layout import layout_for
from catalog.looks.colours import mix
from models.barcode_format import BarcodeFormat
from tests.bench.harness import Report, cpu_rates

NAME = "card_pictures"
FONT = str(fontpkg_onest.ROOT / "files" / "Onest[wght].ttf")
INK = (255, 255, 255)


def run(report: Report) -> None:
    """The aim holds against the naive PNG, the usual way to send one; JPEG is shown beside it."""
    people = [lenas_card(person) for person in range(200)]
    face, turn = people[0], cycle(people)
    rates = cpu_rates(
        {
            "karman": lambda: draw_card(next(turn)),
            "naive PNG": lambda: encoded(naive_card(next(turn)), "PNG"),
            "naive JPEG": lambda: encoded(naive_card(next(turn)), "JPEG", quality=85),
            "first of a brand": lambda: first_of_a_brand(face),
        },
        seconds=0.4,
    )
    ours = rates["karman"]
    peer = "peer Pillow + qrcode, "
    report.add("cards", ours, "/s", against=peer + "PNG", theirs=rates["naive PNG"], aim=8)
    report.add("cards", ours, "/s", against=peer + "JPEG", theirs=rates["naive JPEG"])
    report.add("background of a new brand", rates["first of a brand"], "/s")
    report.add("size of a picture", len(draw_card(face)) / 1024, "KB")


def lenas_card(person: int) -> CardFace:
    """Every person has a name, a balance and a number of his own."""
    return CardFace(
        brand="Кофе у Лены",
        primary="#6F4E37",
        secondary="#3B2417",
        logo=logo(),
        holder=f"Анна Соколова {person}",
        balance=f"{person} 250 баллов",
        tier="Золотая",
        printed_number=f"2200 1234 5{person:03}",
        barcode_value=f"KARMAN-0012345678{person:03}",
        barcode_format=BarcodeFormat.QR,
        caption="Покажите на кассе",
    )


def first_of_a_brand(face: CardFace) -> object:
    layout = layout_for(face.barcode_format)
    return paint(face.ground, layout)


def logo() -> bytes:
    image = Image.new("RGBA", (512, 512), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((40, 40, 472, 472), fill=(227, 30, 36))
    draw.polygon([(256, 120), (380, 380), (132, 380)], fill="white")
    return encoded(image, "PNG")


def encoded(image: Image.Image, kind: str, **options: int) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def naive_card(face: CardFace) -> Image.Image:
    colours = palette(face.primary, face.secondary)
    image = Image.new("RGBA", (1080, 680))
    draw = ImageDraw.Draw(image)
    for y in range(680):
        draw.line((0, y, 1080, y), fill=mix(colours.start, colours.end, y / 679))
    naive_ornament(image)
    naive_panel(image)
    naive_logo(image, face)
    draw.text((44, 200), face.brand, INK, naive_font(60, 700))
    draw.text((44, 280), face.holder, INK, naive_font(36, 500))
    for y, words in ((500, face.balance), (574, face.tier)):
        font = naive_font(30, 500)
        width = draw.textlength(words or "", font) + 58
        draw.rounded_rectangle((44, y, 44 + width, y + 58), 29, fill=INK)
        draw.text((73, y + 10), words or "", colours.end, font)
    naive_barcode(image, face)
    draw.text((802, 560), face.printed_number, "black", naive_font(44, 700), anchor="ms")
    draw.text((802, 610), face.caption or "", "gray", naive_font(26, 400), anchor="ms")
    return image.convert("RGB")


def naive_font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONT, size)
    font.set_variation_by_axes([weight])
    return font


def naive_ornament(image: Image.Image) -> None:
    rings = Image.new("RGBA", image.size)
    for box in ((510, -380, 1350, 460), (760, -280, 1260, 220), (-210, 430, 450, 1090)):
        ImageDraw.Draw(rings).ellipse(box, fill=(0, 0, 0, 24))
    image.alpha_composite(rings)


def naive_panel(image: Image.Image) -> None:
    shadow = Image.new("L", image.size, 0)
    ImageDraw.Draw(shadow).rounded_rectangle((552, 36, 1052, 660), 36, fill=56)
    image.paste((0, 0, 0), (0, 0), shadow.filter(ImageFilter.GaussianBlur(14)))
    ImageDraw.Draw(image).rounded_rectangle((552, 28, 1052, 652), 36, fill="white")


def naive_logo(image: Image.Image, face: CardFace) -> None:
    mark = Image.open(BytesIO(face.logo or b"")).convert("RGBA").resize((112, 112))
    ImageDraw.Draw(image).rounded_rectangle((44, 36, 184, 176), 42, fill="white")
    image.paste(mark, (58, 50), mark)


def naive_barcode(image: Image.Image, face: CardFace) -> None:
    code: qrcode.QRCode[object] = qrcode.QRCode(border=4)
    code.add_data(face.barcode_value)
    code.make()
    symbol = code.make_image().convert("RGBA").resize((444, 444))
    image.paste(symbol, (580, 60))
