"""What a program has of its own in a Mindbox that it shares with others."""

from pydantic import BaseModel, ConfigDict, Field, field_validator

from backend.partners.mindbox.operations import Operation, Operations


class ProgramSettings(BaseModel):
    """By the key of the program. Whoever has nothing of its own needs none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    endpoint: str = Field(default="", description="Its endpoint. Empty: the connection's.")
    card_type: str = Field(
        default="",
        description="The external id of its card type. Needed where programs share an endpoint.",
    )
    balance: str = Field(
        default="", description="The system name of its balance. Needed where there are several."
    )
    point_of_contact: str | None = Field(
        default=None, description="Its touchpoint. Absent: the connection's."
    )
    tier_field: str = Field(
        default="", description="A field of the customer, or of the card, that names the tier."
    )
    tier_segmentation: str = Field(
        default="", description="The external id of a segmentation whose segment is the tier."
    )
    operations: dict[str, Operation] = Field(
        default_factory=dict, description="Those of its operations that have names of their own."
    )

    @field_validator("operations")
    @classmethod
    def _known(cls, own: dict[str, str]) -> dict[str, str]:
        unknown = sorted(own.keys() - Operations.model_fields.keys())
        if unknown:
            raise ValueError(f"{unknown[0]}: expected one of {', '.join(Operations.model_fields)}")
        return own
