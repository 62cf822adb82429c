"""What may stand behind the question mark of every operation."""

import re
from typing import Annotated

from pydantic import Field

from catalog.entries.values.entry import Entry
from catalog.entries.values.scalars import Whole
from catalog.entries.values.texts import Text

MOST_ON_A_PAGE = 200
ON_A_PAGE = 50
_LONGEST_FIELDS = 500
_FIELDS = Text(
    _LONGEST_FIELDS,
    like=re.compile(r"[a-z0-9_]+(,[a-z0-9_]+)*"),
    form="names of fields with commas, such as key,name",
)


class Query(Entry):
    """Of every operation."""

    account: Annotated[str | None, Text(64)] = Field(
        default=None,
        description="The key of an account: for keys that see several.",
        examples=["lavka"],
    )
    fields: Annotated[str | None, _FIELDS] = Field(
        default=None,
        description="Only these fields of each thing, with commas.",
        examples=["key,name"],
    )


class ListQuery(Query):
    """Of every list."""

    limit: Annotated[int, Whole(1, MOST_ON_A_PAGE)] = Field(
        default=ON_A_PAGE, description="How many on a page.", examples=[ON_A_PAGE]
    )
    cursor: Annotated[str | None, Text(1000)] = Field(
        default=None, description="`next` of the page before, as it was given."
    )
