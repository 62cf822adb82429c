"""Keep a picture, to be named by brands and offers."""

from collections.abc import Callable, Collection

from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import Change, note
from catalog.entries.picture import Bounds, Measured, PictureRefused, check_size
from models.audit_entry import Verb
from models.media import Media
from models.refusal import Code, Refusal


async def keep_picture(
    ctx: Context, measured: Measured, content: bytes, account_id: int | None = None
) -> bool:
    """Whether it is new; it is called by its SHA-256. `measured` is what `measure` has found,
    wherever that picture may be decoded; `account_id` is whose trail tells of it."""
    async with transaction():
        new = await write_picture(measured, lambda: content)
        if new:
            what = Change(after={"sha256": measured.sha256})
            await note(ctx, Verb.KEEP_PICTURE, "picture", account_id=account_id, change=what)
    return new


async def write_picture(measured: Measured, read: Callable[[], bytes]) -> bool:
    """Inside a transaction; `read` gives the bytes when they are wanted."""
    if await Media.exists(sha256=measured.sha256):
        return False
    kept = Media(
        sha256=measured.sha256,
        mime=measured.media_type,
        width=measured.width,
        height=measured.height,
        content=read(),
    )
    await Media.bulk_create([kept], ignore_conflicts=True)
    return True


async def check_kept(names: Collection[str], bounds: Bounds) -> None:
    """Refuses with picture_not_found, and with picture_unfit (what, expected) for one that was
    kept for something else."""
    found = Media.filter(sha256__in=list(names) or [""]).values_list("sha256", "width", "height")
    sizes = {sha256: (width, height) for sha256, width, height in await found}
    for name in names:
        if name not in sizes:
            raise Refusal(Code.PICTURE_NOT_FOUND)
        try:
            check_size(bounds, *sizes[name])
        except PictureRefused as wrong:
            what, expected = wrong.what, wrong.expected
            raise Refusal(Code.PICTURE_UNFIT, what=what, expected=expected) from None
