"""Money of the exchange formats: ISO 4217 codes, and how people write them in tables."""

# In force for years, so that every phone's list has them.
_CODES = (
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN",
    "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF",
    "CHF", "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP",
    "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD",
    "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY",
    "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD",
    "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MUR", "MVR", "MWK", "MXN",
    "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP",
    "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK",
    "SGD", "SHP", "SOS", "SRD", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD",
    "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VND", "VUV", "WST", "XAF", "XCD", "XOF",
    "XPF", "YER", "ZAR", "ZMW",
)  # fmt: skip
ISO_4217 = frozenset(_CODES)
_WRITTEN = {
    **dict.fromkeys(("₽", "р", "р.", "руб", "руб.", "рубль", "рубли", "рублей"), "RUB"),
    **dict.fromkeys(("$", "долл", "долл.", "доллар", "доллары"), "USD"),
    **dict.fromkeys(("€", "евро"), "EUR"),
    **dict.fromkeys(("₸", "тг", "тенге"), "KZT"),
    **dict.fromkeys(("₴", "грн", "грн."), "UAH"),
    "br": "BYN",
    "£": "GBP",
    "¥": "JPY",
}
_POINTS = {"баллы", "баллов", "балл", "бонусы", "бонусов", "бонус", "points", "point", "pts"}


def currency_of(text: str) -> str:
    """«руб.» and «rub» as RUB, «баллы» as the empty text; what is no currency stays as it is."""
    written = text.strip()
    folded = written.casefold()
    if folded in _POINTS:
        return ""
    known = _WRITTEN.get(folded)
    if known is not None:
        return known
    return written.upper() if written.upper() in ISO_4217 else written
