"""Words need no more of Babel than is kept."""

from babel import Locale, core, localedata
from fluent.runtime.types import fluent_number

from backend.platform.lean_babel import forget_the_world


def test_numbers_are_written_and_counted_as_before() -> None:
    ru, en = Locale.parse("ru"), Locale.parse("en")
    few = ru.plural_form(22)
    forget_the_world()
    assert fluent_number(1234567.5).format(ru) == "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567,5"
    assert fluent_number(1234567.5).format(en) == "1,234,567.5"
    assert (few, ru.plural_form(25), en.plural_form(1)) == ("few", "many", "one")
    assert "languages" not in localedata.load("ru")
    assert Locale.parse("ru_RU").territory == "RU"
    assert core.get_global("language_aliases")
