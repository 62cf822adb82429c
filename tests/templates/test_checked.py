"""Whatever may be entered can be said to everybody: no hole, no broken markup, not too long."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from backend.messaging.markup import plain
from backend.templates.content import Content
from backend.templates.template_said import Law, TemplateSaid
from catalog.entries.messages.content import ContentEntry
from catalog.entries.values.around import Around
from catalog.wordings.kinds import Kind
from catalog.wordings.lengths import CAPTION, MESSAGE, label_room, units
from catalog.wordings.variables import STANDARD, Declared

LAW = Law("ООО «Ромашка» & Ко", "770708389312", "2" * 64)
OWN = {
    "until": Declared("until", Kind.DATE, "Until when.", "2026-12-31"),
    "order": Declared("order", Kind.TEXT, "Its number.", "A-17", longest=20, certain=True),
}
AROUND = Around(ZoneInfo("UTC"), variables=OWN, label_room=label_room(LAW.advertiser))
NAMES = (*STANDARD, *OWN)
PIECES = st.one_of(
    st.sampled_from([f"{{{name}}}" for name in NAMES]),
    st.sampled_from(
        ["{points|балл|балла|баллов}", "{balance|рубль|рубля|рублей}", "{{", "}}", " "]
    ),
    st.sampled_from(["https://a.ru/x?y=1&z=2", "https://страна.рф/чай", " https://a.ru ", "<b>"]),
    st.text(max_size=20),
    st.integers(1, 3700).map(lambda n: "я" * n),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=6).map("".join)
VALUES = st.dictionaries(st.sampled_from(NAMES), st.one_of(st.text(), st.text(max_size=500)))


def checked(entered: Any) -> ContentEntry | None:
    try:
        return ContentEntry.model_validate(entered, context=AROUND)
    except ValidationError:
        return None


def told(name: str) -> dict[str, str]:
    return {"ru": "7" if name in {"points", "balance"} else f"‹нет {name}›"}


@example("{name}{order}" + "я" * 3700, {}, False)
@given(TEXTS, VALUES, st.booleans())
def test_what_may_be_entered_can_be_said(text: str, values: dict[str, str], picture: bool) -> None:
    entered: dict[str, Any] = {"ru": {"text": text, "button": "Да"}, "opens": {"card": True}}
    entered["fallbacks"] = {name: told(name) for name in NAMES if f"{{{name}" in text}
    if picture:
        entered["picture"] = "https://a.ru/1.png"
    entry = checked(entered)
    assume(entry is not None)
    assert entry is not None
    kept = entry.kept({"until": "date", "order": "text"})
    content = Content.read(kept)
    for known in (values, {}):
        said = TemplateSaid(content, "ru", "telegram", known, LAW, 1, card=1)
        assert units(plain(said.html())) <= (CAPTION if picture else MESSAGE)
        assert all(0 < len(each.label) <= 64 for each in said.buttons())
        for name in content.variables():
            if not known and name not in {"points", "balance", "order"}:
                assert f"‹нет {name}›" in said.text()


@pytest.mark.parametrize("name", sorted(STANDARD))
def test_whoever_lacks_it_is_told_something_else(name: str) -> None:
    bare = {"ru": {"text": f"У вас {{{name}}}!"}}
    assert checked(bare) is None
    assert checked(bare | {"fallbacks": {name: {"en": "x"}}}) is None, "in that language"
    entry = checked(bare | {"fallbacks": {name: {"ru": "мало"}}})
    assert entry is not None
    content = Content.read(entry.kept({}))
    for nothing in ({}, {name: ""}, {name: " \u200b\n"}):
        assert TemplateSaid(content, "ru", values=nothing).text() == "У вас мало!"


def test_what_everybody_has_needs_no_fallback() -> None:
    entry = checked({"ru": {"text": "Заказ {order}"}})
    assert entry is not None
    said = TemplateSaid(Content.read(entry.kept({"order": "text"})), "ru", values={"order": "А-1"})
    assert said.text() == "Заказ А-1"


def test_a_word_goes_with_its_number_or_with_the_one_instead() -> None:
    entry = checked(
        {
            "ru": {"text": "{points} {points|балл|балла|баллов}"},
            "en": {"text": "{points} {points|point|points}"},
            "fallbacks": {"points": {"ru": "2", "en": "1"}},
        }
    )
    assert entry is not None
    content = Content.read(entry.kept({}))
    ru = {number: TemplateSaid(content, "ru", values={"points": number}).text() for number in
          ("1", "3", "11", "1004")}  # fmt: skip
    assert list(ru.values()) == ["1 балл", "3 балла", "11 баллов", "1 004 балла"]
    assert TemplateSaid(content, "ru").text() == "2 балла"
    assert TemplateSaid(content, "en").text() == "1 point"
