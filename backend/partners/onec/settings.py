"""What is configured of an exchange with 1С through folders; over HTTP a key is enough."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from backend.partners.common_settings import CommonSettings, NoSecrets


def _apart(folders: Mapping[str, str]) -> Mapping[str, str]:
    if len(set(folders.values())) < len(folders):
        raise ValueError("expected a folder of its own for each program")
    return folders


FolderName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")]


class Settings(CommonSettings):
    folders: Annotated[Mapping[str, FolderName], AfterValidator(_apart)] = Field(
        description="A folder for each program by its key, under <data folder>/exchange/<account>: "
        "small letters, digits and hyphens.",
        min_length=1,
        max_length=50,
    )


class Secrets(NoSecrets):
    pass
