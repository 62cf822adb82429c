"""Symbols per second of CPU time beside zxing-cpp itself and the pure-Python writers.

Two contests: the bare modules, and a PNG file of 4 pixels per module with quiet zone. zxing-cpp
writes the modules here too: beside it stands what is added to it.
"""

from collections.abc import Callable, Mapping
from io import BytesIO

import barcode as python_barcode
import qrcode
import segno
import zxingcpp
from barcode.writer import ImageWriter
from PIL import Image

from backend.pictures.symbol import draw_symbol
from catalog.symbologies.matrix import encode
from models.barcode_format import BarcodeFormat
from tests.bench.harness import Report, cpu_rates

NAME = "symbols"

QR_VALUE = "KARMAN-0012345678901"
EAN_VALUE = "4006381333931"
CODE128_VALUE = "KARMAN-00123456"
SCALE = 4
# At most a fifth more time than zxing-cpp alone.
ZXING = 1 / 1.2
Works = Mapping[str, Callable[[], object]]


def run(report: Report) -> None:
    """One figure per peer and contest; "karman" is this project."""
    contest(report, "QR modules", QR_MODULES, aim=5)
    contest(report, "QR PNG", QR_PNG, aim=4)
    contest(report, "EAN-13 PNG", linear_png("ean13", BarcodeFormat.EAN13, EAN_VALUE), aim=4)
    contest(
        report, "Code 128 PNG", linear_png("code128", BarcodeFormat.CODE128, CODE128_VALUE), aim=4
    )


def contest(report: Report, figure: str, works: Works, aim: float) -> None:
    rates = cpu_rates(works)
    ours = rates.pop("karman")
    for peer, theirs in rates.items():
        reach = ZXING if peer == "zxing-cpp" else aim
        report.add(figure, ours, "/s", against=f"peer {peer}", theirs=theirs, aim=reach)


def png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.convert("1", dither=Image.Dither.NONE).save(
        file, "PNG"
    )  # one bit per pixel, as the peers do
    return file.getvalue()


def karman_png(kind: BarcodeFormat, value: str) -> bytes:
    return png(draw_symbol(kind, value, scale=SCALE))


def qrcode_symbol() -> qrcode.QRCode[object]:
    code: qrcode.QRCode[object] = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=SCALE, border=4
    )
    code.add_data(QR_VALUE)
    code.make()
    return code


def qrcode_png() -> bytes:
    file = BytesIO()
    qrcode_symbol().make_image().save(file)
    return file.getvalue()


def segno_png() -> bytes:
    file = BytesIO()
    segno.make_qr(QR_VALUE, error="m").save(file, kind="png", scale=SCALE, border=4)
    return file.getvalue()


def linear_png(kind: str, ours: BarcodeFormat, value: str) -> Works:
    """python-barcode without its text, 4 pixels per module at 300 dpi, beside ours."""
    module = 25.4 / 300 * SCALE  # millimetres

    def peer() -> bytes:
        file = BytesIO()
        symbol = python_barcode.get(kind, value, writer=ImageWriter())
        symbol.write(file, {"module_width": module, "module_height": 17, "write_text": False})
        return file.getvalue()

    theirs = {BarcodeFormat.EAN13: zxingcpp.EAN13, BarcodeFormat.CODE128: zxingcpp.Code128}
    return {
        "karman": lambda: karman_png(ours, value),
        "zxing-cpp": lambda: zxing_png(theirs[ours], value),
        "python-barcode": peer,
    }


def zxing_symbol(kind: zxingcpp.BarcodeFormat, value: str) -> zxingcpp.Barcode:
    return zxingcpp.create_barcode(value, kind, **QR_LEVEL if kind == zxingcpp.QRCode else {})


def zxing_png(kind: zxingcpp.BarcodeFormat, value: str) -> bytes:
    return png(Image.fromarray(zxing_symbol(kind, value).to_image(scale=SCALE)))


QR_LEVEL = {"ecLevel": "M"}
QR_MODULES: Works = {
    "karman": lambda: encode(BarcodeFormat.QR, QR_VALUE),
    "zxing-cpp": lambda: zxing_symbol(zxingcpp.QRCode, QR_VALUE).to_image(add_quiet_zones=False),
    "qrcode": lambda: qrcode_symbol().get_matrix(),
    "segno": lambda: segno.make_qr(QR_VALUE, error="m").matrix,
}
QR_PNG: Works = {
    "karman": lambda: karman_png(BarcodeFormat.QR, QR_VALUE),
    "zxing-cpp": lambda: zxing_png(zxingcpp.QRCode, QR_VALUE),
    "qrcode": qrcode_png,
    "segno": segno_png,
}
