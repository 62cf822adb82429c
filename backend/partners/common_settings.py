"""What is configured for every connection, whosever system is at the other end."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from backend.partners.processor import LONGEST_PATIENCE


class CommonSettings(BaseModel):
    """The base of each vendor's Settings. A name that nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    per_minute: Annotated[int, Field(ge=1, le=60_000)] = Field(
        default=1_000, description="How many changes they are told of in a minute, at most."
    )
    at_once: Annotated[int, Field(ge=1, le=64)] = Field(
        default=8, description="How many requests at a time."
    )
    keep_alive: bool = Field(
        default=False,
        description="Whether one connection carries several requests. Quicker; but where a proxy "
        "answers twice or late, one person's answer is taken for another's.",
    )
    patience: Annotated[float, Field(gt=0, le=LONGEST_PATIENCE)] = Field(
        default=2.5, description="How many seconds a person waits for an answer."
    )


class NoSecrets(BaseModel):
    """Of a vendor that needs none."""

    model_config = ConfigDict(extra="forbid", frozen=True)
