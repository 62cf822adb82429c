"""A phone and an e-mail as they stand in a query or a body: read as they are kept."""

from dataclasses import dataclass
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from catalog.entries.values.texts import Text
from catalog.entries.values.wrong import wrong
from catalog.questions.email import LONGEST, is_email
from catalog.questions.phone import typed_phone
from models.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Phone:
    """E.164 with its plus: of a partner's program no country is guessed."""

    wanted: str = "a phone such as +79161234567"

    def read(self, given: Any) -> str:
        text = Text(20).read(given)
        try:
            phone = typed_phone(text)
        except Refusal:
            phone = ""
        if not text.startswith("+") or not phone:
            raise wrong("is no phone", "E.164 such as +79161234567 (in a query, + is %2B)")
        return phone

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": "^\\+[0-9]{8,15}$"}


@dataclass(frozen=True, slots=True)
class Email:
    """Read in lower case; one that people can confirm."""

    wanted: str = "an e-mail address"

    def read(self, given: Any) -> str:
        text = Text(LONGEST).read(given).lower()
        if not is_email(text):
            raise wrong("is no e-mail address", "an address such as anna@example.ru")
        return text

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "format": "email", "maxLength": LONGEST}
