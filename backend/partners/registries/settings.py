"""What is configured for registries that are exchanged as files."""

from collections.abc import Mapping
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from backend.partners.common_settings import CommonSettings
from backend.partners.registries.wire.host_keys import fingerprint
from backend.partners.registries.wire.names import PARTNER, form
from backend.partners.registries.wire.place import one_name

Gives = Literal["issued", "clients"]


def _partner(text: str) -> str:
    if not PARTNER.fullmatch(text):
        raise ValueError("expected the name in the files, such as Lestate: letters, digits, dashes")
    return text


def _directory(text: str) -> str:
    for part in text.split("/"):
        one_name(part)
    return text


def _folder(text: str) -> str:
    if not PARTNER.fullmatch(text):
        raise ValueError("expected the name of one folder, such as lestate")
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError("expected a time zone such as Europe/Moscow") from None
    return text


Form = Annotated[str, AfterValidator(form)]
Directory = Annotated[str, AfterValidator(_directory)]


class Names(BaseModel):
    """What the files are called. Only the clients' name is in the partner protocol's pages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    clients: Form = Field(
        default="{partner}_clients_{date}.csv.zip", description="Cards with whose they are."
    )
    issued: Form = Field(
        default="{partner}_issued_{date}.csv.zip", description="Cards that were issued."
    )
    reserved: Form = Field(
        default="{partner}_reserved_{date}.csv.zip", description="Numbers that are free for us."
    )


class SftpSettings(BaseModel):
    """A server that speaks SFTP."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: Annotated[str, Field(pattern=r"^[A-Za-z0-9.:-]{1,253}$")] = Field(
        description="Its name or address."
    )
    port: Annotated[int, Field(ge=1, le=65535)] = Field(default=22, description="Its port.")
    user: Annotated[str, Field(min_length=1, max_length=100)] = Field(description="Our name there.")
    host_keys: Annotated[
        tuple[Annotated[str, AfterValidator(fingerprint)], ...], Field(min_length=1, max_length=8)
    ] = Field(
        description=(
            "The keys that it may show, as `ssh-keyscan` prints them or as SHA256:… Never take "
            "them from the connection itself: the partner tells them."
        )
    )
    root: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")] = Field(
        default=".", description="Where the directories are; . is where we are after the login."
    )


class Settings(CommonSettings):
    programs: Annotated[
        Mapping[str, Annotated[str, AfterValidator(_partner)]], Field(min_length=1, max_length=50)
    ] = Field(
        description='Key of a program → what its files call the partner: {"lestate": "Lestate"}.'
    )
    folder: Annotated[str, AfterValidator(_folder)] | None = Field(
        default=None,
        description="A folder below registries/<account> in the data folder. This, or `sftp`.",
    )
    sftp: SftpSettings | None = Field(
        default=None, description="A server: host, port, user, host_keys, root. This, or `folder`."
    )
    in_: Directory = Field(
        default="in", alias="in", description="Where the partner puts its files."
    )
    out: Directory = Field(default="out", description="Where we put ours.")
    reject: Directory = Field(default="reject", description="Where we tell which lines were wrong.")
    names: Names = Field(default=Names(), description="What the files are called.")
    gives: frozenset[Gives] = Field(
        default=frozenset({"issued", "clients"}),
        description=(
            "What we write each day: cards issued since the last time, and all clients who agreed "
            "to the processing of their data."
        ),
    )
    hour: Annotated[int, Field(ge=0, le=23)] = Field(
        default=3, description="From which hour of the day on we write."
    )
    zone: Annotated[str, AfterValidator(_zone)] = Field(
        default="Europe/Moscow", description="Whose day and hour that is."
    )

    @model_validator(mode="after")
    def _files_are_told_apart(self) -> "Settings":
        partners = [partner.lower() for partner in self.programs.values()]
        if len(set(partners)) < len(partners):
            raise ValueError("expected another name in the files for each program")
        names = {self.names.clients, self.names.issued, self.names.reserved}
        if len({name.lower() for name in names}) < 3:
            raise ValueError("expected another name of the files for each registry")
        return self

    @model_validator(mode="after")
    def _one_place(self) -> "Settings":
        if (self.folder is None) == (self.sftp is None):
            raise ValueError("expected either `folder` or `sftp`")
        return self


class Secrets(BaseModel):
    """Of the server; a folder needs none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    password: SecretStr = Field(default=SecretStr(""), description="Of our user.")
    private_key: SecretStr = Field(
        default=SecretStr(""), description="In OpenSSH's form, instead of a password."
    )
    passphrase: SecretStr = Field(default=SecretStr(""), description="Of the private key.")
