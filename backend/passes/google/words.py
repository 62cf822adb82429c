"""Texts in both languages, as Google takes them."""

from collections.abc import Iterable, Mapping
from typing import Any

from catalog.bilingual import Bilingual
from catalog.looks.card_design import Shows

# What stands above what, where a design says nothing else.
USUAL_LABELS: Mapping[Shows, Bilingual] = {
    Shows.BALANCE: Bilingual("Баллы", "Points"),
    Shows.TIER: Bilingual("Уровень", "Tier"),
    Shows.HOLDER: Bilingual("Владелец", "Holder"),
    Shows.NUMBER: Bilingual("Номер карты", "Card number"),
}
# Short, since it goes into a link whose length is bounded.
OPENS = Bilingual("Telegram", "Telegram")
# Of one place: the card itself, or what all cards of its class have.
MOST_MODULES = 10


def localized(text: Bilingual) -> dict[str, Any]:
    """Russian is shown wherever there is no English phone."""
    default = {"language": "ru", "value": text.ru}
    if text.en == text.ru:
        return {"defaultValue": default}
    return {
        "defaultValue": default,
        "translatedValues": [{"language": "en", "value": text.en}],
    }


def text_module(key: str, label: Bilingual, value: Bilingual) -> dict[str, Any]:
    """`key`: A-Z a-z 0-9 _ -, no dots: templates name it."""
    made: dict[str, Any] = {"id": key}
    if label.ru != label.en:
        made["localizedHeader"] = localized(label)
    elif label.ru:
        made["header"] = label.ru
    made |= {"body": value.ru} if value.ru == value.en else {"localizedBody": localized(value)}
    return made


def link(key: str, label: Bilingual, url: str) -> dict[str, Any]:
    made: dict[str, Any] = {"id": key, "uri": url}
    same = label.ru == label.en
    return made | (
        {"description": label.ru} if same else {"localizedDescription": localized(label)}
    )


def fitted(texts: Iterable[tuple[str, Bilingual, Bilingual]]) -> list[dict[str, Any]]:
    """As many modules as are shown; what is beyond them stands in the last one."""
    every = list(texts)
    shown, rest = every[:MOST_MODULES], every[MOST_MODULES:]
    if rest:
        key, label, value = shown[-1]
        russian = [value.ru, *(f"{above.ru}: {said.ru}" for _, above, said in rest)]
        english = [value.en, *(f"{above.en}: {said.en}" for _, above, said in rest)]
        shown[-1] = (key, label, Bilingual("\n".join(russian), "\n".join(english)))
    return [text_module(*each) for each in shown]
