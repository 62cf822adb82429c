"""When a number is said, and when it is called sure."""

import pytest

from backend.reading.symbols.scan import Sighting
from backend.reading.symbols.votes import Ballot, Verdict, Width
from models.barcode_format import BarcodeFormat

EAN, CODE128, ITF = BarcodeFormat.EAN13, BarcodeFormat.CODE128, BarcodeFormat.ITF
PDF417, QR = BarcodeFormat.PDF417, BarcodeFormat.QR
RIGHT, WRONG, OTHER = "4006381333931", "8574731738478", "4572134838478"
PLACE = ((0.0, 0.0), (200.0, 0.0), (200.0, 80.0), (0.0, 80.0))
THIN = ((0.0, 0.0), (200.0, 0.0), (200.0, 4.0), (0.0, 4.0))


def seen(barcode: BarcodeFormat, *texts: str) -> list[Sighting]:
    return [Sighting(barcode, text, PLACE) for text in texts]


def ballot(*looks: list[Sighting], told: str = "", width: Width = Width.TOLD) -> Ballot:
    made = Ballot()
    for look in looks:
        made.add_look(look)
    if told:
        made.add_width(Sighting(EAN, told, PLACE), width)
    return made


def said(made: Ballot) -> tuple[str, bool] | None:
    verdict: Verdict | None = made.verdict()
    return None if verdict is None else (verdict.text, verdict.confident)


def test_a_square_is_believed_at_first_sight() -> None:
    assert said(ballot(seen(QR, "https://example.org"))) == ("https://example.org", True)


def test_two_looks_alone_do_not_make_an_ean_sure() -> None:
    looks = seen(EAN, RIGHT), seen(EAN, RIGHT)
    assert said(ballot(*looks)) == (RIGHT, False)
    assert said(ballot(*looks, told=RIGHT)) == (RIGHT, True)
    assert said(ballot(*looks, told=RIGHT, width=Width.LIKELY)) == (RIGHT, False)


def test_the_widths_of_the_bars_outvote_what_ink_made_of_them() -> None:
    looks = seen(EAN, WRONG), seen(EAN, WRONG), seen(EAN, RIGHT)
    assert said(ballot(*looks, told=RIGHT)) == (RIGHT, False)


def test_what_several_readings_contradict_is_not_sure() -> None:
    nothing: list[list[Sighting]] = [[] for _ in range(16)]
    looks = [seen(EAN, RIGHT), seen(EAN, WRONG), seen(EAN, RIGHT), seen(EAN, OTHER)]
    assert said(ballot(*looks, *nothing, told=RIGHT)) == (RIGHT, False)
    rivals = [seen(CODE128, text) for text in ("KARMAN-1", "KARMAN-1", "KARMAN-7", "K")]
    assert said(ballot(*rivals)) is None


def test_a_number_that_hardly_any_look_saw_is_not_sure() -> None:
    nothing: list[list[Sighting]] = [[] for _ in range(7)]
    twice = [seen(CODE128, "KARMAN-1")] * 2
    assert said(ballot(*twice)) == ("KARMAN-1", True)
    assert said(ballot(*twice, *nothing)) == ("KARMAN-1", False)


def test_what_one_look_alone_takes_for_a_pdf417_is_none() -> None:
    """Foreign bars, or a row misread that corrects itself into another text."""
    foreign, misread = "VGQFWWHbktxedzk6825\t\\|~]\r/\t", "ZNNhtqkfgeydmgtaxdxp_tux-%/ fdg7+^^#!'"
    for garbage in (foreign, misread, "KARMAN 42"):
        assert said(ballot([], seen(PDF417, garbage))) is None


def test_a_pdf417_is_sure_when_two_looks_say_it_and_hardly_any_another() -> None:
    right, wrong = seen(PDF417, "KARMAN 42"), seen(PDF417, "ZNNhtqkfgey")
    assert said(ballot(right, right)) == ("KARMAN 42", True)
    assert said(ballot(wrong, right, right)) == ("KARMAN 42", True)
    assert said(ballot(wrong, wrong, right, right, right)) == ("KARMAN 42", False)
    assert said(ballot(wrong, wrong, right, right)) is None


@pytest.mark.parametrize("barcode", [QR, PDF417, CODE128])
def test_control_characters_are_never_sure(barcode: BarcodeFormat) -> None:
    verdict = ballot(*[seen(barcode, "KARMAN\x1e42")] * 3).verdict()
    assert verdict is None or not verdict.confident


def test_a_square_may_hold_several_lines() -> None:
    card = "BEGIN:VCARD\r\nN:Anna\r\nEND:VCARD"
    assert said(ballot(seen(QR, card))) == (card, True)


def test_a_single_sighting_with_a_check_digit_is_to_be_confirmed() -> None:
    nothing: list[list[Sighting]] = [[] for _ in range(20)]
    assert said(ballot(seen(CODE128, "KARMAN-1"), *nothing)) == ("KARMAN-1", False)
    once = seen(EAN, RIGHT)
    assert said(ballot(once, *nothing, told=RIGHT, width=Width.LIKELY)) == (RIGHT, False)
    assert said(ballot(once, *nothing)) is None
    assert said(ballot([Sighting(CODE128, "KARMAN-1", THIN)])) is None
    assert said(ballot(seen(CODE128, "K"))) is None


def test_of_weak_symbologies_the_whole_outvotes_its_parts() -> None:
    looks = [seen(ITF, "1234567890"), seen(ITF, "1234567890"), seen(ITF, "34567890")]
    assert said(ballot(*looks)) == ("1234567890", False)
