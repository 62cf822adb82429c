"""Files of other wallets, structure first: an honest skeleton with odd values in every place."""

import base64
import zipfile
from io import BytesIO
from random import Random
from typing import Any
from urllib.parse import quote

import orjson

from backend.exchange.archive import write_archive
from backend.exchange.karman_json import CardItem
from tests.fuzz import odd, tables
from tests.fuzz.damage import damaged
from tests.reading import hostile_files as hostile

_SMALL = hostile.card().resize((90, 60))
PICTURES = [hostile.saved(_SMALL, kind) for kind in ("PNG", "JPEG", "WEBP", "GIF")]
BOMBS = [hostile.png_bomb(9_000, 9_000), hostile.png_that_lies(4_000, 4_000), bytes(2_000_000)]
PASSWORDS = ("", "сезам", "x" * 128)


def picture(random: Random) -> bytes:
    if random.random() < 0.02:
        return random.choice(BOMBS)
    whole = random.choice(PICTURES)
    return damaged(random, whole) if random.random() < 0.3 else whole


def archive(random: Random, entries: dict[str, bytes]) -> bytes:
    """Sometimes with entries nobody asked for, or the same name twice; sometimes locked."""
    if random.random() < 0.03:
        return write_archive(entries, random.choice(PASSWORDS) or None)
    made = BytesIO()
    method = zipfile.ZIP_STORED if random.random() < 0.3 else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(made, "w", method) as file:
        for name, content in entries.items():
            file.writestr(zipfile.ZipInfo(name), content, method)
        if random.random() < 0.1:
            file.writestr(zipfile.ZipInfo("x" + odd.text(random)[:200]), random.randbytes(50))
    return made.getvalue()


def catima_zip(random: Random) -> bytes:
    entries = {"catima.csv": tables.catima(random).encode("utf-8", "replace")}
    for side in random.sample(("front", "back", "icon"), random.randrange(4)):
        entries[f"card_1_{side}.png"] = picture(random)
    return archive(random, entries)


def fidme_zip(random: Random) -> bytes:
    return archive(
        random, {"loyalty_programs.csv": tables.fidme(random).encode("utf-8", "replace")}
    )


def pass_json(random: Random) -> bytes:
    barcode = {
        "format": odd.mostly(random, "PKBarcodeFormatQR"),
        "message": odd.mostly(random, "42"),
        "altText": odd.mostly(random, "42"),
        "messageEncoding": odd.mostly(random, "iso-8859-1"),
    }
    fields = [{"key": "points", "label": "Points", "value": odd.value(random)}]
    given: dict[str, Any] = {
        "formatVersion": 1,
        "organizationName": odd.mostly(random, "ORG"),
        "logoText": odd.mostly(random, "Shop"),
        "description": odd.mostly(random, "a card"),
        "serialNumber": odd.mostly(random, "S-1"),
        "expirationDate": odd.mostly(random, "2027-12-31T10:00+03:00"),
        "relevantDate": odd.mostly(random, "2026-12-31T10:00Z"),
        "backgroundColor": odd.mostly(random, "rgb(1,2,3)"),
        "voided": odd.mostly(random, False),
        "barcodes": odd.mostly(random, [barcode]),
        "barcode": odd.mostly(random, barcode),
        "storeCard": odd.mostly(random, {"primaryFields": odd.mostly(random, fields)}),
    }
    for name in random.sample(list(given), random.randrange(4)):
        del given[name]
    made = orjson.dumps(given)
    return made.replace(b"}", b",}") if random.random() < 0.1 else made


def strings(random: Random) -> bytes:
    lines = [f'"{odd.mostly_text(random, "ORG")}" = "{odd.text(random)}";' for _ in range(4)]
    if random.random() < 0.3:
        lines.append('"' + '\\"' * random.choice((10, 1_000, 60_000, 200_000)))
    return "\n".join(lines).encode(random.choice(("utf-8", "utf-16", "utf-16-be")), "replace")


def pkpass(random: Random) -> bytes:
    entries = {"pass.json": pass_json(random)}
    if random.random() < 0.5:
        entries["ru.lproj/pass.strings"] = strings(random)
    if random.random() < 0.5:
        entries[random.choice(("logo.png", "logo@2x.png", "icon.png"))] = picture(random)
    return archive(random, entries)


def pkpasses(random: Random) -> bytes:
    one = pkpass(random)
    several = {
        f"{n}.pkpass": one if random.random() < 0.5 else pkpass(random)
        for n in range(random.randrange(1, 6))
    }
    if random.random() < 0.05:
        several["0.pkpass"] = archive(random, several)
    return archive(random, several)


def nested_bomb(random: Random) -> bytes:
    """Many passes that each unpack to a lot."""
    one = write_archive({"pass.json": pass_json(random), "logo.png": bytes(19 * 1024 * 1024)})
    return archive(random, {f"{n}.pkpass": one for n in range(random.choice((3, 40, 400)))})


def voucher_vault(random: Random) -> bytes:
    items = [
        odd.mostly(
            random,
            {
                "code": odd.mostly(random, "42"),
                "codeType": odd.mostly(random, "CODE128"),
                "description": odd.mostly(random, "Shop"),
                "expires": odd.mostly(random, "2027-12-31T00:00:00.000"),
                "balance": odd.mostly(random, 1.5),
                "balanceMilliunits": odd.mostly(random, 1500),
                "color": odd.mostly(random, "GREY"),
            },
        )
        for _ in range(random.randrange(6))
    ]
    return orjson.dumps(items)


def karman(random: Random) -> bytes:
    good: dict[str, Any] = {
        "name": "Shop",
        "number": "42",
        "barcode_value": "42",
        "barcode_format": "qr",
    }
    cards = []
    for _ in range(random.randrange(6)):
        card = {name: odd.mostly(random, good.get(name)) for name in CardItem.model_fields}
        card = {name: each for name, each in card.items() if each is not None}
        if random.random() < 0.3:
            card["front"] = base64.b64encode(picture(random)).decode()
        cards.append(odd.mostly(random, card))
    head = {"format": "karman-cards", "version": odd.mostly(random, 1)}
    return orjson.dumps(head | {"cards": odd.mostly(random, cards)})


def link(random: Random) -> bytes:
    names = (
        "store",
        "note",
        "cardid",
        "barcodeid",
        "barcodetype",
        "balance",
        "expiry",
        "headercolor",
    )
    given = {name: odd.mostly_text(random, "42") for name in names}
    packed = "&".join(f"{name}={quote(each, safe='')}" for name, each in given.items())
    host = random.choice(("catima.app/share", "thelastproject.github.io/Catima/share"))
    return f"https://{host}#{quote(packed, safe='')}".encode()


def catima_csv(random: Random) -> bytes:
    return tables.catima(random).encode("utf-8", "replace")
