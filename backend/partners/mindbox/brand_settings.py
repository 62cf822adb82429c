"""Where what people agreed to be sent stands in Mindbox."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Channel = Literal["telegram", "email", "sms"]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChannelSettings(_Part):
    """Where an agreement to a channel stands: as a subscription, or as a field of the customer."""

    point_of_contact: str = Field(
        default="", description="Sms, Email, Viber, Webpush or Mobilepush: a subscription."
    )
    custom_field: str = Field(
        default="", description="A field of the customer that says True or False instead."
    )

    @model_validator(mode="after")
    def _one(self) -> Self:
        if bool(self.point_of_contact) == bool(self.custom_field):
            raise ValueError("expected either point_of_contact or custom_field")
        return self


# A chat-bot's own field for messages in Telegram, as Mindbox's chat-bots have it.
CHANNELS: Mapping[str, ChannelSettings] = {
    "sms": ChannelSettings(point_of_contact="Sms"),
    "email": ChannelSettings(point_of_contact="Email"),
    "telegram": ChannelSettings(custom_field="subTG"),
}


class BrandSettings(_Part):
    """A brand that sends advertising."""

    name: str = Field(
        default="", description="Its system name in Mindbox. Empty: the project has one brand."
    )
    topics: tuple[Name, ...] = Field(
        default=(), description="The topics that people subscribe to. None: everything it sends."
    )
    channels: dict[Channel, ChannelSettings] = Field(
        default_factory=dict, description="Channels that stand elsewhere than by default."
    )

    def channel(self, name: str) -> ChannelSettings | None:
        own = (where for channel, where in self.channels.items() if channel == name)
        return next(own, CHANNELS.get(name))
