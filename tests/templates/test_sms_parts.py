"""Parts of an SMS, as gateways count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.wordings.sms_parts import _BASIC, SmsLength, sms_length

GSM, UCS = "GSM-7", "UCS-2"


@pytest.mark.parametrize(
    ("text", "parts", "places", "left", "alphabet"),
    [
        ("", 0, 0, 160, GSM),
        ("a" * 160, 1, 160, 0, GSM),
        ("a" * 161, 2, 161, 145, GSM),
        ("a" * 306, 2, 306, 0, GSM),
        ("a" * 307, 3, 307, 152, GSM),
        ("a" * 459, 3, 459, 0, GSM),
        ("a" * 460, 4, 460, 152, GSM),
        ("€" * 80, 1, 160, 0, GSM),
        ("€" * 81, 2, 162, 143, GSM),
        # The sign of two septets does not fit in the last place of the first part.
        ("a" * 152 + "€" + "a" * 7, 2, 161, 144, GSM),
        ("a" * 152 + "€" + "a" * 152, 3, 306, 152, GSM),
        ("@£$¥èéùìòÇ ÆæßÉ ÄÖÑÜ§¿äöñüà Δ_ΦΓΛΩΠΨΣΘΞ", 1, 39, 121, GSM),
        ("{[~]}|\\^", 1, 16, 144, GSM),
        ("\n\r", 1, 2, 158, GSM),
        ("ç", 1, 1, 69, UCS),
        ("`", 1, 1, 69, UCS),
        ("\t", 1, 1, 69, UCS),
        ("\u00a0", 1, 1, 69, UCS),
        ("—", 1, 1, 69, UCS),
        ("б" * 70, 1, 70, 0, UCS),
        ("б" * 71, 2, 71, 63, UCS),
        ("б" * 134, 2, 134, 0, UCS),
        ("б" * 135, 3, 135, 66, UCS),
        ("a" * 69 + "б", 1, 70, 0, UCS),
        ("😀" * 35, 1, 70, 0, UCS),
        ("😀" * 36, 2, 72, 61, UCS),
        # A pair is never parted: 33 in each part of 67.
        ("😀" * 67, 3, 134, 65, UCS),
        # Extended signs of GSM-7 are one unit in UCS-2.
        ("€" * 69 + "б", 1, 70, 0, UCS),
    ],
)
def test_known_lengths(text: str, parts: int, places: int, left: int, alphabet: str) -> None:
    assert sms_length(text) == SmsLength(parts, places, left, alphabet)


def test_the_alphabet_is_whole() -> None:
    assert len(_BASIC) == 127, "128 septets, one of them the way to the extension table"


@given(st.text(max_size=700))
def test_a_longer_text_has_no_fewer_parts(text: str) -> None:
    whole, shorter = sms_length(text), sms_length(text[:-1])
    assert whole.parts >= shorter.parts
    assert whole.parts <= shorter.parts + (1 if whole.alphabet == shorter.alphabet else 700)
    assert whole.left >= 0
