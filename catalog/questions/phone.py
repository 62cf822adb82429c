"""Phone numbers: how people write them, which of them can be sent a code, how they are shown."""

import re
import unicodedata

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from models.refusal import Code, Refusal

# Spaces, brackets, dots and the dashes of every keyboard.
_WRITTEN = re.compile(r"\+?[0-9\s()./\-\u2010-\u2015\u2212]{2,40}")
# As nearly all come from programs: nothing of it has to be found out, or is written otherwise.
_PLAIN = re.compile(r"\+79[0-9]{9}")
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
_WHY = {
    PhoneNumberType.FIXED_LINE: "landline",
    PhoneNumberType.TOLL_FREE: "toll_free",
}


def typed_phone(typed: str, home: str = "RU") -> str:
    """E.164 of what a person wrote. `home`: the country whose own way of writing comes first, so
    in Russia `8 495 …` is +7 495 … and never +84 95 …. Refuses with invalid_answer (why: wrong)."""
    if _PLAIN.fullmatch(typed) and _is_russian(int(typed[2:])):
        return typed
    text = unicodedata.normalize("NFKC", typed).strip()
    if not _WRITTEN.fullmatch(text):
        raise _refused("wrong")
    digits = text.lstrip("+")
    abroad, here = (f"+{digits}", None), (digits, home)
    attempts = [abroad, here] if text.startswith("+") else [here, abroad]
    if digits.startswith("00"):
        attempts.append((f"+{digits[2:]}", None))
    for candidate, country in attempts:
        number = _valid(candidate, country)
        if number is not None:
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    raise _refused("wrong")


def shared_phone(shared: str) -> str:
    """E.164 of what Telegram's contact button sent: the digits of an international number, with
    or without a plus. Refuses with invalid_answer (why: wrong)."""
    digits = re.sub(r"\D", "", shared)
    number = _valid(f"+{digits}", None) or _valid(digits, "RU")
    if number is None:
        raise _refused("wrong")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def check_takes_code(phone: str, countries: tuple[str, ...]) -> None:
    """Refuses with invalid_answer when no code can go to this E.164 number. `why` is landline,
    toll_free, no_sms (premium, internet telephony and the like) or country."""
    number = phonenumbers.parse(phone)
    kind = phonenumbers.number_type(number)
    if kind not in _MOBILE:
        raise _refused(_WHY.get(kind, "no_sms"))
    if country_of(phone) not in countries:
        raise _refused("country")


def country_of(phone: str) -> str:
    """ISO 3166 letters of an E.164 number; empty for satellites and the like."""
    return phonenumbers.region_code_for_number(phonenumbers.parse(phone)) or ""


def phone_in_words(phone: str) -> str:
    """`+7 916 123-45-67`, as people are asked for it; what is no number stays as it is."""
    number = _valid(phone, None)
    if number is None:
        return phone
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _is_russian(national: int) -> bool:
    return phonenumbers.is_valid_number(PhoneNumber(country_code=7, national_number=national))


def _valid(text: str, country: str | None) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _refused(why: str) -> Refusal:
    return Refusal(Code.INVALID_ANSWER, field="phone", why=why)
