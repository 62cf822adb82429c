"""Files of card registries that were taken from a partner, or written for one.

RegistryFile: of one program. What came in is known by name and digest (SHA-256 of its bytes), so
that each file has effect once; what goes out is known by its day. A row of what came in is
committed together with the job that works the file through; a row of what goes out before the file
is written.
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.program import Program


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class FileState(StrEnum):
    # Came in: a job works it through; it was refused as a whole; its wrong lines were told.
    TAKEN = "taken"
    REFUSED = "refused"
    ANSWERED = "answered"
    # Goes out: about to be written; written; another file of that name was there.
    WRITING = "writing"
    WRITTEN = "written"
    LEFT = "left"


class RegistryFile(Model):
    id = fields.BigIntField(primary_key=True)
    program: fields.ForeignKeyRelation[Program] = fields.ForeignKeyField(
        "models.Program", related_name="registry_files", on_delete=fields.RESTRICT
    )
    program_id: int
    direction = fields.CharEnumField(Direction, max_length=4)
    kind = fields.CharField(max_length=16)
    name = fields.CharField(max_length=255)
    # Empty of what is about to be written for the first time.
    digest = fields.CharField(max_length=64)
    # As the partner's directory shows it: a file that looks the same is not read again.
    size = fields.BigIntField(default=0)
    changed = fields.BigIntField(default=0)
    state = fields.CharEnumField(FileState, max_length=16)
    # No foreign key: a job is forgotten before this is.
    job_id = fields.BigIntField(null=True)
    # Of a file that was refused as a whole: [line, what, what was expected].
    problems: fields.Field[list[list[Any]]] = fields.JSONField(default=list)
    # Of what goes out: its day, and until when what it tells had happened.
    day = fields.DateField(null=True)
    until = fields.DatetimeField(null=True)
    lines = fields.IntField(default=0)
    at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "registry_files"
        unique_together = (
            ("program", "direction", "name", "digest"),
            ("program", "direction", "kind", "day"),
        )
        indexes = (("state",),)
