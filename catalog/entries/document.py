"""A consent document: one purpose, one version, its exact text in both languages."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from catalog.entries.document_text import Body, DocumentText
from catalog.entries.values.entry import Entry
from catalog.entries.values.lists import Listed
from catalog.entries.values.moments import Moment
from catalog.entries.values.scalars import Whole, Word
from catalog.entries.values.suggest import one_of
from catalog.entries.values.texts import Item
from catalog.entries.values.wrong import missing, wrong
from models.channel import ChannelName
from models.consent_document import ConsentPurpose


class Change(StrEnum):
    """What a new version changed: its purpose (everybody is asked again) or only its wording."""

    PURPOSE = "purpose"
    WORDING = "wording"


def _unknown_channel(name: str) -> str:
    return "" if name in set(ChannelName) else one_of(ChannelName, name)


_CHANNELS_WANTED = "a list of " + ", ".join(ChannelName)
_Channel = Annotated[
    ChannelName,
    Item("channels", unknown=_unknown_channel, words=tuple(ChannelName)),
    AfterValidator(ChannelName),
]
_CHANNELS = Listed(
    len(ChannelName),
    "has {} channels",
    f"at most {len(ChannelName)}",
    wanted=_CHANNELS_WANTED,
    again="{} stands twice in channels",
)


class DocumentHead(Entry):
    """What stands above the text, the same in both languages."""

    version: Annotated[int, Whole(1, 100_000, wanted="1 for the first version, then 2, 3, …")] = (
        Field(
            description="1, then 2, 3, …; a text that people have seen is never changed.",
            examples=[1],
        )
    )
    effective_from: Annotated[datetime, Moment()] = Field(
        description="From when it is in force: a date or a time."
    )
    change: Annotated[Change, Word(Change)] = Field(
        default=Change.PURPOSE,
        description="purpose: everybody is asked again; wording: nobody is.",
        examples=["wording"],
    )


class AdvertisingHead(DocumentHead):
    """Above an advertising consent: its channels, too."""

    channels: Annotated[tuple[_Channel, ...], _CHANNELS] = Field(
        description="The channels that the text names.", examples=[["telegram", "email"]]
    )


class DocumentEntry(DocumentHead):
    """One version of one document. Program terms belong to a program, the others to an account."""

    purpose: Annotated[ConsentPurpose, Word(ConsentPurpose)] = Field(
        description="What it is agreed for.", examples=["personal_data"]
    )
    channels: Annotated[tuple[_Channel, ...], _CHANNELS] = Field(
        default=(),
        validate_default=True,
        description="On advertising, and there required: the channels that the text names.",
        examples=[["telegram", "email"]],
    )
    ru: Annotated[DocumentText, Body("ru")] = Field(
        description="The Russian text: Markdown, its title first, the operator named.",
        examples=["# Согласие на обработку персональных данных\n\nЯ даю согласие …\n"],
    )
    en: Annotated[DocumentText, Body("en")] = Field(
        description="The English text: Markdown, its title first, the operator named.",
        examples=["# Consent to the processing of personal data\n\nI consent …\n"],
    )

    @field_validator("channels")
    @classmethod
    def _for_advertising(cls, channels: Any, info: ValidationInfo) -> Any:
        purpose = info.data.get("purpose")
        if purpose is ConsentPurpose.ADVERTISING and not channels:
            raise missing(_CHANNELS_WANTED)
        if channels and purpose not in {None, ConsentPurpose.ADVERTISING}:
            raise wrong(f"stand on {purpose}", "channels on advertising")
        return channels
