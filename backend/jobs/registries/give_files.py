"""Each day's files for a partner: what was issued since the last, and who the clients are.

The row of a file is committed before it is written, and says by its digest whether a file that is
there is ours. So a kill at any moment leaves either no file, or this one; nothing is written over.
"""

import hashlib
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from backend.jobs.registries.lines_out import clients_file, issued_file
from backend.jobs.registries.packed import LARGEST
from backend.jobs.registries.work import Work
from backend.partners.registries.naming import name_of
from backend.partners.registries.wire.errors import AlreadyThere, Gone, TooLarge
from backend.partners.registries.wire.names import Kind
from backend.partners.registries.wire.place import Place
from backend.partners.registries.wire.writing import Registry
from backend.platform.context import Context
from backend.platform.watch.use_case_log import log_of
from models.program import Program
from models.registry_file import Direction, FileState, RegistryFile

_GIVEN = (Kind.ISSUED, Kind.CLIENTS)


async def give_files(ctx: Context, work: Work, place: Place) -> int:
    """How many were written. Raises PlaceError."""
    now = ctx.clock().astimezone(ZoneInfo(work.settings.zone))
    if now.hour < work.settings.hour:
        return 0
    written = 0
    for program in work.programs.values():
        for kind in _GIVEN:
            if kind.value in work.settings.gives:
                written += await _give(ctx, work, place, program, kind, now)
    return written


async def _give(
    ctx: Context, work: Work, place: Place, program: Program, kind: Kind, now: datetime
) -> bool:
    file = await _row(ctx, work, program, kind, now)
    if file.state is not FileState.WRITING:
        return False
    if file.digest and await _is_there(work, place, file):
        await _end(ctx, file, FileState.WRITTEN)
        return True
    registry = await _made(ctx, work, program, file)
    file.digest = hashlib.sha256(registry.content).hexdigest()
    file.lines, file.size = registry.lines, len(registry.content)
    await file.save(update_fields=["digest", "lines", "size"])
    try:
        await place.write(work.settings.out, file.name, registry.content)
    except AlreadyThere:
        log_of(ctx, __name__).warning(
            "another file of today is there: what is new goes out tomorrow", program=program.key
        )
        await _end(ctx, file, FileState.LEFT)
        return False
    await _end(ctx, file, FileState.WRITTEN)
    return True


async def _row(
    ctx: Context, work: Work, program: Program, kind: Kind, now: datetime
) -> RegistryFile:
    """Of today; it tells what had happened when today began."""
    day = now.date()
    begun = datetime.combine(day, time(), tzinfo=now.tzinfo).astimezone(UTC)
    file, _ = await RegistryFile.get_or_create(
        {
            "name": name_of(work.settings, kind, program.key, day),
            "digest": "",
            "state": FileState.WRITING,
            "until": begun,
            "at": ctx.clock(),
        },
        program_id=program.id,
        direction=Direction.OUT,
        kind=kind.value,
        day=day,
    )
    return file


async def _is_there(work: Work, place: Place, file: RegistryFile) -> bool:
    """Whether the file that we wrote before a kill is whole in its place."""
    try:
        content = await place.read(work.settings.out, file.name, max(file.size, LARGEST))
    except (Gone, TooLarge):
        return False
    return hashlib.sha256(content).hexdigest() == file.digest


async def _made(ctx: Context, work: Work, program: Program, file: RegistryFile) -> Registry:
    zone, inside = ZoneInfo(work.settings.zone), file.name.removesuffix(".zip")
    if file.kind == Kind.CLIENTS.value:
        return await clients_file(ctx, program, inside, zone)
    assert file.until is not None
    return await issued_file(program, inside, await _since(program, file), file.until, zone)


async def _since(program: Program, file: RegistryFile) -> datetime | None:
    """Until when the last file that was written told."""
    before = RegistryFile.filter(
        program_id=program.id,
        direction=Direction.OUT,
        kind=file.kind,
        state=FileState.WRITTEN,
        until__lt=file.until,
    )
    last = await before.order_by("-until").first()
    return last.until if last is not None else None


async def _end(ctx: Context, file: RegistryFile, state: FileState) -> None:
    file.state, file.ended_at = state, ctx.clock()
    await file.save(update_fields=["state", "ended_at"])
