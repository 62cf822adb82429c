"""Questions of a brand's own: every kind of them, and what happens when they change."""

from typing import Any

from backend.customers.person.profile import read_profile
from backend.platform.context import Context
from catalog.bilingual import Bilingual
from catalog.questions.question import FieldType, QuestionnaireField
from catalog.questions.questionnaire import field_to_json
from models.card import Card
from models.program import Program
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import agree, begin, fill, get_card
from tests.support.factory.customers import customer_of

FAVOURITE = QuestionnaireField(
    "favourite_aisle", FieldType.TEXT, required=True,
    label=Bilingual("Ваш любимый отдел?", "Your favourite aisle?"), longest=40,
)  # fmt: skip


async def profile_of(ctx: Context, person: Person) -> dict[str, Any]:
    return read_profile(ctx, await customer_of(person.id))


async def meets(person: Person, brand: str) -> None:
    await person.start()
    await person.until(bool)
    await begin(person, brand)


async def test_several_choices_a_text_and_a_date(telegram: Telegram, street: Context) -> None:
    anna = telegram.person("Анна")
    await meets(anna, "Барбосвиль")
    await anna.until("номером телефона")
    await anna.press("Поделиться номером")
    await anna.until("Как вас зовут")
    await anna.send("Анна")
    await anna.until("В каком городе")
    await anna.send("Казань")
    await anna.until("Кто живёт с вами")
    await anna.tap("Кошка")
    await anna.until(lambda s: "☑️ Кошка" in " ".join(anna.buttons))
    await anna.send("крокодил")
    await anna.until("⚠️")
    assert "☑️ Кошка" in " ".join(anna.buttons), "a wrong word unticks nothing"
    await anna.tap("Собака")
    await anna.until(lambda s: "☑️ Собака" in " ".join(anna.buttons))
    await anna.tap("Готово")
    await anna.until("Как зовут питомца")
    await anna.send("п" * 41)
    await anna.until("40")
    await anna.send("Мурзик")
    await anna.until("день рождения")
    await anna.send("31.02.2020")
    await anna.until("⚠️")
    await anna.send("17.09.2019")
    await agree(anna)
    await anna.until("Карта готова")
    profile = await profile_of(street, anna)
    assert profile["barbosville-pass.pets"] == ["dog", "cat"]
    assert profile["barbosville-pass.pet_name"] == "Мурзик"
    assert profile["barbosville-pass.pet_birthday"] == "2019-09-17"


async def test_an_age_gate_a_choice_a_number_and_a_yes(telegram: Telegram, street: Context) -> None:
    boris = telegram.person("Борис")
    await meets(boris, "Верстойл")
    await boris.until("номером телефона")
    await boris.press("Поделиться номером")
    await boris.until("Как вас зовут")
    await boris.send("Борис")
    await boris.until("Ваша фамилия")
    await boris.send("Ветров")
    await boris.until("Когда вы родились")
    await boris.send("01.01.2015")
    await boris.until("18")
    await boris.send("01.01.1990")
    await boris.until("Чем заправляете")
    await boris.tap("АИ-95")
    await boris.until("бак")
    await boris.send("пять")
    await boris.until("⚠️")
    await boris.send("5")
    await boris.until("10")
    await boris.send("55")
    await boris.until("300 км")
    await boris.tap("Да")
    await agree(boris)
    await boris.until("Карта готова")
    profile = await profile_of(street, boris)
    assert profile["verstoil-road.fuel"] == "ai95"
    assert profile["verstoil-road.tank_litres"] == 55
    assert profile["verstoil-road.long_trips"] is True


async def test_a_changed_questionnaire_asks_only_for_what_is_new(
    telegram: Telegram, street: Context
) -> None:
    """Анна removed her card; the shop asks one more thing by the time she is back."""
    anna = telegram.person("Анна")
    await anna.start()
    await get_card(anna, "Лукоград")
    card = await Card.get()
    await Card.filter(id=card.id).update(removed_at=street.clock())
    await _also_ask(card.program_id, FAVOURITE)
    await begin(anna, "Лукоград")
    asked = await fill(anna, {"любимый отдел": "сыры"})
    assert len(asked) == 1
    assert "любимый отдел" in asked[0]
    await agree(anna)
    await anna.until(lambda screen: bool(screen.get("photo")))
    program = await Program.get(id=card.program_id)
    assert (await profile_of(street, anna))[f"{program.key}.favourite_aisle"] == "сыры"


async def test_a_questionnaire_that_changes_on_the_way(telegram: Telegram, street: Context) -> None:
    """One question is gone and another one new while Анна is at it: she is led through."""
    anna = telegram.person("Анна")
    await meets(anna, "Лукоград")
    await anna.until("номером телефона")
    await anna.press("Поделиться номером")
    await anna.until("Как вас зовут")
    program = await Program.get(brands__name_ru="Лукоград")
    kept = [item for item in program.questionnaire if item["key"] != "surname"]
    assert len(kept) < len(program.questionnaire)
    await Program.filter(id=program.id).update(questionnaire=[*kept, field_to_json(FAVOURITE)])
    await anna.send("Анна")
    await anna.until(lambda screen: "Как вас зовут" not in str(screen.get("text")))
    asked = await fill(anna, {"любимый отдел": "сыры"})
    assert not any("фамилия" in words for words in asked)
    assert "любимый отдел" in asked[-1]
    await agree(anna)
    await anna.until("Карта готова")


async def _also_ask(program_id: int | None, field: QuestionnaireField) -> None:
    program = await Program.get(id=program_id)
    program.questionnaire = [*program.questionnaire, field_to_json(field)]
    await program.save()
