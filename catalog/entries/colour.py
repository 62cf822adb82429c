"""Colours as they are entered."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from catalog.entries.values.entry import Entry, Wanted
from catalog.entries.values.texts import Text

_COLOUR = Text(
    7,
    wanted="#RRGGBB, for example #1F6F50",
    like=re.compile(r"#[0-9A-Fa-f]{6}"),
    form="#RRGGBB, for example '#1F6F50' in quotes",
)
WANTED = Wanted("primary and secondary colours, #RRGGBB each")
Colour = Annotated[str, _COLOUR, AfterValidator(str.upper)]


class Colours(Entry):
    """Two colours, `#RRGGBB`; read as upper case."""

    primary: Colour = Field(description="The ground of the card.", examples=["#1F6F50"])
    secondary: Colour = Field(description="What stands out on it.", examples=["#F4C95D"])
