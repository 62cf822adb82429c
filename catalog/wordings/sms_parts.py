"""How many parts an SMS has (3GPP TS 23.038 and 23.040).

A text of the GSM-7 alphabet takes 160 septets in one part, or 153 in each of several, whose header
takes the rest; any other sign makes all of it UCS-2, of 70 units or 67. What takes two places is
never parted: a sign of the extension table, and one outside the basic plane.
"""

from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
_SEPTETS, _SEPTETS_OF_PART = 160, 153
_UNITS, _UNITS_OF_PART = 70, 67


@dataclass(frozen=True, slots=True)
class SmsLength:
    """`places` are septets of GSM-7 or units of UCS-2; `left` is what the last part has room
    for."""

    parts: int
    places: int
    left: int
    alphabet: str


def sms_length(text: str) -> SmsLength:
    if all(char in _BASIC or char in _EXTENDED for char in text):
        widths = [2 if char in _EXTENDED else 1 for char in text]
        return _counted(widths, _SEPTETS, _SEPTETS_OF_PART, "GSM-7")
    widths = [2 if ord(char) > 0xFFFF else 1 for char in text]
    return _counted(widths, _UNITS, _UNITS_OF_PART, "UCS-2")


def _counted(widths: list[int], alone: int, of_part: int, alphabet: str) -> SmsLength:
    places = sum(widths)
    if places <= alone:
        return SmsLength(1 if places else 0, places, alone - places, alphabet)
    parts, room = 0, 0
    for width in widths:
        if width > room:
            parts, room = parts + 1, of_part
        room -= width
    return SmsLength(parts, places, room, alphabet)
