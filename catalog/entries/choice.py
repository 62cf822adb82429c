"""The answers that a question offers."""

from typing import Annotated

from pydantic import Field

from catalog.entries.values.entry import Entry
from catalog.entries.values.key import FIELD_KEY, LONGEST
from catalog.entries.values.lists import Listed
from catalog.entries.values.texts import Text

_MOST = 20
CHOICES = Listed(
    _MOST,
    "has {} answers",
    f"2 to {_MOST}",
    least=2,
    by="key",
    at="key",
    again="is {} again",
    once="each answer once",
)
_ANSWER_KEY = Text(
    LONGEST,
    wanted="the answer's key",
    like=FIELD_KEY,
    form="a-z, 0-9 and _, beginning with a letter",
)
_Label = Annotated[str, Text(60)]


class ChoiceEntry(Entry):
    """One answer of several."""

    key: Annotated[str, _ANSWER_KEY] = Field(
        description="By which the answer is known.", examples=["black"]
    )
    ru: _Label = Field(description="In Russian.", examples=["Чёрный"])
    en: _Label = Field(description="In English.", examples=["Black"])
