"""Work on many: a file of an account's, worked through in batches by the worker.

Job: `position` is the piece that is next; it moves in the transaction of what a piece has changed.
Until its file is whole a job is `receiving`, and nobody sees it.

JobPiece: some lines of the file, sealed; it goes when its lines are done.

JobResult: what was wrong with lines of one piece: [line, what, what was expected].
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.account import Account
from models.brand import Brand
from models.program import Program


class JobKind(StrEnum):
    NUMBERS = "numbers"
    PLASTIC = "plastic"
    STORES = "stores"
    CARDS = "cards"
    SALES = "sales"
    ASSIGNMENTS = "assignments"
    # Files of registries (backend/jobs/registries/).
    REGISTRY_NUMBERS = "registry_numbers"
    REGISTRY_CLIENTS = "registry_clients"


class JobState(StrEnum):
    RECEIVING = "receiving"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobForm(StrEnum):
    CSV = "csv"
    # JSON, one object a line.
    LINES = "ndjson"


class Job(Model):
    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="jobs", on_delete=fields.RESTRICT
    )
    account_id: int
    kind = fields.CharEnumField(JobKind, max_length=16)
    # What it is about: a program, or a brand.
    program: fields.ForeignKeyNullableRelation[Program] = fields.ForeignKeyField(
        "models.Program", related_name="jobs", on_delete=fields.RESTRICT, null=True, db_index=True
    )
    program_id: int | None
    brand: fields.ForeignKeyNullableRelation[Brand] = fields.ForeignKeyField(
        "models.Brand", related_name="jobs", on_delete=fields.RESTRICT, null=True, db_index=True
    )
    brand_id: int | None
    state = fields.CharEnumField(JobState, max_length=16)
    form = fields.CharEnumField(JobForm, max_length=8)
    # The first line of a CSV, and what stands between its columns.
    header: fields.Field[list[str]] = fields.JSONField(default=list)
    delimiter = fields.CharField(max_length=8, default=",")
    pieces = fields.IntField(default=0)
    position = fields.IntField(default=0)
    # Lines with something in them: in the file, as far as read, with effect, without.
    lines = fields.IntField(default=0)
    read = fields.IntField(default=0)
    done = fields.IntField(default=0)
    bad = fields.IntField(default=0)
    # Tries of the piece that is next; why it failed.
    failures = fields.IntField(default=0)
    reason = fields.CharField(max_length=200, default="")
    # Who started it, by which door, in which request.
    actor_kind = fields.CharField(max_length=16)
    actor_id = fields.BigIntField(null=True)
    door = fields.CharField(max_length=64)
    request_id = fields.CharField(max_length=64, default="")
    # When its file was whole; until then, when some of it has last come.
    created_at = fields.DatetimeField()
    started_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    # When a piece of it was last done: accounts take turns by it.
    turn_at = fields.DatetimeField(null=True)

    class Meta:
        table = "jobs"
        indexes = (("account_id", "turn_at"), ("ended_at",))


class JobPiece(Model):
    id = fields.BigIntField(primary_key=True)
    job: fields.ForeignKeyRelation[Job] = fields.ForeignKeyField(
        "models.Job", related_name="parts", on_delete=fields.RESTRICT
    )
    job_id: int
    number = fields.IntField()
    # The line of the file with which it begins.
    first_line = fields.IntField()
    sealed = fields.BinaryField()

    class Meta:
        table = "job_pieces"
        unique_together = (("job", "number"),)


class JobResult(Model):
    id = fields.BigIntField(primary_key=True)
    job: fields.ForeignKeyRelation[Job] = fields.ForeignKeyField(
        "models.Job", related_name="results", on_delete=fields.RESTRICT
    )
    job_id: int
    number = fields.IntField()
    lines: fields.Field[list[list[Any]]] = fields.JSONField(default=list)

    class Meta:
        table = "job_results"
        unique_together = (("job", "number"),)
